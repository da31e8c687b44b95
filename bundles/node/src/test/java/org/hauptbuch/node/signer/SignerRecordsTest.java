package org.hauptbuch.node.signer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalInt;
import org.hauptbuch.api.block.Proposal;
import org.hauptbuch.api.block.RollbackCertificate;
import org.hauptbuch.api.block.RollbackVote;
import org.hauptbuch.api.block.Vote;
import org.hauptbuch.api.block.VotePhase;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.node.core.TestRules;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SignerRecordsTest {
    private static final Bytes NODE = TestRules.digest("node").bytes().slice(0, SignerRecords.NODE);
    private static final Hash RED = TestRules.digest("red");
    private static final Hash BLUE = TestRules.digest("blue");
    private static final int SECTOR = 512;

    @TempDir
    private Path folder;

    private Path file;
    private SignerRecords records;

    @BeforeEach
    void fresh() {
        file = folder.resolve("records");
        records = new SignerRecords(file);
    }

    @AfterEach
    void close() {
        records.close();
    }

    private void reopened() {
        records.close();
        records = new SignerRecords(file);
    }

    private void add(Bytes message) {
        records.add(NODE, ToSign.parse(message));
    }

    private void assertRefused(Bytes message, String words) {
        PoSException refused = assertThrows(PoSException.class, () -> add(message));
        assertTrue(refused.getMessage().contains(words), refused.getMessage());
    }

    private static Bytes vote(VotePhase phase, long height, int round, Hash block) {
        return Vote.signBytes("test", phase, height, round, block);
    }

    private static Bytes proposal(long height, int round, OptionalInt validRound, Hash block) {
        return Proposal.signBytes("test", height, round, validRound, block);
    }

    private static Bytes rollback(long height, Hash to) {
        return RollbackVote.signBytes("test", height, RED, to);
    }

    @Test
    void everySlotIsSignedOnce() {
        add(proposal(7, 1, OptionalInt.empty(), RED));
        assertRefused(proposal(7, 1, OptionalInt.empty(), BLUE), "PROPOSAL/1 of height 7 is not signed");
        assertRefused(proposal(7, 1, OptionalInt.of(0), RED), "PROPOSAL/1 of height 7 is not signed");
        for (VotePhase phase : VotePhase.values()) {
            add(vote(phase, 7, 1, RED));
            add(vote(phase, 7, 1, RED));
            assertRefused(vote(phase, 7, 1, BLUE), phase + "/1 of height 7 is not signed");
            assertRefused(vote(phase, 7, 1, Hash.ZERO), phase + "/1 of height 7 is not signed");
            assertRefused(vote(phase, 6, 0, RED), "height to sign at is 6, must be 7 or more");
        }
        add(vote(VotePhase.PREVOTE, 7, 0, BLUE));
    }

    @Test
    void whoVotedToGoBackSignsNothingOfTheFirstRounds() {
        add(vote(VotePhase.PREVOTE, 7, 0, RED));
        add(vote(VotePhase.PRECOMMIT, 7, 0, Hash.ZERO));
        add(rollback(7, BLUE));
        assertRefused(rollback(7, RED), "contradicts");
        assertRefused(vote(VotePhase.PREVOTE, 7, 1, RED), "voted to roll the height back");
        add(vote(VotePhase.PREVOTE, 7, RollbackCertificate.FIRST_ROUND, RED));
        reopened();
        assertRefused(vote(VotePhase.PREVOTE, 7, 1, RED), "voted to roll the height back");
    }

    @Test
    void whoSignedWhatDecidesDoesNotVoteToGoBack() {
        add(vote(VotePhase.PRECOMMIT, 7, 0, RED));
        assertRefused(rollback(7, BLUE), "could make a block of the height final");
    }

    @Test
    void aTornLastRecordIsCutOffAndTheOthersStay() throws IOException {
        add(vote(VotePhase.PREVOTE, 7, 0, RED));
        add(vote(VotePhase.PRECOMMIT, 7, 0, RED));
        byte[] whole = Files.readAllBytes(file);
        assertEquals(2 * SECTOR, whole.length);
        for (int torn : new int[] {1, 100, SECTOR - 1, SECTOR}) {
            records.close();
            byte[] tail = new byte[torn];
            if (torn < SECTOR) {
                System.arraycopy(whole, 0, tail, 0, torn);
            }
            Files.write(file, tail, StandardOpenOption.APPEND);
            records = new SignerRecords(file);
            assertEquals(2 * SECTOR, Files.size(file));
            assertRefused(vote(VotePhase.PRECOMMIT, 7, 0, BLUE), "contradicts");
        }
        add(vote(VotePhase.PREVOTE, 8, 0, RED));
        reopened();
        assertRefused(vote(VotePhase.PREVOTE, 8, 0, BLUE), "contradicts");
    }

    @Test
    void everyOtherDamageIsRefused() throws IOException {
        add(vote(VotePhase.PREVOTE, 7, 0, RED));
        add(vote(VotePhase.PRECOMMIT, 7, 0, RED));
        records.close();
        byte[] whole = Files.readAllBytes(file);
        for (int at = 0; at < whole.length; at += 7) {
            byte[] changed = whole.clone();
            changed[at] ^= 1;
            Files.write(file, changed);
            IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> new SignerRecords(file));
            assertTrue(
                    refused.getMessage().contains("record " + (at / SECTOR + 1) + " is damaged"), refused.getMessage());
        }
        Files.write(file, whole);
        records = new SignerRecords(file);
    }

    @Test
    void oldRecordsAreForgottenAndTheLastHeightIsNot() throws IOException {
        records.close();
        records = new SignerRecords(file, 8);
        for (long height = 1; height <= 9; height++) {
            add(vote(VotePhase.PREVOTE, height, 0, RED));
        }
        assertEquals(SECTOR, Files.size(file));
        reopened();
        assertRefused(vote(VotePhase.PREVOTE, 9, 0, BLUE), "contradicts");
        assertRefused(vote(VotePhase.PREVOTE, 8, 0, RED), "must be 9 or more");
        assertRefused(Vote.signBytes("other", VotePhase.PREVOTE, 9_000, 0, RED), "chain is other, must be test");
    }

    @Test
    void aFirstHeightStays() {
        records.closeBelow(50);
        reopened();
        assertEquals(50, records.height());
        records.closeBelow(40);
        assertRefused(vote(VotePhase.PREVOTE, 49, 0, RED), "must be 50 or more");
        add(vote(VotePhase.PREVOTE, 50, 0, RED));
    }
}
