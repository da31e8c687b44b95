package org.hauptbuch.shell;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.hauptbuch.api.block.Block;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.chain.ChainParameters;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.chain.SlashingEvent;
import org.hauptbuch.api.chain.Unbonding;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.node.AccountProof;
import org.hauptbuch.api.node.AccountView;
import org.hauptbuch.api.node.AvailableRule;
import org.hauptbuch.api.node.BlockTiming;
import org.hauptbuch.api.node.CheckpointView;
import org.hauptbuch.api.node.DelegationView;
import org.hauptbuch.api.node.FinalBlock;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.api.node.NodeStatus;
import org.hauptbuch.api.node.Randomness;
import org.hauptbuch.api.node.ReplayReport;
import org.hauptbuch.api.node.SelfTestReport;
import org.hauptbuch.api.node.ShadowReport;
import org.hauptbuch.api.node.SigningImport;
import org.hauptbuch.api.node.TransactionView;
import org.hauptbuch.api.plan.Attestation;
import org.hauptbuch.api.plan.PlanRecord;
import org.hauptbuch.api.plan.RulePlan;
import org.hauptbuch.api.proof.StateProof;
import org.hauptbuch.api.rule.RuleRef;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.PublicKey;

/** A node of the toy chain. */
public final class FakeNode implements NodeService {
    private final FakeChain chain;
    private final String name;
    private final List<Consumer<FinalBlock>> listeners = new CopyOnWriteArrayList<>();
    public final List<AvailableRule> rules = new ArrayList<>();
    public final List<String> broken = new ArrayList<>();
    public boolean running = true;
    public long behind;
    public Optional<String> halt = Optional.empty();
    public Optional<Hash> otherHash = Optional.empty();
    public int equivocations;
    public Optional<Randomness> randomness = Optional.empty();
    public long earliest = 1;
    public final List<CheckpointView> checkpoints = new ArrayList<>();

    private final Optional<Signer> consensusKey;
    public final List<String> selfTestProblems = new ArrayList<>();
    public Optional<String> attestRefusal = Optional.empty();
    public Optional<String> rollbackRefusal = Optional.empty();
    public final SortedMap<Hash, String> named = new TreeMap<>();
    public final List<BlockTiming> timings = new ArrayList<>();
    public Optional<ShadowReport> shadow = Optional.empty();
    /** Happens while this node tests for an attestation. */
    public Runnable testing = () -> {};

    FakeNode(FakeChain chain, String name, Optional<Signer> consensusKey) {
        this.chain = chain;
        this.consensusKey = consensusKey;
        this.name = name;
        chain.listening.add(this);
        for (RuleRef ref : chain.rules.rules()) {
            rules.add(new AvailableRule(
                    ref.kind(), ref.id(), ref.version(), ref.digest(), true, true, "mvn:" + ref.id()));
        }
    }

    void tell(FinalBlock block) {
        listeners.forEach(listener -> listener.accept(block));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String signingRecords() {
        return "{\"records\": 3}\n";
    }

    @Override
    public SigningImport importSigningRecords(String records) {
        if (!records.startsWith("{")) {
            throw new IllegalArgumentException("signing records is not JSON");
        }
        return new SigningImport(3, 1, 12);
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public Optional<Randomness> randomness() {
        return randomness;
    }

    @Override
    public NodeStatus status() {
        long last = Math.max(0, chain.height() - behind);
        Optional<Block> block = block(last);
        return new NodeStatus(
                name,
                running,
                "test-1",
                last + 1,
                0,
                "propose",
                last,
                otherHash.or(() -> block.map(Block::hash)).orElse(FakeChain.digest("genesis")),
                FakeChain.TIME + last * 1000,
                FakeChain.digest("state" + last),
                chain.parameters.epochOf(last + 1),
                chain.rules.id(),
                chain.validators.stream()
                        .filter(v -> v.id().equals(name))
                        .map(Validator::address)
                        .findFirst(),
                running && halt.isEmpty(),
                halt,
                List.of("peer"),
                chain.pool.size());
    }

    @Override
    public ChainParameters parameters() {
        return chain.parameters;
    }

    @Override
    public List<CheckpointView> checkpoints(int most) {
        return checkpoints.stream().limit(most).toList();
    }

    @Override
    public long earliestBlock() {
        return earliest;
    }

    @Override
    public Optional<Block> block(long height) {
        return height >= 1 && height <= chain.height()
                ? Optional.of(chain.blocks.get((int) height - 1))
                : Optional.empty();
    }

    @Override
    public Optional<Certificate> certificate(long height) {
        return chain.certificate(height);
    }

    @Override
    public Optional<Long> heightOf(Hash block) {
        return chain.blocks.stream()
                .filter(b -> b.hash().equals(block))
                .map(Block::height)
                .findFirst();
    }

    @Override
    public AccountView account(Address address) {
        return new AccountView(
                address,
                chain.balances.getOrDefault(address, 0L),
                chain.nonces.getOrDefault(address, 0L),
                chain.pendingNonce(address));
    }

    @Override
    public AccountProof accountProof(Address address) {
        AccountView view = account(address);
        Bytes value = new Writer().u64(view.balance()).u64(view.nonce()).toBytes();
        StateProof proof = new StateProof(address.bytes(), Optional.of(value), Optional.empty(), List.of());
        return new AccountProof(chain.height(), FakeChain.digest("state" + chain.height()), proof);
    }

    @Override
    public Optional<PublicKey> consensusKey() {
        return chain.validators.stream()
                .filter(v -> v.id().equals(name))
                .map(Validator::consensusKey)
                .findFirst();
    }

    @Override
    public List<Validator> validators() {
        return chain.validators;
    }

    @Override
    public ValidatorSet validatorSet() {
        return chain.validatorSet();
    }

    @Override
    public List<DelegationView> delegations(Address delegator) {
        return chain.delegations.stream()
                .filter(d -> d.delegation().delegator().equals(delegator))
                .toList();
    }

    @Override
    public List<DelegationView> delegationsTo(Address validator) {
        return chain.delegations.stream()
                .filter(d -> d.delegation().validator().equals(validator))
                .toList();
    }

    @Override
    public List<Unbonding> unbondings(Address delegator) {
        return chain.unbondings.stream()
                .filter(u -> u.delegator().equals(delegator))
                .toList();
    }

    @Override
    public long commissionOwed(Address validator) {
        return chain.commission.getOrDefault(validator, 0L);
    }

    @Override
    public Hash submit(Transaction transaction) {
        return chain.submit(transaction);
    }

    @Override
    public TransactionView transaction(Hash id) {
        Optional<Transaction> content = Optional.ofNullable(chain.known.get(id));
        if (chain.receipts.containsKey(id)) {
            return new TransactionView(id, TransactionView.State.FINAL, content, Optional.of(chain.receipts.get(id)));
        }
        return new TransactionView(
                id,
                chain.pool.containsKey(id) ? TransactionView.State.PENDING : TransactionView.State.UNKNOWN,
                content,
                Optional.empty());
    }

    @Override
    public List<SlashingEvent> slashings() {
        return chain.slashings;
    }

    @Override
    public List<Evidence> pendingEvidence() {
        return chain.evidence;
    }

    @Override
    public RuleSet activeRules() {
        return chain.rules;
    }

    @Override
    public Optional<RuleSet> nextRules() {
        return chain.nextRules;
    }

    @Override
    public Optional<PlanRecord> plan() {
        return chain.plan;
    }

    @Override
    public List<PlanRecord> planHistory() {
        return chain.planHistory;
    }

    @Override
    public Optional<RuleSet> fallback() {
        return chain.fallback;
    }

    @Override
    public Optional<RuleSet> ruleSet(Hash id) {
        return Stream.concat(
                        Stream.of(chain.rules),
                        Stream.concat(
                                chain.fallback.stream(),
                                chain.planHistory.stream()
                                        .map(record -> record.plan().to())))
                .filter(set -> set.id().equals(id))
                .findFirst();
    }

    @Override
    public SortedMap<Hash, String> namedJars() {
        return named;
    }

    @Override
    public long readyPower() {
        return chain.plan.map(record -> chain.power(record.attested())).orElse(0L);
    }

    @Override
    public SelfTestReport selfTest(RuleSet set) {
        for (RuleRef ref : set.rules()) {
            if (rules.stream().noneMatch(rule -> rule.digest().equals(ref.digest()))) {
                throw new PoSException(PoSError.CONSENSUS_STATE_UPDATE_FAILED, "missing: " + ref.describe());
            }
        }
        return new SelfTestReport(set.id(), FakeChain.digest("tested " + set.id()), 12, selfTestProblems);
    }

    @Override
    public Attestation attest(RulePlan plan) {
        testing.run();
        if (attestRefusal.isPresent()) {
            throw new PoSException(PoSError.CONSENSUS_STATE_UPDATE_FAILED, attestRefusal.get());
        }
        return Attestation.of(
                "test-1",
                plan.id(),
                plan.to().id(),
                selfTest(plan.to()).digest(),
                status().validator().orElseThrow(),
                consensusKey.orElseThrow());
    }

    @Override
    public Optional<ShadowReport> shadow() {
        return shadow;
    }

    @Override
    public long voteToRollBack() {
        if (rollbackRefusal.isPresent()) {
            throw new PoSException(PoSError.CONSENSUS_STATE_UPDATE_FAILED, rollbackRefusal.get());
        }
        return status().height();
    }

    @Override
    public List<AvailableRule> availableRules() {
        return rules;
    }

    @Override
    public boolean awaitFinal(long height, Duration timeout) {
        return chain.height() >= height;
    }

    @Override
    public AutoCloseable onFinal(Consumer<FinalBlock> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public SortedMap<String, Long> metrics() {
        return new TreeMap<>(Map.of("blocksFinal", chain.height(), "bytesSent", 12L));
    }

    @Override
    public List<BlockTiming> timings() {
        return timings;
    }

    @Override
    public void equivocate() {
        equivocations++;
    }

    @Override
    public Map<String, Long> cpuNanos() {
        return Map.of("loop", chain.height() * 1_000_000);
    }

    @Override
    public ReplayReport replay(LongConsumer progress) {
        if (!broken.isEmpty()) {
            throw new PoSException(PoSError.INVALID_BLOCK, "height 3: header.stateRoot is 5, must be 6");
        }
        return new ReplayReport(7, Hash.ZERO, Hash.ZERO, 5, 2);
    }

    @Override
    public List<String> brokenInvariants() {
        return broken;
    }
}
