package org.hauptbuch.ledger;

import static org.hauptbuch.ledger.TestChain.ALICE;
import static org.hauptbuch.ledger.TestChain.DAVE;
import static org.hauptbuch.ledger.TestChain.ERIN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hauptbuch.api.block.BlockHeader;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.proof.StateProof;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.junit.jupiter.api.Test;

/** What a light client does: it has a header, and asks. */
class StateProofOfAccountTest {
    private final TestChain chain = new TestChain();

    private BlockHeader header() {
        BlockInput input = chain.input(List.of(), List.of(chain.tx(DAVE, new Payload.Transfer(ERIN.address(), 5))));
        Execution execution = chain.ledger.execute(chain.state, chain.generation, input);
        chain.state.apply(execution.change());
        return input.header().withStateRoot(execution.change().root());
    }

    @Test
    void aBalanceIsProvenByAHeaderAlone() {
        BlockHeader header = header();
        StateProof proof = chain.ledger.prove(chain.state, LedgerView.accountKey(DAVE.address()));
        assertTrue(proof.verify(header.stateRoot()));
        Bytes expected = new Writer().u64(TestChain.BALANCE - 6).u64(1).toBytes();
        assertEquals(Optional.of(expected), proof.value());
        Bytes more = new Writer().u64(TestChain.BALANCE).u64(1).toBytes();
        assertFalse(new StateProof(proof.key(), Optional.of(more), Optional.empty(), proof.siblings())
                .verify(header.stateRoot()));
        assertFalse(
                new StateProof(LedgerView.accountKey(ERIN.address()), proof.value(), Optional.empty(), proof.siblings())
                        .verify(header.stateRoot()));
    }

    @Test
    void aValidatorIsProvenByAHeaderAlone() {
        BlockHeader header = header();
        StateProof proof = chain.ledger.prove(chain.state, LedgerView.validatorKey(ALICE.address()));
        assertTrue(proof.verify(header.stateRoot()));
        assertEquals("alice", Validator.decode(proof.value().orElseThrow()).id());
    }

    @Test
    void thatSomebodyHasNoAccountIsProvenByAHeaderAlone() {
        BlockHeader header = header();
        for (int i = 0; i < 50; i++) {
            Bytes key = LedgerView.accountKey(Actor.named("stranger" + i).address());
            StateProof proof = chain.ledger.prove(chain.state, key);
            assertFalse(proof.present());
            assertTrue(proof.verify(header.stateRoot()));
            List<Hash> siblings = new ArrayList<>(proof.siblings());
            siblings.set(0, Hash.ZERO);
            assertFalse(new StateProof(key, Optional.empty(), proof.other(), siblings).verify(header.stateRoot()));
            // the same way down does not prove that dave has none
            assertFalse(new StateProof(
                            LedgerView.accountKey(DAVE.address()), Optional.empty(), proof.other(), proof.siblings())
                    .verify(header.stateRoot()));
        }
    }

    @Test
    void aProofOfAnOlderStateIsNoProofOfANewerOne() {
        BlockHeader first = header();
        StateProof proof = chain.ledger.prove(chain.state, LedgerView.accountKey(DAVE.address()));
        BlockHeader second = header();
        assertTrue(proof.verify(first.stateRoot()));
        assertFalse(proof.verify(second.stateRoot()));
    }
}
