package org.hauptbuch.node.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.hauptbuch.ledger.Ledger;
import org.hauptbuch.node.block.RuleCalls;
import org.hauptbuch.node.chain.ChainStore;
import org.hauptbuch.node.chain.StoreReader;
import org.hauptbuch.node.chain.StoredState;
import org.junit.jupiter.api.Test;

/** A disk that refuses a commit, at every one of them. */
final class StoreFailureTest {
    @Test
    void whateverCommitFailsTheStoreIsAtOneHeightAndTheNodeSaysSo() {
        for (int failAt = 0; failAt < 16; failAt++) {
            TestStores.Counting store = new TestStores.Counting(TestStores.memory());
            store.failAt = failAt;
            TestNetwork network = new TestNetwork(TestChain.genesis());
            for (String name : List.of("alice", "bob", "carol")) {
                network.add(name, TestNetwork.newStore());
            }
            TestNetwork.Node dave = network.add("dave", store);
            network.startAll();
            network.runUntil(30_000, () -> network.node("alice").height() >= 6);
            assertEquals(NodeState.HALTED, dave.core.snapshot().state(), "commit " + failAt);
            assertTrue(dave.core.snapshot().halt().orElse("").contains("no space left"), "commit " + failAt);
            assertConsistent(store);

            store.failAt = -1;
            dave.stop();
            dave.start();
            network.runToHeight(9, 20_000);
            NetworkTest.assertAgreement(network, 9);
            assertTrue(NetworkTest.view(dave).slashings().isEmpty(), "commit " + failAt);
        }
    }

    private static void assertConsistent(TestStores.Counting store) {
        ChainStore chain = new ChainStore(store);
        if (chain.tip().isEmpty()) {
            return;
        }
        RuleActivation rules = new RuleActivation(TestRules.catalogue(), RuleCalls.UNLIMITED);
        Ledger ledger = new Ledger(TestChain.SCHEME);
        Head head = new Head(TestChain.genesis(), chain, new StoredState(store), ledger, rules);
        var next = head.next();
        assertEquals(chain.tip().get().height() + 1, next.height());
        assertEquals(Optional.empty(), chain.block(next.height()));
        chain.block(next.height() - 1)
                .ifPresent(block -> assertEquals(
                        chain.tip().get().stateRoot(), block.header().stateRoot()));
        assertEquals(List.of(), ledger.brokenInvariants(new StoreReader(store), next.rules()));
    }
}
