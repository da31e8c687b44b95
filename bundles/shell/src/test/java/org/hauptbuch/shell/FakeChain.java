package org.hauptbuch.shell;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hauptbuch.api.block.Block;
import org.hauptbuch.api.block.BlockHeader;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.block.VotePhase;
import org.hauptbuch.api.chain.ChainParameters;
import org.hauptbuch.api.chain.Commission;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.chain.PoSConsensusConfig;
import org.hauptbuch.api.chain.Pool;
import org.hauptbuch.api.chain.SlashingEvent;
import org.hauptbuch.api.chain.Unbonding;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.chain.ValidatorMetrics;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.chain.ValidatorStatus;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.node.DelegationView;
import org.hauptbuch.api.node.FinalBlock;
import org.hauptbuch.api.plan.Attestation;
import org.hauptbuch.api.plan.PlanRecord;
import org.hauptbuch.api.plan.PlanStatus;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.rule.RuleRef;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.tx.Receipt;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.Rate;

/** A toy of a chain that all fake nodes share: transfers move units, everything else succeeds. */
public final class FakeChain {
    public static final long TIME = 1_700_000_000_000L;

    public final List<Block> blocks = new ArrayList<>();
    public final Map<Hash, Receipt> receipts = new TreeMap<>();
    public final Map<Hash, Transaction> pool = new LinkedHashMap<>();
    public final Map<Hash, Transaction> known = new TreeMap<>();
    public final Map<Address, Long> balances = new TreeMap<>();
    public final Map<Address, Long> nonces = new TreeMap<>();
    public final List<Validator> validators = new ArrayList<>();
    public final List<DelegationView> delegations = new ArrayList<>();
    public final List<Unbonding> unbondings = new ArrayList<>();
    public final List<SlashingEvent> slashings = new ArrayList<>();
    public final List<Evidence> evidence = new ArrayList<>();
    private final Map<Address, Long> waiting = new TreeMap<>();
    public final Map<Address, Long> commission = new TreeMap<>();
    public final List<FakeNode> listening = new ArrayList<>();
    public RuleSet rules;
    public Optional<RuleSet> nextRules = Optional.empty();
    public Optional<RuleSet> fallback = Optional.empty();
    public Optional<PlanRecord> plan = Optional.empty();
    public final List<PlanRecord> planHistory = new ArrayList<>();
    /** Every transaction is final as soon as it is submitted. */
    public boolean immediate = true;
    /** Transactions that wait at most. */
    public int poolLimit = Integer.MAX_VALUE;
    /** Transactions of blocks to come fail with this. */
    public Optional<String> failing = Optional.empty();

    public ChainParameters parameters = ChainParameters.defaults()
            .with(new PoSConsensusConfig(1_000_000, 100, 1000, 10, new Rate(50_000), true, true));

    FakeChain(FakeContainer home) {
        for (String name : List.of("alice", "bob", "carol", "dave")) {
            Address address = home.address(name);
            balances.put(address, 10_000_000L);
            validators.add(new Validator(
                    address,
                    name,
                    home.keys.signer(name).orElseThrow().publicKey(),
                    ValidatorStatus.ACTIVE,
                    new Pool(2_000_000, 2_000_000),
                    new Commission(new Rate(100_000), new Rate(200_000), new Rate(10_000), 0),
                    0,
                    ValidatorMetrics.NONE));
        }
        validators.sort(java.util.Comparator.comparing(Validator::address));
        balances.put(home.address("faucet"), 1_000_000_000_000L);
        List<RuleRef> refs = new ArrayList<>();
        for (RuleKind kind : RuleKind.values()) {
            refs.add(ref(kind, kind.text() + ".test", "0.1.0", Parameters.NONE));
        }
        rules = new RuleSet(refs);
    }

    public static RuleRef ref(RuleKind kind, String id, String version, Parameters parameters) {
        return new RuleRef(kind, id, version, digest(id + version), parameters);
    }

    public static Hash digest(String text) {
        return Hash.sha256(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    public long height() {
        return blocks.size();
    }

    public synchronized ValidatorSet validatorSet() {
        return ValidatorSet.of(validators.stream()
                .filter(v -> v.status() == ValidatorStatus.ACTIVE)
                .map(v -> new ValidatorSet.Member(v.address(), v.consensusKey(), v.tokens()))
                .toList());
    }

    public synchronized Hash submit(Transaction t) {
        if (!t.chainId().equals("test-1")) {
            throw PoSException.outOfRange(PoSError.INVALID_TRANSACTION, "chainId", t.chainId(), "test-1");
        }
        if (pool.size() >= poolLimit) {
            throw new PoSException(PoSError.INVALID_TRANSACTION, "the pool is full");
        }
        Address from = t.from();
        long next = pendingNonce(from);
        if (t.nonce() != next) {
            throw PoSException.outOfRange(PoSError.INVALID_TRANSACTION, "nonce", t.nonce(), Long.toString(next));
        }
        if (t.gasLimit() != t.gas(parameters.gas())) {
            throw PoSException.outOfRange(PoSError.INVALID_TRANSACTION, "gasLimit", t.gasLimit(), "its gas");
        }
        long has = balances.getOrDefault(from, 0L);
        if (t.fee() > has) {
            throw new PoSException(PoSError.INVALID_TRANSACTION, "balance is " + has + ", must be at least " + t.fee());
        }
        Hash id = t.id();
        pool.put(id, t);
        known.put(id, t);
        waiting.merge(from, 1L, Long::sum);
        if (immediate) {
            seal();
        }
        return id;
    }

    public synchronized long pendingNonce(Address address) {
        return nonces.getOrDefault(address, 0L) + waiting.getOrDefault(address, 0L);
    }

    /** Makes the next block of all that waits. */
    public synchronized void seal() {
        seal(System.nanoTime());
    }

    /** Makes the next block, final at {@code nanoTime}. */
    public synchronized void seal(long nanoTime) {
        List<Transaction> transactions = List.copyOf(pool.values());
        List<Hash> ids = List.copyOf(pool.keySet());
        pool.clear();
        waiting.clear();
        long height = height() + 1;
        List<Receipt> made = new ArrayList<>();
        for (Transaction t : transactions) {
            Address from = t.from();
            Receipt receipt = new Receipt(
                    ids.get(made.size()),
                    height,
                    made.size(),
                    t.gasLimit(),
                    failing.map(detail -> PoSError.STAKING_FAILED),
                    failing.orElse(""));
            nonces.merge(from, 1L, Long::sum);
            balances.merge(from, -t.fee(), Long::sum);
            if (receipt.succeeded() && t.payload() instanceof Payload.Transfer transfer) {
                balances.merge(from, -transfer.amount(), Long::sum);
                balances.merge(transfer.to(), transfer.amount(), Long::sum);
            }
            if (receipt.succeeded()) {
                plan(t, height);
            }
            made.add(receipt);
            receipts.put(receipt.transaction(), receipt);
        }
        Block block = new Block(header(height), Optional.empty(), List.of(), transactions);
        blocks.add(block);
        Certificate certificate = certificate(height).orElseThrow();
        listening.forEach(node -> node.tell(new FinalBlock(block, certificate, made, nanoTime)));
    }

    /** The voting power of {@code attested}. */
    public long power(List<Address> attested) {
        return attested.stream().mapToLong(validatorSet()::power).sum();
    }

    /** The plan that waits is settled so. */
    public void settle(PlanStatus status) {
        planHistory.add(plan.orElseThrow().with(status, height()));
        plan = Optional.empty();
    }

    private void plan(Transaction t, long height) {
        if (t.payload() instanceof Payload.ProposeRules proposal) {
            if (plan.isPresent()) {
                settle(PlanStatus.EXPIRED);
            }
            plan = Optional.of(
                    new PlanRecord(proposal.plan(), t.from(), height, PlanStatus.PROPOSED, height, List.of(), 0, 0));
            proposal.attestations().forEach(this::attested);
        } else if (t.payload() instanceof Payload.AttestRules attest) {
            attested(attest.attestation());
        } else if (t.payload() instanceof Payload.CancelRules) {
            settle(PlanStatus.CANCELLED);
        }
    }

    private void attested(Attestation attestation) {
        TreeSet<Address> all = new TreeSet<>(plan.orElseThrow().attested());
        all.add(attestation.validator());
        List<Address> attested = List.copyOf(all);
        plan = plan.map(
                record -> record.with(attested, power(attested), validatorSet().totalPower()));
    }

    public Optional<Certificate> certificate(long height) {
        if (height < 1 || height > height()) {
            return Optional.empty();
        }
        List<Certificate.VoterSignature> votes = validators.stream()
                .map(v -> new Certificate.VoterSignature(v.address(), Bytes.of(new byte[64])))
                .toList();
        return Optional.of(new Certificate(
                VotePhase.PRECOMMIT, height, 0, blocks.get((int) height - 1).hash(), votes));
    }

    private BlockHeader header(long height) {
        return new BlockHeader(
                "test-1",
                height,
                0,
                parameters.epochOf(height),
                height == 1 ? Hash.ZERO : blocks.get((int) height - 2).hash(),
                TIME + height * 1000,
                validators.get((int) (height % validators.size())).address(),
                Hash.ZERO,
                Hash.ZERO,
                digest("state" + height),
                validatorSet().root(),
                rules.id(),
                Bytes.of(new byte[80]),
                Hash.ZERO);
    }
}
