package org.hauptbuch.node.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class NodeStateTest {
    @Test
    void everyStateMayEndAndNothingFollowsTheEnd() {
        for (NodeState state : NodeState.values()) {
            assertEquals(NodeState.STOPPED, state.to(NodeState.STOPPED));
            if (state != NodeState.STOPPED) {
                assertThrows(IllegalStateException.class, () -> NodeState.STOPPED.to(state));
            }
        }
    }

    @Test
    void nothingStartsAgain() {
        for (NodeState state : NodeState.values()) {
            if (state != NodeState.STARTING) {
                String message = assertThrows(IllegalStateException.class, () -> state.to(NodeState.STARTING))
                        .getMessage();
                assertTrue(message.contains("STARTING cannot follow " + state), message);
            }
        }
    }

    @Test
    void whoIsHaltedMayGoOn() {
        assertEquals(NodeState.SYNCING, NodeState.HALTED.to(NodeState.SYNCING));
        assertEquals(NodeState.VALIDATING, NodeState.HALTED.to(NodeState.VALIDATING));
    }
}
