package org.hauptbuch.node.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.block.Checkpoint;
import org.hauptbuch.api.block.Proposal;
import org.hauptbuch.api.block.RollbackVote;
import org.hauptbuch.api.block.Vote;
import org.hauptbuch.api.block.VotePhase;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.node.core.TestChain;
import org.junit.jupiter.api.Test;

final class WireMessageTest {
    private static final Hash BLOCK = Hash.sha256(new byte[] {1});
    private static final Bytes SIGNATURE = Bytes.of(new byte[KeyType.ED25519.signatureLength()]);
    private static final Vote VOTE = new Vote(VotePhase.PRECOMMIT, 7, 2, BLOCK, TestChain.address("alice"), SIGNATURE);
    private static final Certificate CERTIFICATE = Certificate.of(List.of(VOTE));
    private static final Checkpoint CHECKPOINT = new Checkpoint(5, BLOCK);

    private static final List<WireMessage> ALL = List.of(
            new WireMessage.Offer(
                    new Proposal(7, 3, OptionalInt.of(2), BLOCK, TestChain.address("bob"), SIGNATURE),
                    Optional.of(CERTIFICATE),
                    Bytes.of(new byte[SignatureScheme.PROOF_LENGTH]),
                    Optional.of(Bytes.fromHex("0102"))),
            new WireMessage.Offer(
                    new Proposal(7, 3, OptionalInt.empty(), BLOCK, TestChain.address("bob"), SIGNATURE),
                    Optional.empty(),
                    Bytes.EMPTY,
                    Optional.empty()),
            new WireMessage.Votes(List.of(VOTE, VOTE)),
            new WireMessage.Transactions(List.of(Bytes.fromHex("01"), Bytes.fromHex("0203"))),
            new WireMessage.Status(5, BLOCK, 1, 1_700_000_000_000L),
            new WireMessage.GetBlocks(3, 32),
            new WireMessage.Blocks(3, List.of(new WireMessage.Certified(Bytes.fromHex("09"), CERTIFICATE))),
            new WireMessage.GetCandidate(7, BLOCK),
            new WireMessage.Candidate(7, Bytes.fromHex("0a")),
            new WireMessage.Accusations(
                    List.of(new Evidence("equivocation.votes", TestChain.address("bob"), 3, SIGNATURE))),
            new WireMessage.Rollbacks(List.of(new RollbackVote(5, BLOCK, BLOCK, TestChain.address("bob"), SIGNATURE))),
            new WireMessage.GetJar(BLOCK, 262_144),
            new WireMessage.JarPart(BLOCK, 3, 1, Bytes.fromHex("0102")),
            snapshots(new SnapshotMessage.GetBasis(CHECKPOINT)),
            snapshots(new SnapshotMessage.Basis(
                    CHECKPOINT,
                    Optional.of(new SnapshotMessage.Body(Bytes.fromHex("0b"), CERTIFICATE, Bytes.fromHex("0c"))),
                    Optional.empty())),
            snapshots(new SnapshotMessage.Basis(CHECKPOINT, Optional.empty(), Optional.of(BLOCK))),
            snapshots(new SnapshotMessage.GetChunk(CHECKPOINT, BLOCK)),
            snapshots(new SnapshotMessage.Chunk(CHECKPOINT, BLOCK, Optional.of(Bytes.fromHex("0d")))),
            snapshots(new SnapshotMessage.Chunk(CHECKPOINT, BLOCK, Optional.empty())),
            snapshots(new SnapshotMessage.Earliest(7)));

    private static WireMessage snapshots(SnapshotMessage message) {
        return new WireMessage.Snapshots(message);
    }

    @Test
    void everyMessageComesBackAsItWas() {
        for (WireMessage message : ALL) {
            assertEquals(message, WireMessage.decode(message.encode()));
        }
    }

    @Test
    void manyVotesAreAsManyMessagesAsTheyNeed() {
        assertEquals(List.of(), WireMessage.Votes.split(List.of()));
        List<WireMessage.Votes> split =
                WireMessage.Votes.split(Collections.nCopies(2 * WireMessage.MAX_VOTES + 1, VOTE));
        assertEquals(
                List.of(WireMessage.MAX_VOTES, WireMessage.MAX_VOTES, 1),
                split.stream().map(message -> message.votes().size()).toList());
    }

    @Test
    void everyMessageCutShortOrWithMoreIsRefused() {
        for (WireMessage message : ALL) {
            Bytes encoded = message.encode();
            for (int length = 0; length < encoded.length(); length++) {
                Bytes part = Bytes.of(encoded.toArray(), 0, length);
                assertThrows(PoSException.class, () -> WireMessage.decode(part), message + " cut to " + length);
            }
            Bytes more = new Writer().fixed(encoded).u8(0).toBytes();
            assertThrows(PoSException.class, () -> WireMessage.decode(more));
        }
    }

    private static void assertRefused(Bytes encoded, String... words) {
        PoSException refused = assertThrows(PoSException.class, () -> WireMessage.decode(encoded));
        for (String word : words) {
            assertTrue(refused.getMessage().contains(word), refused.getMessage());
        }
    }

    @Test
    void aCredentialHasTheLengthOfAProofOrNone() {
        for (int length : new int[] {1, SignatureScheme.PROOF_LENGTH - 1, SignatureScheme.PROOF_LENGTH + 1}) {
            WireMessage.Offer offer = (WireMessage.Offer) ALL.get(1);
            WireMessage.Offer wrong = new WireMessage.Offer(
                    offer.proposal(), offer.proofOfLock(), Bytes.of(new byte[length]), offer.block());
            assertRefused(wrong.encode(), "offer.credential", String.valueOf(length), "80");
        }
    }

    @Test
    void whatIsOutOfRangeIsNamed() {
        assertRefused(new Writer().u8(0).toBytes(), "message.kind is 0", "1 to 13");
        assertRefused(new Writer().u8(14).toBytes(), "message.kind is 14");
        assertRefused(new Writer().u8(13).u8(6).toBytes(), "snapshot.kind is 6", "1 to 5");
        assertRefused(new Writer().u8(13).u8(1).u64(0).fixed(BLOCK.bytes()).toBytes(), "checkpoint height: 0");
        assertRefused(
                snapshots(new SnapshotMessage.Chunk(
                                CHECKPOINT, BLOCK, Optional.of(Bytes.of(new byte[SnapshotMessage.MAX_CHUNK + 1]))))
                        .encode(),
                "chunk is",
                "at most");
        assertRefused(new WireMessage.Votes(List.of()).encode(), "votes is empty");
        assertRefused(new WireMessage.Transactions(List.of()).encode(), "transactions is empty");
        assertRefused(new WireMessage.Accusations(List.of()).encode(), "evidence is empty");
        assertRefused(
                new WireMessage.Votes(Collections.nCopies(WireMessage.MAX_VOTES + 1, VOTE)).encode(),
                "votes",
                "at most 512");
        assertRefused(new WireMessage.GetBlocks(0, 5).encode(), "from is 0", "1 or more");
        assertRefused(new WireMessage.GetBlocks(5, 0).encode(), "count is 0", "1 or more");
    }

    @Test
    void aCountThatLiesTakesNoMemory() {
        assertRefused(new Writer().u8(3).u32(Integer.MAX_VALUE).toBytes(), "transactions", "at most");
        assertRefused(new Writer().u8(3).u32(900).toBytes(), "transactions", "at least 900 bytes");
    }
}
