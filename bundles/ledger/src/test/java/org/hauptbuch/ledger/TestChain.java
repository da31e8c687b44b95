package org.hauptbuch.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.hauptbuch.api.block.BlockHeader;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.block.RollbackCertificate;
import org.hauptbuch.api.block.RollbackVote;
import org.hauptbuch.api.block.VotePhase;
import org.hauptbuch.api.chain.ChainParameters;
import org.hauptbuch.api.chain.Commission;
import org.hauptbuch.api.chain.Delegation;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.chain.GasSchedule;
import org.hauptbuch.api.chain.PoSConsensusConfig;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.generation.Generation;
import org.hauptbuch.api.plan.Attestation;
import org.hauptbuch.api.plan.RulePlan;
import org.hauptbuch.api.rule.RuleChange;
import org.hauptbuch.api.rule.RuleRef;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.tx.Receipt;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.Rate;

/** A chain without network: blocks of five to an epoch, executed one after the other, invariants checked after each. */
final class TestChain {
    static final String CHAIN_ID = "test";
    static final long START = 1_000_000;
    static final long BLOCK_TIME = 1_000;
    static final long STAKE = 1_000_000;
    static final long BALANCE = 10_000_000;
    static final Hash SELF_TEST = Hash.sha256(new byte[] {7});

    static final Actor ALICE = Actor.named("alice");
    static final Actor BOB = Actor.named("bob");
    static final Actor CAROL = Actor.named("carol");
    static final Actor DAVE = Actor.named("dave");
    static final Actor ERIN = Actor.named("erin");

    final TestRules rules;
    final Ledger ledger = new Ledger(new FakeScheme(), FakeDelay.INSTANCE);
    final MapState state = new MapState();
    final LedgerView view = new LedgerView(state);
    Generation generation;
    /** Who votes for the last block; empty for everybody. */
    Optional<Set<Address>> voters = Optional.empty();

    Address proposer;
    long time = START;
    /** The time between blocks. */
    long step = BLOCK_TIME;

    TestChain() {
        this(new TestRules());
    }

    TestChain(TestRules rules) {
        this(rules, genesis(parameters()));
    }

    TestChain(TestRules rules, Genesis genesis) {
        this.rules = rules;
        this.generation = rules.generation();
        state.apply(ledger.genesis(genesis, generation));
        this.proposer = view.validatorSet().members().get(0).address();
        assertEquals(List.of(), ledger.brokenInvariants(state, generation));
    }

    static ChainParameters parameters() {
        PoSConsensusConfig config = new PoSConsensusConfig(100_000, 4, BLOCK_TIME, 5, Rate.parse("5%"), false, true);
        return new ChainParameters(
                config, 2, 20, 20 * BLOCK_TIME, 10, 1, 1_000_000_000L, 1 << 20, GasSchedule.SPECIFICATION);
    }

    static Commission commission() {
        return new Commission(Rate.parse("10%"), Rate.parse("20%"), Rate.parse("1%"), 0);
    }

    /** Alice, Bob and Carol validate; all five have money. */
    static Genesis genesis(ChainParameters parameters) {
        TreeMap<Address, Long> balances = new TreeMap<>();
        for (Actor actor : List.of(ALICE, BOB, CAROL, DAVE, ERIN)) {
            balances.put(actor.address(), BALANCE);
        }
        List<Genesis.GenesisValidator> validators = List.of(ALICE, BOB, CAROL).stream()
                .map(a -> new Genesis.GenesisValidator(a.address(), a.name(), a.consensusKey(), STAKE, commission()))
                .toList();
        return new Genesis(
                CHAIN_ID, START, parameters, balances, validators, TestRules.set(), Hash.sha256(Bytes.EMPTY));
    }

    long balance(Actor actor) {
        return view.account(actor.address()).balance();
    }

    Validator validator(Actor actor) {
        return view.validator(actor.address()).orElseThrow();
    }

    /** Units that a delegator's stake is worth. */
    long stake(Actor delegator, Actor validator) {
        long shares = view.delegation(delegator.address(), validator.address())
                .map(Delegation::shares)
                .orElse(0L);
        return rules.delegation.tokensFor(validator(validator).pool(), shares);
    }

    long owed(Actor delegator, Actor validator) {
        return view.rewardsOwed(delegator.address(), validator.address(), generation);
    }

    Transaction tx(Actor sender, Payload payload) {
        return tx(sender, view.account(sender.address()).nonce(), payload);
    }

    static Transaction tx(Actor sender, long nonce, Payload payload) {
        return new Transaction(CHAIN_ID, sender.key(), nonce, 1, 2_000_000, 1_000_000, payload, Bytes.EMPTY);
    }

    /** A plan for the next epoch, back to where the chain is now. */
    RulePlan plan(RuleSet to) {
        return plan(to, view.epoch(), view.epoch() + 1);
    }

    RulePlan plan(RuleSet to, long gate, long activation) {
        return plan(ALICE, to, gate, activation);
    }

    RulePlan plan(Actor proposer, RuleSet to, long gate, long activation) {
        Hash active = view.ruleSet().id();
        return new RulePlan(
                proposer.address(), active, to, RulePlan.DEFAULT_READY, gate, activation, active, SELF_TEST);
    }

    static Attestation attestation(RulePlan plan, Actor validator) {
        return Attestation.of(
                CHAIN_ID,
                plan.id(),
                plan.to().id(),
                plan.selfTest(),
                validator.address(),
                FakeScheme.signer(validator.consensusKey()));
    }

    static Payload.ProposeRules proposal(RulePlan plan, Actor... ready) {
        return new Payload.ProposeRules(
                plan, Stream.of(ready).map(actor -> attestation(plan, actor)).toList());
    }

    /** All of genesis' validators agree on {@code change}; it judges from the next epoch on. */
    RulePlan adopt(RuleChange.Operation operation, RuleRef rule) {
        RulePlan plan = plan(view.ruleSet().apply(new RuleChange(operation, rule)));
        ok(ALICE, proposal(plan, ALICE, BOB, CAROL));
        return plan;
    }

    /** From now on blocks are executed by the rules that are due. */
    void follow() {
        generation = rules.generation(view.ruleSet());
    }

    /** The votes of {@code voters} to leave the active rules at the next height. */
    RollbackCertificate rollback(Hash to, Actor... voters) {
        return rollback(view.height() + 1, view.ruleSet().id(), to, voters);
    }

    static RollbackCertificate rollback(long height, Hash from, Hash to, Actor... voters) {
        return RollbackCertificate.of(Stream.of(voters)
                .map(v -> RollbackVote.of(CHAIN_ID, height, from, to, v.address(), FakeScheme.signer(v.consensusKey())))
                .toList());
    }

    /** A block that goes back to the fallback by the votes of Alice, Bob and Carol. */
    Execution rollBack() {
        RuleSet fallback = view.fallback().orElseThrow();
        generation = rules.generation(fallback);
        return execute(input(rollback(fallback.id(), ALICE, BOB, CAROL)));
    }

    BlockInput input(RollbackCertificate rollback) {
        BlockInput plain = input(List.of(), List.of());
        return new BlockInput(plain.header(), plain.lastCertificate(), Optional.of(rollback), List.of(), List.of());
    }

    BlockInput input(List<Evidence> evidence, List<Transaction> transactions) {
        long height = view.height() + 1;
        ValidatorSet.Member proposing = proposing(height);
        proposer = proposing.address();
        BlockHeader header = new BlockHeader(
                CHAIN_ID,
                height,
                0,
                view.parameters().epochOf(height),
                Hash.ZERO,
                time + step,
                proposing.address(),
                Hash.ZERO,
                Hash.ZERO,
                Hash.ZERO,
                Hash.ZERO,
                Hash.ZERO,
                FakeScheme.prove(proposing.key(), BlockHeader.revealBytes(CHAIN_ID, view.seed(), height, 0)),
                Hash.ZERO);
        return new BlockInput(header, certificate(height - 1), evidence, transactions);
    }

    /** {@link #proposer}, or the first of the set where that one is not in it. */
    private ValidatorSet.Member proposing(long height) {
        ValidatorSet set = view.validatorSetAt(height).orElseThrow();
        return set.member(proposer).orElse(set.members().get(0));
    }

    private Optional<Certificate> certificate(long height) {
        if (height == 0) {
            return Optional.empty();
        }
        List<Certificate.VoterSignature> signatures = new ArrayList<>();
        for (ValidatorSet.Member member :
                view.validatorSetAt(height).orElseThrow().members()) {
            if (voters.isEmpty() || voters.get().contains(member.address())) {
                signatures.add(new Certificate.VoterSignature(member.address(), Bytes.EMPTY));
            }
        }
        return Optional.of(new Certificate(VotePhase.PRECOMMIT, height, 0, Hash.ZERO, signatures));
    }

    Execution block(List<Evidence> evidence, List<Transaction> transactions) {
        return execute(input(evidence, transactions));
    }

    Execution execute(BlockInput input) {
        Execution execution = ledger.execute(state, generation, input);
        assertEquals(execution, ledger.execute(state, generation, input), "not a function of its arguments");
        state.apply(execution.change());
        time = input.header().timeMillis();
        assertEquals(List.of(), ledger.brokenInvariants(state, generation));
        return execution;
    }

    Execution block(Transaction... transactions) {
        return block(List.of(), Arrays.asList(transactions));
    }

    Execution block(Evidence evidence) {
        return block(List.of(evidence), List.of());
    }

    /** A block with one transaction that succeeds; the pool's check agrees. */
    Execution ok(Actor sender, Payload payload) {
        Transaction tx = tx(sender, payload);
        ledger.checkTransaction(state, generation, tx, view.height() + 1, time + step);
        Execution execution = block(tx);
        assertEquals("", execution.receipts().get(0).detail());
        assertTrue(execution.receipts().get(0).succeeded());
        return execution;
    }

    /** A block with one transaction that fails so: it pays its fee and uses its nonce, and nothing else changes. */
    void fails(PoSError error, String detail, Actor sender, Payload payload) {
        Transaction tx = tx(sender, payload);
        PoSException checked = assertThrows(
                PoSException.class,
                () -> ledger.checkTransaction(state, generation, tx, view.height() + 1, time + step));
        assertEquals(error, checked.error(), checked.getMessage());
        assertTrue(checked.getMessage().contains(detail), checked.getMessage());

        Map<Bytes, Optional<Bytes>> expected =
                new TreeMap<>(ledger.execute(state, generation, input(List.of(), List.of()))
                        .change()
                        .values());
        BlockInput input = input(List.of(), List.of(tx));
        Execution execution = ledger.execute(state, generation, input);
        Receipt receipt = execution.receipts().get(0);
        assertEquals(Optional.of(error), receipt.error(), receipt.detail());
        assertEquals(checked.getMessage(), receipt.detail());
        Map<Bytes, Optional<Bytes>> actual = new TreeMap<>(execution.change().values());
        Set<Bytes> differing = new TreeSet<>(actual.keySet());
        differing.addAll(expected.keySet());
        differing.removeIf(
                key -> actual.getOrDefault(key, Optional.empty()).equals(expected.getOrDefault(key, Optional.empty())));
        differing.remove(LedgerView.accountKey(sender.address()));
        if (!view.parameters().endsEpoch(view.height() + 1)) {
            // the fee is in the pot
            assertEquals(1, differing.size(), () -> "a failed transaction changed " + differing);
        }
        long before = balance(sender);
        long nonce = view.account(sender.address()).nonce();
        block(tx);
        assertEquals(nonce + 1, view.account(sender.address()).nonce());
        assertTrue(balance(sender) >= before - 1);
    }

    /** A block that is refused. */
    PoSException refused(List<Evidence> evidence, Transaction... transactions) {
        PoSException e = assertThrows(
                PoSException.class,
                () -> ledger.execute(state, generation, input(evidence, Arrays.asList(transactions))));
        assertEquals(PoSError.INVALID_BLOCK, e.error(), e.getMessage());
        return e;
    }

    /** Empty blocks up to the end of the epoch. */
    void endEpoch() {
        do {
            block();
        } while (!view.parameters().endsEpoch(view.height()));
    }
}
