package org.hauptbuch.node.signing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.hauptbuch.api.block.Block;
import org.hauptbuch.api.block.BlockHeader;
import org.hauptbuch.api.block.Proposal;
import org.hauptbuch.api.block.RollbackCertificate;
import org.hauptbuch.api.block.Vote;
import org.hauptbuch.api.block.VotePhase;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.finality.Message;
import org.hauptbuch.api.node.SigningImport;
import org.hauptbuch.api.store.Store;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.node.chain.CandidateBlock;
import org.hauptbuch.node.core.TestChain;
import org.hauptbuch.node.core.TestStores;
import org.hauptbuch.node.signing.Interchange.SignedBlock;
import org.hauptbuch.node.signing.Interchange.SignedVote;
import org.junit.jupiter.api.Test;

/** Signing records in the format of EIP-3076, from one guard to another. */
final class SigningRecordsTest {
    private static final Signer SIGNER = TestChain.consensus("alice");
    private static final Address SELF = TestChain.address("alice");
    private static final Hash GENESIS = Hash.sha256(new byte[] {9});
    private static final Hash A = Hash.sha256(new byte[] {1});
    private static final Hash B = Hash.sha256(new byte[] {2});
    private static final long HEIGHT = 1L << 25;
    private static final Bytes KEY = SIGNER.publicKey().encoded();

    private final Store store = TestStores.memory();
    private final SigningGuard guard = new SigningGuard(store, "test", SIGNER);
    private final Store otherStore = TestStores.memory();
    private SigningGuard other = new SigningGuard(otherStore, "test", SIGNER);

    private static void vote(SigningGuard by, VotePhase phase, long height, int round, Hash block) {
        by.vote(phase, height, round, block, SELF, Optional.empty());
    }

    private static void propose(SigningGuard by, long height, int round) {
        CandidateBlock block = CandidateBlock.of(new Block(
                new BlockHeader("test", height, 0, 0, A, 1, SELF, A, A, A, A, A, Bytes.of(new byte[80]), Hash.ZERO),
                Optional.empty(),
                List.of(),
                List.of()));
        by.propose(
                new Message.Offer(
                        new Proposal(height, round, OptionalInt.empty(), block.hash(), SELF, Bytes.EMPTY),
                        Optional.empty()),
                block);
    }

    private static SigningRecords records(SigningGuard of) {
        return new SigningRecords(Optional.of(of), "test", GENESIS);
    }

    private SigningImport move() {
        return records(other).take(records(guard).exported());
    }

    private static String file(List<SignedBlock> blocks, List<SignedVote> votes) {
        return new Interchange(GENESIS, List.of(new Interchange.Key(KEY, blocks, votes))).format();
    }

    private static Optional<Hash> root(VotePhase phase, long height, int round, Hash block) {
        return Optional.of(Hash.sha256(Vote.signBytes("test", phase, height, round, block)));
    }

    private void restartOther() {
        other = new SigningGuard(otherStore, "test", SIGNER);
    }

    private static String assertRefused(Runnable call, String part) {
        PoSException refused = assertThrows(PoSException.class, call::run);
        assertEquals(PoSError.SECURITY_VALIDATION_FAILED, refused.error());
        assertTrue(refused.getMessage().contains(part), refused.getMessage());
        return refused.getMessage();
    }

    @Test
    void everyMessageHasItsPlace() {
        propose(guard, 7, 2);
        vote(guard, VotePhase.PREVOTE, 7, 2, A);
        vote(guard, VotePhase.PRECOMMIT, 7, 2, Hash.ZERO);
        vote(guard, VotePhase.NOTARIZE, 7, 3, A);
        vote(guard, VotePhase.FINALIZE, 7, 3, A);
        Interchange.Key key =
                Interchange.parse(records(guard).exported()).keys().get(0);
        assertEquals(KEY, key.key());
        // first that nothing of earlier heights may be signed, whose records are pruned some day
        assertEquals(
                List.of(7 * HEIGHT - 1, 7 * HEIGHT + 2 * 8),
                key.blocks().stream().map(SignedBlock::slot).toList());
        assertEquals(
                List.of(
                        new SignedVote(5 * HEIGHT, 7 * HEIGHT - 1, Optional.empty()),
                        new SignedVote(6 * HEIGHT, 7 * HEIGHT + 2 * 8 + 1, root(VotePhase.PREVOTE, 7, 2, A)),
                        new SignedVote(6 * HEIGHT, 7 * HEIGHT + 2 * 8 + 2, root(VotePhase.PRECOMMIT, 7, 2, Hash.ZERO)),
                        new SignedVote(6 * HEIGHT, 7 * HEIGHT + 3 * 8 + 3, root(VotePhase.NOTARIZE, 7, 3, A)),
                        new SignedVote(6 * HEIGHT, 7 * HEIGHT + 3 * 8 + 4, root(VotePhase.FINALIZE, 7, 3, A))),
                key.votes());
    }

    @Test
    void theTextIsThatOfTheFormat() {
        vote(guard, VotePhase.PREVOTE, 1, 0, A);
        String text = records(guard).exported();
        assertTrue(text.contains("\"interchange_format_version\": \"5\""), text);
        assertTrue(text.contains("\"genesis_validators_root\": \"0x" + GENESIS + "\""), text);
        assertTrue(text.contains("\"pubkey\": \"0x" + KEY.hex() + "\""), text);
        assertTrue(text.contains("\"source_epoch\": \"0\""), text);
        assertTrue(text.contains("\"target_epoch\": \"" + (HEIGHT + 1) + "\""), text);
        assertEquals(text, Interchange.parse(text).format());
    }

    @Test
    void positionsGrowAndNoHonestVoteSurroundsAnother() {
        List<Long> targets = new ArrayList<>();
        List<Long> sources = new ArrayList<>();
        for (long height : new long[] {1, 2, 3, 1_000_000, 1L << 37}) {
            for (int round :
                    new int[] {0, 1, 2, RollbackCertificate.FIRST_ROUND, RollbackCertificate.FIRST_ROUND + 1}) {
                if (round == RollbackCertificate.FIRST_ROUND) {
                    targets.add(Position.ofRollbackVote(height));
                    sources.add(Position.begin(height - 1));
                }
                for (VotePhase phase : VotePhase.values()) {
                    targets.add(Position.ofVote(height, round, phase));
                    sources.add(Position.begin(height - 1));
                }
            }
            targets.add(Position.end(height));
            sources.add(Position.begin(height - 1));
        }
        assertEquals(targets.stream().sorted().distinct().toList(), targets);
        assertEquals(sources.stream().sorted().toList(), sources);
        assertEquals(1_000_000, Position.height(Position.ofVote(1_000_000, 3, VotePhase.FINALIZE)));
        assertRefused(() -> Position.begin(1L << 38), "must be 0 to 274877906943");
    }

    @Test
    void nothingIsSignedUpToTheLastHeightThatWasImportedNotEvenAfterARestart() {
        vote(guard, VotePhase.PREVOTE, 41, 0, A);
        propose(guard, 42, 0);
        vote(guard, VotePhase.PREVOTE, 42, 0, A);
        SigningImport imported = move();
        assertEquals(43, imported.signsFrom());
        assertEquals(0, imported.otherKeys());
        for (int i = 0; i < 2; i++) {
            for (long height : new long[] {1, 41, 42}) {
                assertRefused(() -> vote(other, VotePhase.PREVOTE, height, 5, A), "43 or more");
                assertRefused(() -> vote(other, VotePhase.PRECOMMIT, height, 0, A), "43 or more");
                assertRefused(() -> propose(other, height, 9), "43 or more");
                assertRefused(() -> other.voteToRollBack(height, A, B, SELF), "43 or more");
            }
            assertEquals(43, other.firstOpenHeight());
            restartOther();
        }
        vote(other, VotePhase.PREVOTE, 43, 0, B);
    }

    @Test
    void aVoteToGoBackClosesItsHeightToo() {
        vote(guard, VotePhase.PREVOTE, 41, 0, A);
        guard.voteToRollBack(42, A, B, SELF);
        assertEquals(43, move().signsFrom());
    }

    @Test
    void whatWasImportedIsExportedAgain() {
        vote(guard, VotePhase.PREVOTE, 42, 0, A);
        move();
        String again = records(other).exported();
        SigningGuard third = new SigningGuard(TestStores.memory(), "test", SIGNER);
        assertEquals(43, records(third).take(again).signsFrom());
        assertEquals(43, records(third).take(again).signsFrom());
    }

    @Test
    void aGuardsOwnRecordsCloseNothing() {
        propose(guard, 42, 0);
        vote(guard, VotePhase.PREVOTE, 42, 0, A);
        assertEquals(42, records(guard).take(records(guard).exported()).signsFrom());
        vote(guard, VotePhase.PRECOMMIT, 42, 0, A);
        assertRefused(() -> vote(guard, VotePhase.PREVOTE, 41, 0, A), "42 or more");
    }

    @Test
    void aRecordWithoutARootClosesItsHeight() {
        vote(guard, VotePhase.PREVOTE, 42, 0, A);
        SignedVote rootless = new SignedVote(41 * HEIGHT, Position.ofVote(42, 0, VotePhase.PREVOTE), Optional.empty());
        assertEquals(43, records(guard).take(file(List.of(), List.of(rootless))).signsFrom());
        assertRefused(() -> vote(guard, VotePhase.PRECOMMIT, 42, 0, A), "43 or more");
    }

    private void assertNothingTaken(String file, String part) {
        String before = records(guard).exported();
        assertRefused(() -> records(guard).take(file), part);
        assertEquals(before, records(guard).exported());
        assertEquals(before, records(new SigningGuard(store, "test", SIGNER)).exported());
    }

    @Test
    void contradictionsAreRefusedAndNothingIsTaken() {
        propose(guard, 42, 0);
        vote(guard, VotePhase.PREVOTE, 42, 0, A);
        SignedVote good = new SignedVote(98 * HEIGHT, Position.ofVote(99, 0, VotePhase.PREVOTE), Optional.of(A));
        // against the guard's own
        assertNothingTaken(
                file(
                        List.of(),
                        List.of(
                                good,
                                new SignedVote(
                                        41 * HEIGHT,
                                        Position.ofVote(42, 0, VotePhase.PREVOTE),
                                        root(VotePhase.PREVOTE, 42, 0, B)))),
                "two votes at height 42");
        assertNothingTaken(
                file(List.of(new SignedBlock(Position.ofProposal(42, 0), Optional.of(B))), List.of(good)),
                "two proposals at height 42");
        assertNothingTaken(
                file(List.of(), List.of(new SignedVote(40 * HEIGHT, 43 * HEIGHT, Optional.of(B)))), "surrounds");
        // against itself
        assertNothingTaken(
                file(List.of(), List.of(good, new SignedVote(good.source(), good.target(), Optional.of(B)))),
                "two votes at height 99");
        assertNothingTaken(
                file(
                        List.of(
                                new SignedBlock(99 * HEIGHT, Optional.of(A)),
                                new SignedBlock(99 * HEIGHT, Optional.of(B))),
                        List.of()),
                "two proposals at height 99");
        assertNothingTaken(
                file(List.of(), List.of(good, new SignedVote(97 * HEIGHT, 101 * HEIGHT, Optional.of(B)))), "surrounds");
        vote(guard, VotePhase.PRECOMMIT, 42, 0, A);
    }

    @Test
    void anotherChainOrKeyIsRefusedAndOtherKeysArePassedOver() {
        vote(guard, VotePhase.PREVOTE, 42, 0, A);
        Interchange.Key own =
                new Interchange.Key(KEY, List.of(new SignedBlock(50 * HEIGHT, Optional.of(A))), List.of());
        Interchange.Key bobs = new Interchange.Key(
                TestChain.consensus("bob").publicKey().encoded(),
                List.of(new SignedBlock(70 * HEIGHT, Optional.of(A))),
                List.of());
        assertNothingTaken(new Interchange(A, List.of(own)).format(), "the genesis of this chain");
        assertNothingTaken(new Interchange(GENESIS, List.of(bobs)).format(), "has no record of this node's key");
        assertNothingTaken(
                new Interchange(GENESIS, List.of(new Interchange.Key(KEY, List.of(), List.of()))).format(),
                "has no record");
        SigningImport imported = records(guard).take(new Interchange(GENESIS, List.of(bobs, own)).format());
        assertEquals(new SigningImport(1, 1, 51), imported);
    }

    @Test
    void aMalformedFileIsRefused() {
        vote(guard, VotePhase.PREVOTE, 42, 0, A);
        String good = records(guard).exported();
        for (int length = 0; length < good.length() - 1; length++) {
            String cut = good.substring(0, length);
            assertThrows(IllegalArgumentException.class, () -> Interchange.parse(cut));
        }
        assertMalformed(good + "x", "not JSON");
        assertMalformed(good.replace("\"5\"", "\"4\""), "interchange_format_version is '4', must be 5");
        assertMalformed(good.replace("0x" + GENESIS, "" + GENESIS), "genesis_validators_root is");
        assertMalformed(good.replace("genesis_validators_root", "root"), "genesis_validators_root is");
        assertMalformed(good.replace("\"pubkey\": \"0x", "\"pubkey\": \"0x1"), "data[0].pubkey is");
        assertMalformed(good.replaceFirst("\"slot\": \"", "\"slot\": \"-"), "signed_blocks[0].slot is");
        assertMalformed(good.replaceFirst("\"slot\": \"", "\"slot\": \"0"), "signed_blocks[0].slot is");
        assertMalformed(
                good.replaceFirst("\"slot\": \"\\d+\"", "\"slot\": \"9223372036854775808\""),
                "slot is '9223372036854775808', must be a whole number in quotes, 0 to 9223372036854775807");
        assertMalformed(good.replaceFirst("\"slot\": \"(\\d+)\"", "\"slot\": $1"), "slot is");
        assertMalformed(
                good.replaceFirst("\"source_epoch\": \"\\d+\"", "\"source_epoch\": \"9223372036854775807\""),
                "or less, its target_epoch");
        assertMalformed(good.replaceFirst("\"signing_root\": \"0x..", "\"signing_root\": \"0x"), "signing_root is");
        assertMalformed(good.replaceFirst("\"slot\"", "\"x\": \"1\", \"slot\""), "x is unknown");
        assertMalformed(good.replace("signed_attestations", "attestations"), "signed_attestations is absent");
        assertMalformed(" ".repeat(Interchange.MAX_LENGTH + 1), "must be 4194304 or less");
    }

    private static void assertMalformed(String text, String part) {
        String message = assertThrows(IllegalArgumentException.class, () -> Interchange.parse(text))
                .getMessage();
        assertTrue(message.contains(part), message);
    }
}
