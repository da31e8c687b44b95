package org.hauptbuch.node.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.hauptbuch.api.block.Block;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.node.ReplayReport;
import org.hauptbuch.api.rule.RuleChange;
import org.hauptbuch.api.store.Batch;
import org.hauptbuch.api.store.Store;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.vdf.DelayFunction;
import org.hauptbuch.ledger.LedgerView;
import org.hauptbuch.node.chain.ChainStore;
import org.hauptbuch.node.replay.ChainReplay;
import org.hauptbuch.rules.RuleCatalogue;
import org.junit.jupiter.api.Test;

/** A stored chain with two changes of rules is executed again; whatever is changed in the store is found. */
final class ReplayTest {
    private static Store grown() {
        TestNetwork network = TestNetwork.ofFour();
        network.all().forEach(node -> node.catalogue.add(TestRules.roundRobin()));
        network.startAll();
        network.runToHeight(1, 10_000);
        adopt(network, TestRules.roundRobin(), 0);
        network.runToHeight(6, 20_000);
        TestNetwork.Node bob = network.node("bob");
        bob.submit(TestChain.transfer("faucet", "bob", 5, 0)).get();
        adopt(network, TestRules.defaults().get(0), 1);
        network.runToHeight(13, 30_000);
        return bob.store;
    }

    private static void adopt(TestNetwork network, RuleCatalogue.Entry rule, long nonce) {
        LedgerView view = network.node("carol").view();
        var next = view.ruleSet().apply(new RuleChange(RuleChange.Operation.ADOPT, TestRules.ref(rule)));
        network.node("carol")
                .submit(TestChain.signed("alice", TestChain.plan(view, next, TestChain.NAMES), nonce, 10))
                .get();
    }

    private static ChainReplay replay(Store store, RuleCatalogue catalogue) {
        return new ChainReplay(
                TestChain.genesis(), new ChainStore(store), catalogue, TestChain.SCHEME, DelayFunction.NONE);
    }

    private static RuleCatalogue all() {
        RuleCatalogue catalogue = TestRules.catalogue();
        catalogue.add(TestRules.roundRobin());
        return catalogue;
    }

    @Test
    void itGoesThroughAllRuleSetsToTheSameRoot() {
        Store store = grown();
        List<Long> progress = new ArrayList<>();
        ReplayReport report = replay(store, all()).run(progress::add);
        var tip = new ChainStore(store).tip().orElseThrow();
        assertEquals(tip.height(), report.height());
        assertEquals(tip.hash(), report.hash());
        assertEquals(tip.stateRoot(), report.stateRoot());
        assertEquals(3, report.ruleSets());
        assertEquals(3, report.transactions());
        assertEquals(tip.height(), progress.size());
    }

    @Test
    void aRuleOfThePastThatIsNotHereIsNamed() {
        PoSException missing = assertThrows(
                PoSException.class, () -> replay(grown(), TestRules.catalogue()).run(height -> {}));
        assertTrue(missing.getMessage().contains("selection.roundrobin 0.1.0 (SHA-256"), missing.getMessage());
    }

    @Test
    void whateverIsChangedInTheStoreIsFound() {
        Store store = grown();
        ChainStore chain = new ChainStore(store);
        Block five = chain.block(5).orElseThrow();
        // the header of another block: its certificate is for the right one
        put(
                store,
                'b',
                5,
                new Block(
                                five.header().withStateRoot(five.header().parent()),
                                five.lastCertificate(),
                                five.evidence(),
                                five.transactions())
                        .encode());
        assertFound(store, "height 5", "certificate.block");
        put(store, 'b', 5, five.encode());

        Block next = chain.block(7).orElseThrow();
        put(store, 'b', 6, next.encode());
        assertFound(store, "height 6", "header.height is 7, must be 6");
        store.commit(new Batch().remove(Store.Space.BLOCKS, key('b', 6)));
        assertFound(store, "height 6", "the block is not in the store");
    }

    @Test
    void aCertificateOfTooFewIsFound() {
        Store store = grown();
        var chain = new ChainStore(store);
        var certificate = chain.certificate(4).orElseThrow();
        put(
                store,
                'c',
                4,
                new Certificate(
                                certificate.phase(),
                                certificate.height(),
                                certificate.round(),
                                certificate.block(),
                                certificate.signatures().subList(0, 2))
                        .encode());
        assertFound(store, "height 4", "voting power");
    }

    private static void assertFound(Store store, String... words) {
        PoSException found =
                assertThrows(PoSException.class, () -> replay(store, all()).run(height -> {}));
        for (String word : words) {
            assertTrue(found.getMessage().contains(word), found.getMessage());
        }
    }

    private static void put(Store store, char kind, long height, Bytes value) {
        store.commit(new Batch().put(Store.Space.BLOCKS, key(kind, height), value));
    }

    private static Bytes key(char kind, long height) {
        return new Writer().u8(kind).u64(height).toBytes();
    }
}
