package org.hauptbuch.node.signing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.hauptbuch.api.block.Block;
import org.hauptbuch.api.block.BlockHeader;
import org.hauptbuch.api.block.Proposal;
import org.hauptbuch.api.block.Vote;
import org.hauptbuch.api.block.VotePhase;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.finality.Message;
import org.hauptbuch.api.store.Batch;
import org.hauptbuch.api.store.Store;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.node.chain.CandidateBlock;
import org.hauptbuch.node.core.TestChain;
import org.hauptbuch.node.core.TestStores;
import org.junit.jupiter.api.Test;

final class SigningGuardTest {
    private static final Bytes REVEAL = Bytes.of(new byte[80]);
    private static final Signer SIGNER = TestChain.consensus("alice");
    private static final Address SELF = TestChain.address("alice");
    private static final Hash A = Hash.sha256(new byte[] {1});
    private static final Hash B = Hash.sha256(new byte[] {2});

    private final Store store = TestStores.memory();
    private SigningGuard guard = new SigningGuard(store, "test", SIGNER);

    private Message.Ballot vote(VotePhase phase, long height, int round, Hash block) {
        return guard.vote(phase, height, round, block, SELF, Optional.empty());
    }

    private Message.Offer propose(long height, int round, OptionalInt validRound, CandidateBlock block) {
        return guard.propose(
                new Message.Offer(
                        new Proposal(height, round, validRound, block.hash(), SELF, Bytes.EMPTY), Optional.empty()),
                block);
    }

    private static CandidateBlock block(long height, int number) {
        return CandidateBlock.of(new Block(
                new BlockHeader("test", height, 0, 0, A, number, SELF, A, A, A, A, A, REVEAL, Hash.ZERO),
                Optional.empty(),
                List.of(),
                List.of()));
    }

    private void restart() {
        guard = new SigningGuard(store, "test", SIGNER);
    }

    private static void assertRefused(Runnable signing, String word) {
        PoSException refused = assertThrows(PoSException.class, signing::run);
        assertEquals(PoSError.SECURITY_VALIDATION_FAILED, refused.error());
        assertTrue(refused.getMessage().contains(word), refused.getMessage());
    }

    @Test
    void aSecondVoteIsRefused() {
        for (VotePhase phase : VotePhase.values()) {
            vote(phase, 5, 0, A);
            assertRefused(() -> vote(phase, 5, 0, B), "contradicts");
            assertRefused(() -> vote(phase, 5, 0, Hash.ZERO), "contradicts");
        }
    }

    @Test
    void aVoteForABlockAfterAVoteForNoneIsRefused() {
        vote(VotePhase.PRECOMMIT, 5, 0, Hash.ZERO);
        assertRefused(() -> vote(VotePhase.PRECOMMIT, 5, 0, A), "contradicts");
    }

    @Test
    void aSecondProposalIsRefused() {
        propose(5, 0, OptionalInt.empty(), block(5, 1));
        assertRefused(() -> propose(5, 0, OptionalInt.empty(), block(5, 2)), "contradicts");
    }

    @Test
    void theSameProposalWithAnotherValidRoundIsRefused() {
        propose(5, 2, OptionalInt.of(0), block(5, 1));
        assertRefused(() -> propose(5, 2, OptionalInt.of(1), block(5, 1)), "contradicts");
    }

    @Test
    void aLowerHeightIsRefused() {
        vote(VotePhase.PREVOTE, 6, 0, A);
        assertRefused(() -> vote(VotePhase.PREVOTE, 5, 0, A), "height");
        assertRefused(() -> propose(5, 0, OptionalInt.empty(), block(5, 1)), "height");
    }

    @Test
    void allOfThatIsRefusedAfterARestartToo() {
        vote(VotePhase.PREVOTE, 6, 0, A);
        vote(VotePhase.PRECOMMIT, 6, 0, A);
        propose(6, 1, OptionalInt.empty(), block(6, 1));
        guard.flush();
        restart();
        assertRefused(() -> vote(VotePhase.PREVOTE, 6, 0, B), "contradicts");
        assertRefused(() -> vote(VotePhase.PRECOMMIT, 6, 0, Hash.ZERO), "contradicts");
        assertRefused(() -> propose(6, 1, OptionalInt.empty(), block(6, 2)), "contradicts");
        assertRefused(() -> vote(VotePhase.PREVOTE, 5, 3, A), "height");
    }

    @Test
    void theSameAgainIsTheSameMessage() {
        Message.Ballot ballot = vote(VotePhase.PREVOTE, 6, 0, A);
        assertEquals(ballot, vote(VotePhase.PREVOTE, 6, 0, A));
        Message.Offer offer = propose(6, 0, OptionalInt.empty(), block(6, 1));
        assertEquals(offer, propose(6, 0, OptionalInt.empty(), block(6, 1)));
        assertEquals(2, guard.journal(6, false).size());
    }

    @Test
    void theJournalComesBackInItsOrderWithItsBlocks() {
        CandidateBlock block = block(7, 1);
        Message.Offer offer = propose(7, 0, OptionalInt.empty(), block);
        Message.Ballot prevote = guard.vote(VotePhase.PREVOTE, 7, 0, block.hash(), SELF, Optional.of(block));
        Message kept = new Message.Ballot(vote(VotePhase.PREVOTE, 7, 3, B).vote());
        guard.keep(7, List.of(kept));
        Message.Ballot precommit = vote(VotePhase.PRECOMMIT, 7, 0, block.hash());
        guard.flush();
        restart();
        assertEquals(List.of(offer, prevote, kept, kept, precommit), guard.journal(7, false));
        assertEquals(List.of(block), guard.candidates(7));
        assertEquals(List.of(), guard.journal(8, false));
    }

    @Test
    void whatIsKeptOfOthersForbidsNothing() {
        Message.Ballot others =
                new Message.Ballot(new Vote(VotePhase.PREVOTE, 7, 0, B, TestChain.address("bob"), Bytes.EMPTY));
        guard.keep(7, List.of(others));
        guard.flush();
        restart();
        assertEquals(A, vote(VotePhase.PREVOTE, 7, 0, A).vote().block());
    }

    @Test
    void nothingIsDurableBeforeFlushAndAllOfItByOneCommit() {
        TestStores.Counting counting = new TestStores.Counting(TestStores.memory());
        guard = new SigningGuard(counting, "test", SIGNER);
        propose(7, 0, OptionalInt.empty(), block(7, 1));
        vote(VotePhase.PREVOTE, 7, 0, block(7, 1).hash());
        assertEquals(0, counting.commits);
        guard.flush();
        guard.flush();
        assertEquals(1, counting.commits);
    }

    @Test
    void pruningLeavesTheLastHundredHeights() {
        for (int height = 1; height <= 150; height++) {
            vote(VotePhase.PREVOTE, height, 0, A);
        }
        guard.flush();
        Batch batch = new Batch();
        guard.prune(batch, 150);
        assertEquals(50, batch.changes().size());
        store.commit(batch);
        restart();
        assertEquals(1, guard.journal(150, false).size());
    }
}
