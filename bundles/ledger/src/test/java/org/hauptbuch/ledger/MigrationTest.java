package org.hauptbuch.ledger;

import static org.hauptbuch.ledger.TestChain.ALICE;
import static org.hauptbuch.ledger.TestChain.DAVE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.chain.Offence;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.plan.RulePlan;
import org.hauptbuch.api.rule.ChainView;
import org.hauptbuch.api.rule.MigratingRule;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.rule.RuleChange;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.rule.RuleRef;
import org.hauptbuch.api.slashing.BlockFacts;
import org.hauptbuch.api.slashing.Observation;
import org.hauptbuch.api.slashing.SlashingRule;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.ledger.state.Keys;
import org.junit.jupiter.api.Test;

/** What rules remember, when a rule takes over from another. */
class MigrationTest {
    private static final RuleRef FIRST = TestRules.ref(RuleKind.SLASHING, TestRules.CONDITION);
    private static final RuleRef SECOND =
            new RuleRef(RuleKind.SLASHING, TestRules.CONDITION, "2.0.0", Hash.sha256(new byte[] {2}), Parameters.NONE);
    private static final Bytes A = Bytes.fromHex("0a");
    private static final Bytes B = Bytes.fromHex("0b");
    private static final Bytes C = Bytes.fromHex("0c");

    private final TestRules rules = new TestRules();
    private final TestChain chain = new TestChain(rules);
    private final List<RuleRef> predecessors = new ArrayList<>();
    private final List<SortedMap<Bytes, Bytes>> memories = new ArrayList<>();

    /** The first generation remembers A and B in every block; the chain is before height 6, the first of the second. */
    private void replace(RuleChange.Operation operation, RuleRef rule) {
        rules.sees = (view, facts) -> new Observation(List.of(), List.of(remember(A, A), remember(B, B)));
        chain.adopt(operation, rule);
        chain.endEpoch();
        assertEquals(Optional.of(A), memory(A));
        assertEquals(Optional.of(B), memory(B));
        rules.sees = (view, facts) -> Observation.NOTHING;
    }

    private void replaceBy(UnaryOperator<SortedMap<Bytes, Bytes>> migration) {
        replace(RuleChange.Operation.ADOPT, SECOND);
        rules.slashing = new Migrating(migration);
        chain.follow();
    }

    private static Observation.Remembered remember(Bytes key, Bytes value) {
        return new Observation.Remembered(key, Optional.of(value));
    }

    private Optional<Bytes> memory(Bytes key) {
        return chain.state.value(Keys.memory(TestRules.CONDITION, key).bytes());
    }

    private static SortedMap<Bytes, Bytes> onlyC(SortedMap<Bytes, Bytes> memory) {
        return new TreeMap<>(Map.of(C, memory.get(A)));
    }

    private void halts(String detail) {
        var before = new TreeMap<>(chain.state.values);
        PoSException e = assertThrows(PoSException.class, chain::block);
        assertEquals(PoSError.CONSENSUS_STATE_UPDATE_FAILED, e.error(), e.getMessage());
        assertTrue(e.getMessage().contains("rule slashing.test failed: "), e.getMessage());
        assertTrue(e.getMessage().contains(detail), e.getMessage());
        assertEquals(before, chain.state.values);
    }

    @Test
    void aRuleTakesOverOnceAtTheFirstBlockUnderTheNewSet() {
        replaceBy(MigrationTest::onlyC);
        assertEquals(List.of(), predecessors, "the end of the epoch only names the set");
        chain.block();
        // each block is executed twice here
        assertEquals(List.of(FIRST, FIRST), predecessors);
        TreeMap<Bytes, Bytes> all = new TreeMap<>(Map.of(A, A, B, B));
        assertEquals(List.of(all, all), memories);
        assertEquals(Optional.empty(), memory(A));
        assertEquals(Optional.empty(), memory(B));
        assertEquals(Optional.of(A), memory(C));
        chain.block();
        chain.endEpoch();
        chain.block();
        assertEquals(2, predecessors.size());
    }

    @Test
    void aBlockThatIsRefusedMigratedNothing() {
        replaceBy(MigrationTest::onlyC);
        TreeMap<Bytes, Bytes> before = new TreeMap<>(chain.state.values);
        Transaction stray = TestChain.tx(DAVE, 7, new Payload.Transfer(ALICE.address(), 1));
        chain.refused(List.of(), stray);
        assertEquals(List.of(FIRST), predecessors);
        assertEquals(before, chain.state.values);
        chain.block();
        assertEquals(Optional.of(A), memory(C));
    }

    @Test
    void aRollbackOfThatBlockMigratesNothing() {
        replaceBy(MigrationTest::onlyC);
        chain.rollBack();
        assertEquals(List.of(), predecessors);
        assertEquals(Optional.of(A), memory(A));
        assertEquals(Optional.of(B), memory(B));
        chain.block();
        chain.endEpoch();
        chain.block();
        assertEquals(List.of(), predecessors);
    }

    @Test
    void aLaterRollbackMigratesBack() {
        replaceBy(MigrationTest::onlyC);
        chain.block();
        predecessors.clear();
        rules.slashing = new Migrating(memory -> new TreeMap<>(Map.of(A, memory.get(C))));
        chain.rollBack();
        assertEquals(List.of(SECOND, SECOND), predecessors);
        assertEquals(Optional.of(A), memory(A));
        assertEquals(Optional.empty(), memory(C));
        chain.block();
        assertEquals(2, predecessors.size());
    }

    @Test
    void aRollbackPastTheSetBeforeMigratesFromThere() {
        replaceBy(MigrationTest::onlyC);
        chain.block();
        RuleRef third = new RuleRef(
                RuleKind.SLASHING, TestRules.CONDITION, "3.0.0", Hash.sha256(new byte[] {3}), FIRST.parameters());
        var to = chain.view.ruleSet().apply(new RuleChange(RuleChange.Operation.ADOPT, third));
        var plan = new RulePlan(
                TestChain.ALICE.address(),
                chain.view.ruleSet().id(),
                to,
                RulePlan.DEFAULT_READY,
                1,
                2,
                TestRules.set().id(),
                TestChain.SELF_TEST);
        chain.ok(ALICE, TestChain.proposal(plan, ALICE, TestChain.BOB, TestChain.CAROL));
        chain.endEpoch();
        predecessors.clear();
        memories.clear();
        rules.slashing = new Migrating(memory -> memory);
        // at height 11, where the third generation was due and never was
        chain.rollBack();
        assertEquals(List.of(SECOND, SECOND), predecessors);
        assertEquals(new TreeMap<>(Map.of(C, A)), memories.get(0));
    }

    @Test
    void aRuleThatDoesNotMigrateFindsWhatWasThere() {
        replace(RuleChange.Operation.ADOPT, SECOND);
        chain.follow();
        chain.block();
        assertEquals(Optional.of(A), memory(A));
        assertEquals(Optional.of(B), memory(B));
    }

    @Test
    void aRuleThatStaysAsItIsIsNotAsked() {
        rules.slashing = new Migrating(MigrationTest::onlyC);
        replace(RuleChange.Operation.ADOPT, TestRules.ref(RuleKind.PENALTY, "penalty.other"));
        chain.follow();
        chain.block();
        assertEquals(List.of(), predecessors);
        assertEquals(Optional.of(A), memory(A));
    }

    @Test
    void aRuleThatIsGoneLeavesNothingBehind() {
        replace(RuleChange.Operation.REMOVE, FIRST);
        chain.follow();
        assertEquals(Optional.of(A), memory(A), "until the first block without it");
        chain.block();
        assertEquals(Optional.empty(), memory(A));
        assertEquals(Optional.empty(), memory(B));
    }

    @Test
    void aMigrationThatFailsStopsTheNode() {
        replaceBy(memory -> {
            throw new IllegalStateException("a bug");
        });
        halts("java.lang.IllegalStateException: a bug");
        rules.slashing = new Migrating(memory -> {
            throw new PoSException(PoSError.SLASHING_FAILED, "here is nothing to refuse");
        });
        chain.follow();
        halts("here is nothing to refuse");
        rules.slashing = new Migrating(memory -> null);
        chain.follow();
        halts("NullPointerException");
    }

    @Test
    void aMigrationsAnswerIsWithinBounds() {
        replaceBy(memory -> new TreeMap<>(Map.of(Bytes.of(new byte[129]), A)));
        halts("memory key is 129 bytes, must be 1 to 128 bytes");
        for (Answer wrong : List.of(
                new Answer("memory key is 0 bytes", Bytes.EMPTY, A),
                new Answer("memory value is 65537 bytes", A, Bytes.of(new byte[65_537])),
                new Answer("a value is null", A, null))) {
            rules.slashing = new Migrating(memory -> {
                SortedMap<Bytes, Bytes> answer = new TreeMap<>();
                answer.put(wrong.key(), wrong.value());
                return answer;
            });
            chain.follow();
            halts(wrong.detail());
        }
        rules.slashing = new Migrating(memory -> new TreeMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            public void forEach(BiConsumer<? super Bytes, ? super Bytes> action) {
                throw new IllegalStateException("a map of its own making");
            }
        });
        chain.follow();
        halts("a map of its own making");
    }

    private record Answer(String detail, Bytes key, Bytes value) {}

    private final class Migrating implements SlashingRule, MigratingRule {
        private final UnaryOperator<SortedMap<Bytes, Bytes>> migration;

        Migrating(UnaryOperator<SortedMap<Bytes, Bytes>> migration) {
            this.migration = migration;
        }

        @Override
        public SortedMap<Bytes, Bytes> migrate(RuleRef from, SortedMap<Bytes, Bytes> memory) {
            predecessors.add(from);
            memories.add(new TreeMap<>(memory));
            return migration.apply(memory);
        }

        @Override
        public Set<String> evidenceTypes() {
            return Set.of();
        }

        @Override
        public Offence judge(ChainView view, Evidence evidence, SignatureScheme scheme) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Observation observe(ChainView view, BlockFacts facts) {
            return rules.sees.apply(view, facts);
        }
    }
}
