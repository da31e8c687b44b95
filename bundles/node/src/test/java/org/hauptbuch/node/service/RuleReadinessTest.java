package org.hauptbuch.node.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.node.ShadowReport;
import org.hauptbuch.api.plan.Attestation;
import org.hauptbuch.api.plan.RulePlan;
import org.hauptbuch.api.rule.RuleChange;
import org.hauptbuch.api.rule.RuleRef;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.store.Batch;
import org.hauptbuch.api.store.Store;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.vdf.DelayFunction;
import org.hauptbuch.ledger.Ledger;
import org.hauptbuch.node.chain.ChainStore;
import org.hauptbuch.node.core.TestChain;
import org.hauptbuch.node.core.TestRules;
import org.hauptbuch.rules.RuleCatalogue;
import org.hauptbuch.store.memory.MemoryStoreFactory;
import org.junit.jupiter.api.Test;

/** What keeps a validator from saying that it is ready. */
final class RuleReadinessTest {
    private final RuleCatalogue catalogue = TestRules.catalogue();
    private final Signer key = TestChain.consensus("alice");
    private final RuleReadiness readiness = new RuleReadiness(
            "alice",
            new NodeParts(
                    TestChain.genesis(),
                    new MemoryStoreFactory().open(Path.of("unused")),
                    Optional.of(key),
                    key,
                    catalogue,
                    Optional.empty(),
                    TestChain.SCHEME,
                    DelayFunction.NONE,
                    null));
    private final RuleSet active = TestRules.defaultSet();
    private final RuleSet other =
            active.apply(new RuleChange(RuleChange.Operation.ADOPT, TestRules.ref(TestRules.roundRobin())));

    private static ValidatorSet voters() {
        return ValidatorSet.of(TestChain.NAMES.stream()
                .map(name -> new ValidatorSet.Member(
                        TestChain.address(name), TestChain.consensus(name).publicKey(), 10))
                .toList());
    }

    /** From {@code from} to {@code to}, with the digest of the self-test that this node makes. */
    private RulePlan plan(RuleSet from, RuleSet to) {
        return new RulePlan(
                TestChain.address("alice"),
                from.id(),
                to,
                RulePlan.DEFAULT_READY,
                0,
                1,
                from.id(),
                readiness.test(to).digest());
    }

    private Attestation attest(RulePlan plan, Optional<RuleSet> fallback, Optional<ShadowReport> shadow) {
        return readiness.attest(plan, fallback, voters(), shadow);
    }

    private static void assertRefused(String why, Runnable attest) {
        PoSException refused = assertThrows(PoSException.class, attest::run);
        assertTrue(refused.getMessage().contains("alice does not attest: " + why), refused.getMessage());
    }

    @Test
    void aPlanBackToWhatIsHere() {
        catalogue.add(TestRules.roundRobin());
        RulePlan plan = plan(other, active);
        Attestation attestation = attest(plan, Optional.of(other), Optional.empty());
        assertEquals(plan.id(), attestation.plan());
    }

    @Test
    void withoutTheCodeToGoBackToItAttestsNothing() {
        RulePlan plan = plan(other, active);
        assertRefused(
                "the fallback, rule set " + other.id().shortHex() + ", needs rules that are not available here: "
                        + "selection.roundrobin 0.1.0 (SHA-256 " + TestRules.digest("selection.roundrobin") + ")",
                () -> attest(plan, Optional.of(other), Optional.empty()));
        assertRefused(
                "its fallback, rule set " + other.id() + ", never judged this chain",
                () -> attest(plan, Optional.empty(), Optional.empty()));
    }

    @Test
    void theJarsOfItsGenesisAndOfKeptBlocksAreNamed() {
        Store store = new MemoryStoreFactory().open(Path.of("unused"));
        ChainStore chain = new ChainStore(store);
        ChainReads reads = new ChainReads(TestChain.genesis(), chain, catalogue, new Ledger(TestChain.SCHEME));
        Hash roundRobin = TestRules.digest("selection.roundrobin");
        assertEquals(
                active.rules().stream().map(RuleRef::digest).collect(Collectors.toSet()),
                reads.namedJars().keySet());
        assertTrue(reads.ruleSet(other.id()).isEmpty());
        Batch batch = new Batch();
        chain.addRuleSet(batch, other);
        store.commit(batch);
        assertEquals("it judged blocks that are kept", reads.namedJars().get(roundRobin));
        assertEquals("it judges the next block", reads.namedJars().get(TestRules.digest("selection.weighted")));
        assertEquals(Optional.of(other), reads.ruleSet(other.id()));
        assertEquals(Optional.of(active), reads.ruleSet(active.id()));
    }

    @Test
    void anotherTestOrAShadowThatFailedAreReasonsToo() {
        catalogue.add(TestRules.roundRobin());
        RulePlan plan = plan(active, other);
        RulePlan lie = new RulePlan(
                plan.proposer(), plan.from(), plan.to(), plan.leastReady(), 0, 1, plan.fallback(), Hash.ZERO);
        assertRefused(
                "the self-test gives " + plan.selfTest() + " here, the plan says " + Hash.ZERO,
                () -> attest(lie, Optional.of(active), Optional.empty()));
        ShadowReport failed = new ShadowReport(other.id(), 1, 1, List.of(), List.of("block 3: / by zero"));
        assertRefused(
                "the shadow run failed: block 3: / by zero",
                () -> attest(plan, Optional.of(active), Optional.of(failed)));
        ShadowReport ofAnother = new ShadowReport(active.id(), 1, 1, List.of(), List.of("block 3: / by zero"));
        attest(plan, Optional.of(active), Optional.of(ofAnother));
    }
}
