package org.hauptbuch.node.service;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.hauptbuch.api.block.Block;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.chain.ChainParameters;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.chain.SlashingEvent;
import org.hauptbuch.api.chain.Unbonding;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.generation.Generation;
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
import org.hauptbuch.api.rule.RuleRef;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.PublicKey;
import org.hauptbuch.ledger.Account;
import org.hauptbuch.ledger.Ledger;
import org.hauptbuch.ledger.LedgerView;
import org.hauptbuch.node.chain.ChainStore;
import org.hauptbuch.node.core.NodeCore;
import org.hauptbuch.node.core.NodeListener;
import org.hauptbuch.node.replay.ChainReplay;
import org.hauptbuch.node.signer.RemoteSigner;
import org.hauptbuch.node.signing.SigningGuard;
import org.hauptbuch.node.signing.SigningRecords;

/** A node of this process, running or stopped. Reads are answered from the store either way. Thread-safe. */
final class LocalNode implements NodeService, AutoCloseable {
    private final NodeConfig config;
    private final NodeParts parts;
    private final ChainStore chain;
    private final ChainReads reads;
    private final RuleReadiness readiness;
    private final FinalBlocks finalBlocks;
    private final NodeListener listener;
    private volatile NodeRuntime runtime;

    /**
     * A node that is stopped.
     *
     * @param listener hears of final blocks and missing rules, on the loop
     * @throws PoSException CONSENSUS_STATE_UPDATE_FAILED where the store holds another chain
     */
    LocalNode(NodeConfig config, NodeParts parts, NodeListener listener) {
        this.config = config;
        this.parts = parts;
        this.chain = new ChainStore(parts.store());
        chain.checkGenesis(parts.genesis().hash());
        this.reads =
                new ChainReads(parts.genesis(), chain, parts.catalogue(), new Ledger(parts.scheme(), parts.delay()));
        this.readiness = new RuleReadiness(config.name(), parts);
        this.finalBlocks = new FinalBlocks(config.name(), chain);
        this.listener = new NodeListener() {
            @Override
            public void onFinal(FinalBlock block) {
                finalBlocks.add(block);
                listener.onFinal(block);
            }

            @Override
            public void onMissing(List<RuleRef> rules) {
                listener.onMissing(rules);
            }
        };
    }

    @Override
    public String name() {
        return config.name();
    }

    @Override
    public synchronized void start() {
        if (runtime == null) {
            runtime = new NodeRuntime(config, parts, listener, this::validatorSet);
        }
    }

    @Override
    public synchronized void stop() {
        NodeRuntime running = runtime;
        if (running != null) {
            try {
                running.stop();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                runtime = null;
            }
        }
    }

    /** Stops it and closes its store. */
    @Override
    public void close() {
        stop();
        parts.key()
                .filter(RemoteSigner.class::isInstance)
                .map(RemoteSigner.class::cast)
                .ifPresent(RemoteSigner::close);
        finalBlocks.close();
        parts.store().close();
    }

    @Override
    public NodeStatus status() {
        return reads.status(config.name(), core().map(NodeCore::snapshot), this::configuredValidator);
    }

    @Override
    public Optional<Randomness> randomness() {
        return reads.randomness(core().flatMap(NodeCore::delay));
    }

    @Override
    public ChainParameters parameters() {
        return parts.genesis().parameters();
    }

    @Override
    public List<CheckpointView> checkpoints(int most) {
        return reads.checkpoints(most);
    }

    @Override
    public long earliestBlock() {
        return chain.earliest();
    }

    @Override
    public Optional<Block> block(long height) {
        return chain.block(height);
    }

    @Override
    public Optional<Certificate> certificate(long height) {
        return chain.certificate(height);
    }

    @Override
    public Optional<Long> heightOf(Hash block) {
        return chain.heightOf(block);
    }

    @Override
    public AccountView account(Address address) {
        Account account = reads.ask(view -> view.account(address), () -> Account.NEW);
        long pending =
                core().map(core -> core.pendingNonce(address, account.nonce())).orElse(account.nonce());
        return new AccountView(address, account.balance(), account.nonce(), pending);
    }

    @Override
    public AccountProof accountProof(Address address) {
        return reads.accountProof(address);
    }

    @Override
    public Optional<PublicKey> consensusKey() {
        return parts.key().map(Signer::publicKey);
    }

    @Override
    public List<Validator> validators() {
        return reads.ask(LedgerView::validators, List::of);
    }

    @Override
    public ValidatorSet validatorSet() {
        return reads.ask(LedgerView::validatorSet, () -> ValidatorSet.of(List.of()));
    }

    @Override
    public List<DelegationView> delegations(Address delegator) {
        return reads.delegations(view -> view.delegationsOf(delegator), rules());
    }

    @Override
    public List<DelegationView> delegationsTo(Address validator) {
        return reads.delegations(view -> view.delegationsTo(validator), rules());
    }

    @Override
    public List<Unbonding> unbondings(Address delegator) {
        return reads.ask(view -> view.unbondingsOf(delegator), List::of);
    }

    @Override
    public long commissionOwed(Address validator) {
        return reads.ask(view -> view.commissionOwed(validator), () -> 0L);
    }

    @Override
    public Hash submit(Transaction transaction) {
        readiness.check(transaction, activeRules());
        return LoopQuestion.askLater(name(), runtime, (core, then) -> core.submit(transaction, then));
    }

    @Override
    public TransactionView transaction(Hash id) {
        Optional<Transaction> waiting = core().flatMap(core -> core.pooled(id));
        return reads.finalTransaction(id)
                .orElseGet(() -> new TransactionView(
                        id,
                        waiting.isPresent() ? TransactionView.State.PENDING : TransactionView.State.UNKNOWN,
                        waiting,
                        Optional.empty()));
    }

    @Override
    public List<SlashingEvent> slashings() {
        return chain.slashings();
    }

    @Override
    public List<Evidence> pendingEvidence() {
        return core().map(NodeCore::pendingEvidence).orElse(List.of());
    }

    @Override
    public RuleSet activeRules() {
        return reads.activeRules();
    }

    @Override
    public Optional<RuleSet> nextRules() {
        return reads.nextRules();
    }

    @Override
    public Optional<PlanRecord> plan() {
        return reads.ask(LedgerView::plan, Optional::empty);
    }

    @Override
    public List<PlanRecord> planHistory() {
        return reads.ask(LedgerView::settledPlans, List::of);
    }

    @Override
    public Optional<RuleSet> fallback() {
        return reads.ask(LedgerView::fallback, Optional::empty);
    }

    @Override
    public Optional<RuleSet> ruleSet(Hash id) {
        return reads.ruleSet(id);
    }

    @Override
    public SortedMap<Hash, String> namedJars() {
        return reads.namedJars();
    }

    @Override
    public long readyPower() {
        return reads.ask(LedgerView::readyPower, () -> 0L);
    }

    @Override
    public SelfTestReport selfTest(RuleSet rules) {
        return readiness.test(rules);
    }

    @Override
    public Attestation attest(RulePlan plan) {
        return readiness.attest(plan, reads.ruleSet(plan.fallback()), validatorSet(), shadow());
    }

    @Override
    public Optional<ShadowReport> shadow() {
        return core().flatMap(NodeCore::shadow);
    }

    @Override
    public long voteToRollBack() {
        return LoopQuestion.ask(name(), runtime, NodeCore::voteToRollBack);
    }

    @Override
    public List<AvailableRule> availableRules() {
        return reads.availableRules();
    }

    @Override
    public boolean awaitFinal(long height, Duration timeout) throws InterruptedException {
        return finalBlocks.await(height, timeout);
    }

    @Override
    public AutoCloseable onFinal(Consumer<FinalBlock> blockListener) {
        return finalBlocks.subscribe(blockListener);
    }

    @Override
    public SortedMap<String, Long> metrics() {
        NodeRuntime current = runtime;
        SortedMap<String, Long> counters =
                current == null ? new TreeMap<>() : current.core().metrics();
        long waiting = current == null ? 0 : current.loop().waiting();
        return Gauges.beside(counters, status(), pendingEvidence().size(), waiting);
    }

    @Override
    public List<BlockTiming> timings() {
        return core().map(NodeCore::timings).orElse(List.of());
    }

    @Override
    public void equivocate() {
        LoopQuestion.ask(name(), runtime, core -> {
            core.equivocate();
            return null;
        });
    }

    @Override
    public String signingRecords() {
        return withRecords(NodeCore::signingRecords, SigningRecords::exported);
    }

    @Override
    public SigningImport importSigningRecords(String records) {
        return withRecords(core -> core.importSigningRecords(records), own -> own.take(records));
    }

    /** On the loop where there is one, so that nothing is signed meanwhile; else nothing starts meanwhile. */
    private synchronized <T> T withRecords(Function<NodeCore, T> running, Function<SigningRecords, T> stopped) {
        if (runtime != null) {
            return LoopQuestion.ask(name(), runtime, running);
        }
        String chainId = parts.genesis().chainId();
        return stopped.apply(new SigningRecords(
                parts.key().map(key -> new SigningGuard(parts.store(), chainId, key)), parts.genesis()));
    }

    @Override
    public Map<String, Long> cpuNanos() {
        NodeRuntime current = runtime;
        return current == null ? Map.of() : current.cpuNanos();
    }

    @Override
    public ReplayReport replay(LongConsumer progress) {
        return new ChainReplay(parts.genesis(), chain, parts.catalogue(), parts.scheme(), parts.delay()).run(progress);
    }

    @Override
    public List<String> brokenInvariants() {
        return reads.brokenInvariants(rules());
    }

    private Optional<NodeCore> core() {
        return Optional.ofNullable(runtime).map(NodeRuntime::core);
    }

    private Optional<Generation> rules() {
        return core().flatMap(NodeCore::rules);
    }

    private Optional<Address> configuredValidator() {
        return parts.key().flatMap(key -> reads.ask(view -> view.ownerOf(key.publicKey()), Optional::empty));
    }
}
