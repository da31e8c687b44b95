package org.hauptbuch.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.generation.Generation;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.rule.RuleChange;
import org.hauptbuch.api.rule.RuleFactory;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.rule.RuleRef;
import org.hauptbuch.api.rule.RuleSet;
import org.junit.jupiter.api.Test;

class RuleCatalogueTest {
    private final RuleCatalogue catalogue = new RuleCatalogue();
    private final List<RuleCatalogue.Entry> each = TestRules.oneOfEach();
    private final RuleSet set = TestRules.setOf(each);

    @Test
    void isOrderedByKindIdAndVersionWhateverTheOrderOfArrival() {
        RuleCatalogue.Entry newer = TestRules.entry(RuleKind.SELECTION, "selection.test", "0.2.0");
        List<RuleCatalogue.Entry> expected = new ArrayList<>(each);
        expected.add(1, newer);
        List<RuleCatalogue.Entry> arrival = new ArrayList<>(expected);
        Collections.reverse(arrival);
        arrival.forEach(catalogue::add);
        assertEquals(expected, catalogue.available());
    }

    @Test
    void activatesExactlyTheCodeThatTheChainNames() {
        RuleCatalogue.Entry old = each.get(0);
        each.forEach(catalogue::add);
        catalogue.add(TestRules.entry(old.kind(), old.id(), "0.2.0", parameters -> {
            throw new AssertionError("another version than the chain's");
        }));
        Generation generation = catalogue.activate(set);
        assertEquals(set, generation.set());
        assertNotNull(generation.selection());
        assertEquals(List.of("slashing.test"), List.copyOf(generation.slashing().keySet()));
    }

    @Test
    void handsEachFactoryTheChainsParameters() {
        List<Parameters> seen = new ArrayList<>();
        each.forEach(catalogue::add);
        RuleCatalogue.Entry slow = TestRules.entry(RuleKind.SLASHING, "slashing.slow", "0.1.0", parameters -> {
            seen.add(parameters);
            return TestRules.rule(RuleKind.SLASHING);
        });
        catalogue.add(slow);
        Parameters window = Parameters.of(Map.of("window", "100"));
        RuleRef ref = new RuleRef(slow.kind(), slow.id(), slow.version(), slow.digest(), window);
        catalogue.activate(set.apply(new RuleChange(RuleChange.Operation.ADOPT, ref)));
        assertEquals(List.of(window), seen);
    }

    @Test
    void namesEveryMissingRuleWithVersionAndDigest() {
        each.subList(2, each.size()).forEach(catalogue::add);
        PoSException refused = assertThrows(PoSException.class, () -> catalogue.activate(set));
        assertEquals(PoSError.CONSENSUS_STATE_UPDATE_FAILED, refused.error());
        for (RuleCatalogue.Entry missing : each.subList(0, 2)) {
            assertTrue(
                    refused.getMessage().contains(missing.id() + " 0.1.0 (SHA-256 " + missing.digest() + ")"),
                    refused.getMessage());
        }
        assertFalse(refused.getMessage().contains(each.get(2).id()), refused.getMessage());
        assertEquals(each.subList(0, 2).stream().map(TestRules::ref).toList(), catalogue.missing(set));
    }

    @Test
    void sameIdAndVersionWithOtherBytesIsNotTheRule() {
        each.subList(1, each.size()).forEach(catalogue::add);
        RuleCatalogue.Entry e = each.get(0);
        RuleCatalogue.Entry rebuilt = new RuleCatalogue.Entry(
                e.kind(), e.id(), e.version(), TestRules.digest("rebuilt"), "file:rebuilt.jar", e.factory());
        catalogue.add(rebuilt);
        assertThrows(PoSException.class, () -> catalogue.activate(set));
        assertEquals(Optional.empty(), catalogue.find(TestRules.ref(e)));
        assertEquals(Optional.of(rebuilt), catalogue.find(e.id(), e.version()));

        catalogue.add(e);
        assertEquals(Optional.of(e), catalogue.find(TestRules.ref(e)));
        PoSException two = assertThrows(PoSException.class, () -> catalogue.find(e.id(), e.version()));
        assertTrue(two.getMessage().contains(e.digest().toString()), two.getMessage());
        assertTrue(two.getMessage().contains(rebuilt.digest().toString()), two.getMessage());
        assertEquals(set, catalogue.activate(set).set());
    }

    @Test
    void theSameJarTwiceIsNoQuarrelAndOneMayGo() {
        each.forEach(catalogue::add);
        RuleCatalogue.Entry e = each.get(0);
        RuleCatalogue.Entry twin =
                new RuleCatalogue.Entry(e.kind(), e.id(), e.version(), e.digest(), "hauptbuch-rule:x", e.factory());
        catalogue.add(twin);
        assertTrue(catalogue.find(e.id(), e.version()).isPresent());
        catalogue.remove(e);
        assertEquals(Optional.of(twin), catalogue.find(e.id(), e.version()));
        assertEquals(List.of(), catalogue.missing(set));
        assertThrows(IllegalArgumentException.class, () -> catalogue.add(twin));
    }

    @Test
    void twoVersionsAreThereTogether() {
        RuleCatalogue.Entry newer = TestRules.entry(RuleKind.SELECTION, "selection.test", "0.2.0");
        each.forEach(catalogue::add);
        catalogue.add(newer);
        assertEquals(Optional.of(each.get(0)), catalogue.find("selection.test", "0.1.0"));
        assertEquals(Optional.of(newer), catalogue.find("selection.test", "0.2.0"));
        assertEquals(Optional.empty(), catalogue.find("selection.test", "0.3.0"));
    }

    @Test
    void refusesWhatAFactoryThrows() {
        PoSException refused = activateWith(parameters -> {
            throw new PoSException(PoSError.CONSENSUS_STATE_UPDATE_FAILED, "rule parameter window is '0'");
        });
        assertTrue(refused.getMessage().contains("selection.test 0.1.0"), refused.getMessage());
        assertTrue(refused.getMessage().contains("rule parameter window is '0'"), refused.getMessage());

        refused = activateWith(parameters -> {
            throw new NoClassDefFoundError("org/example/Gone");
        });
        assertTrue(refused.getMessage().contains("org/example/Gone"), refused.getMessage());
    }

    @Test
    void refusesARuleOfTheWrongType() {
        PoSException refused = activateWith(parameters -> TestRules.rule(RuleKind.PENALTY));
        assertTrue(
                refused.getMessage().contains("must make a org.hauptbuch.api.selection.SelectionRule"),
                refused.getMessage());
        refused = activateWith(parameters -> null);
        assertTrue(refused.getMessage().contains("makes nothing"), refused.getMessage());
    }

    @Test
    void tellsListenersOfEveryChangeUntilClosed() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        Runnable count = calls::incrementAndGet;
        AutoCloseable first = catalogue.onChange(count);
        AutoCloseable second = catalogue.onChange(count);
        catalogue.add(each.get(0));
        assertEquals(2, calls.get());
        first.close();
        catalogue.remove(each.get(0));
        assertEquals(3, calls.get());
        catalogue.remove(each.get(0));
        assertEquals(3, calls.get(), "nothing was removed");
        second.close();
        catalogue.add(each.get(0));
        assertEquals(3, calls.get());
    }

    @Test
    void aListenerSeesTheChangeThatItIsToldOf() throws Exception {
        List<Integer> sizes = new ArrayList<>();
        AutoCloseable listening =
                catalogue.onChange(() -> sizes.add(catalogue.available().size()));
        catalogue.add(each.get(0));
        catalogue.add(each.get(1));
        catalogue.remove(each.get(0));
        listening.close();
        assertEquals(List.of(1, 2, 1), sizes);
    }

    @Test
    void aRuleThatCouldNotBecomeActiveIsFoundBeforehand() {
        each.forEach(catalogue::add);
        catalogue.check(set.rules().get(0));
        RuleRef absent = TestRules.ref(TestRules.entry(RuleKind.SELECTION, "selection.absent", "0.1.0"));
        PoSException refused = assertThrows(PoSException.class, () -> catalogue.check(absent));
        assertTrue(refused.getMessage().contains("selection.absent"), refused.getMessage());
        RuleCatalogue.Entry picky = TestRules.entry(RuleKind.SLASHING, "slashing.picky", "0.1.0", parameters -> {
            throw new IllegalArgumentException("limt is not a parameter");
        });
        catalogue.add(picky);
        refused = assertThrows(PoSException.class, () -> catalogue.check(TestRules.ref(picky)));
        assertTrue(refused.getMessage().contains("limt is not a parameter"), refused.getMessage());
    }

    private PoSException activateWith(RuleFactory selection) {
        RuleCatalogue other = new RuleCatalogue();
        RuleCatalogue.Entry e = each.get(0);
        other.add(new RuleCatalogue.Entry(e.kind(), e.id(), e.version(), e.digest(), e.source(), selection));
        each.subList(1, each.size()).forEach(other::add);
        PoSException refused = assertThrows(PoSException.class, () -> other.activate(set));
        assertEquals(PoSError.CONSENSUS_STATE_UPDATE_FAILED, refused.error());
        return refused;
    }
}
