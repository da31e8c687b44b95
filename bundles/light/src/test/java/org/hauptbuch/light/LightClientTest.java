package org.hauptbuch.light;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.hauptbuch.api.block.BlockHeader;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.block.Checkpoint;
import org.hauptbuch.api.block.Vote;
import org.hauptbuch.api.block.VotePhase;
import org.hauptbuch.api.chain.ChainParameters;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.finality.Equivocation;
import org.hauptbuch.api.proof.StateProof;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.junit.jupiter.api.Test;

class LightClientTest {
    private static final int LENGTH = 64;
    private static final Bytes KEY = Bytes.fromHex("01");
    private static final Bytes VALUE = Bytes.fromHex("abcd");
    /** A state with one entry is its leaf. */
    private static final Hash STATE = new StateProof.Leaf(Hash.sha256(KEY), Hash.sha256(VALUE)).hash();

    private static final long NOW = MadeUpChain.TIME + LENGTH * 1_000;

    private final MadeUpChain chain = MadeUpChain.of("alice", LENGTH, STATE);

    private LightClient client(Provider primary, Provider... witnesses) {
        LightClient client = new LightClient(
                MadeUpChain.CHAIN, ChainParameters.defaults(), MadeUpChain.SCHEME, primary, List.of(witnesses));
        client.trust(new Checkpoint(4, chain.blocks.get(4L).hash()), NOW);
        return client;
    }

    private static void assertRefused(Runnable call, String... words) {
        PoSException refused = assertThrows(PoSException.class, call::run);
        for (String word : words) {
            assertTrue(refused.getMessage().contains(word), refused.getMessage());
        }
    }

    @Test
    void skipsToAHeaderWithEnoughOfTheTrustedPower() {
        LightClient client = client(chain);
        chain.asked.clear();
        // three of the six of height 4 are left at height 16: more than a third
        assertEquals(chain.blocks.get(16L), client.verify(16, NOW));
        assertEquals(List.of(16L), chain.asked);
        assertEquals(chain.blocks.get(16L), client.verify(16, NOW));
        assertEquals(1, chain.asked.size(), "what was verified is not asked for again");
    }

    @Test
    void goesHalfWayWhereTooFewOfTheTrustedAreLeft() {
        LightClient client = client(chain);
        chain.asked.clear();
        assertEquals(chain.blocks.get(64L), client.verify(64, NOW));
        assertTrue(chain.asked.size() > 3 && chain.asked.size() < 30, chain.asked::toString);
        assertEquals(34L, chain.asked.get(1), "half way from 4 to 64");
    }

    @Test
    void neighboursWithoutOverlapAreRefused() {
        MadeUpChain broken = chain.upTo("mallory", 4);
        broken.add(5, List.of(50, 51, 52, 53), List.of(50, 51, 52, 53), STATE, 0, VotePhase.PRECOMMIT);
        LightClient client = client(broken);
        assertRefused(() -> client.verify(5, NOW), "no more than a third of the power that decided height 4");
    }

    @Test
    void exactlyAThirdIsNotEnough() {
        MadeUpChain broken = chain.upTo("mallory", 4);
        // validators 1 to 6 decided height 4: two of them have a third of its power
        broken.add(5, List.of(1, 2), List.of(1, 2), STATE, 0, VotePhase.PRECOMMIT);
        LightClient third = client(broken);
        assertRefused(() -> third.verify(5, NOW), "no more than a third");
        broken.add(5, List.of(1, 2, 3), List.of(1, 2, 3), STATE, 0, VotePhase.PRECOMMIT);
        assertEquals(broken.blocks.get(5L), client(broken).verify(5, NOW));
    }

    @Test
    void aKeyThatWasReplacedDoesNotCountForTheOldPower() {
        MadeUpChain broken = chain.upTo("mallory", 4);
        // the addresses of height 4 with keys of others
        var members = java.util.stream.IntStream.range(1, 7)
                .mapToObj(n -> new org.hauptbuch.api.chain.ValidatorSet.Member(
                        MadeUpChain.address(n), MadeUpChain.signer(n + 60).publicKey(), 10))
                .toList();
        var set = org.hauptbuch.api.chain.ValidatorSet.of(members);
        BlockHeader old = chain.blocks.get(5L).header();
        BlockHeader header = header(old, old.chainId(), old.timeMillis(), set.root());
        Bytes message = Vote.signBytes(MadeUpChain.CHAIN, VotePhase.PRECOMMIT, 5, 0, header.hash());
        Certificate certificate = Certificate.of(java.util.stream.IntStream.range(1, 7)
                .mapToObj(n -> new Vote(
                        VotePhase.PRECOMMIT,
                        5,
                        0,
                        header.hash(),
                        MadeUpChain.address(n),
                        MadeUpChain.signer(n + 60).sign(message)))
                .toList());
        broken.blocks.put(5L, new LightBlock(header, certificate, set));
        LightClient client = client(broken);
        assertRefused(() -> client.verify(5, NOW), "no more than a third");
    }

    @Test
    void whatDoesNotBelongTogetherIsRefused() {
        LightBlock right = chain.blocks.get(6L);
        BlockHeader header = right.header();
        Certificate certificate = right.certificate();
        refuse(new LightBlock(header, certificate, MadeUpChain.set(List.of(1, 2, 3))), "header.validatorsRoot");
        refuse(new LightBlock(header, chain.blocks.get(7L).certificate(), right.validators()), "certificate.height");
        refuse(
                new LightBlock(
                        header(header, "other", header.timeMillis(), header.validatorsRoot()),
                        certificate,
                        right.validators()),
                "header.chainId is other");
        refuse(
                new LightBlock(
                        header(header, header.chainId(), header.timeMillis() + 1, header.validatorsRoot()),
                        certificate,
                        right.validators()),
                "certificate.block");
        refuse(
                new LightBlock(
                        header,
                        MadeUpChain.certificate(header, MadeUpChain.members(6), 0, VotePhase.PREVOTE),
                        right.validators()),
                "certificate.phase is PREVOTE");
        refuse(
                new LightBlock(
                        header,
                        MadeUpChain.certificate(header, List.of(1, 2, 3, 4), 0, VotePhase.PRECOMMIT),
                        right.validators()),
                "voting power is 40, must be more than two thirds of 60");
        refuse(chain.blocks.get(9L), "height of what mallory sent is 9, must be 6");
    }

    private void refuse(LightBlock wrong, String words) {
        MadeUpChain liar = chain.upTo("mallory", 5);
        liar.blocks.put(6L, wrong);
        LightClient client = client(liar);
        assertRefused(() -> client.verify(6, NOW), words);
    }

    private static BlockHeader header(BlockHeader old, String chainId, long time, Hash validatorsRoot) {
        return new BlockHeader(
                chainId,
                old.height(),
                old.round(),
                old.epoch(),
                old.parent(),
                time,
                old.proposer(),
                old.transactionsRoot(),
                old.evidenceRoot(),
                old.stateRoot(),
                validatorsRoot,
                old.ruleSetId(),
                old.reveal(),
                old.lastCertificate());
    }

    @Test
    void timesAreWithinTheTrustPeriodAndNotInTheFuture() {
        LightClient client = client(chain);
        long period = org.hauptbuch.api.chain.WeakSubjectivity.periodMillis(ChainParameters.defaults());
        long trusted = MadeUpChain.TIME + 4_000;
        assertRefused(
                () -> client.verify(6, trusted + period + 1), "age of trusted height 4", "take a newer checkpoint");
        assertRefused(() -> client.verify(20, trusted + 5_000), "time of height 20");
        assertEquals(6, client.verify(6, trusted + period).height());
        LightClient late =
                new LightClient(MadeUpChain.CHAIN, ChainParameters.defaults(), MadeUpChain.SCHEME, chain, List.of());
        Checkpoint four = new Checkpoint(4, chain.blocks.get(4L).hash());
        assertRefused(() -> late.trust(four, trusted + period + 1), "age of trusted height 4");
    }

    @Test
    void onlyTheTrustedCheckpointIsBegunAt() {
        LightClient client =
                new LightClient(MadeUpChain.CHAIN, ChainParameters.defaults(), MadeUpChain.SCHEME, chain, List.of());
        assertRefused(() -> client.verify(6, NOW), "nothing is trusted yet");
        assertRefused(() -> client.trust(new Checkpoint(4, Hash.ZERO), NOW), "the trusted one");
        assertRefused(() -> client.trust(new Checkpoint(99, Hash.ZERO), NOW), "alice has nothing of height 99");
        LightClient begun = client(chain);
        assertRefused(() -> begun.verify(3, NOW), "before the trusted checkpoint");
        assertRefused(() -> begun.verify(99, NOW), "alice has nothing of height 99");
    }

    @Test
    void aParentThatIsNotTheOneBeforeIsRefused() {
        MadeUpChain other = chain.upTo("mallory", 4);
        other.blocks.remove(4L);
        LightBlock orphan = other.add(5, MadeUpChain.members(5), MadeUpChain.members(5), STATE, 0, VotePhase.PRECOMMIT);
        other.blocks.put(4L, chain.blocks.get(4L));
        assertEquals(5, orphan.height());
        LightClient client = client(other);
        assertRefused(() -> client.verify(5, NOW), "parent of height 5");
    }

    @Test
    void aForkOfAWitnessIsEvidence() {
        MadeUpChain twin = chain.upTo("bob", 9);
        // four of six sign another block of height 10 in the same round
        twin.add(10, MadeUpChain.members(10), List.of(2, 3, 4, 5, 6), Hash.ZERO, 0, VotePhase.PRECOMMIT);
        LightClient client = client(chain, chain, twin);
        ForkException found = assertThrows(ForkException.class, () -> client.verify(10, NOW));
        Fork fork = found.fork();
        assertEquals("bob", fork.witness());
        assertEquals(5, fork.signedBoth().size());
        assertEquals(5, fork.evidence().size());
        for (Evidence evidence : fork.evidence()) {
            Equivocation.Pair<Vote> votes = Equivocation.votes(evidence);
            assertEquals(10, evidence.height());
            assertEquals(votes.first().validator(), votes.second().validator());
            assertEquals(evidence.offender(), votes.first().validator());
            for (Vote vote : List.of(votes.first(), votes.second())) {
                var key = chain.blocks
                        .get(10L)
                        .validators()
                        .member(vote.validator())
                        .orElseThrow()
                        .key();
                assertTrue(MadeUpChain.SCHEME.verify(key, vote.signBytes(MadeUpChain.CHAIN), vote.signature()));
            }
        }
        assertTrue(found.getMessage().contains("two final blocks"), found.getMessage());
        assertRefused(() -> client.value(10, KEY, proof()), "was not verified");
    }

    @Test
    void aForkInAnotherRoundNamesWhoSignedBothAndProvesNothing() {
        MadeUpChain twin = chain.upTo("bob", 9);
        twin.add(10, MadeUpChain.members(10), MadeUpChain.members(10), Hash.ZERO, 1, VotePhase.PRECOMMIT);
        LightClient client = client(chain, twin);
        Fork fork =
                assertThrows(ForkException.class, () -> client.verify(10, NOW)).fork();
        assertEquals(6, fork.signedBoth().size());
        assertEquals(List.of(), fork.evidence());
    }

    @Test
    void aWitnessThatLiesOrHasNothingShowsNothing() {
        MadeUpChain liar = chain.upTo("bob", 9);
        liar.add(10, MadeUpChain.members(10), List.of(2, 3), Hash.ZERO, 0, VotePhase.PRECOMMIT);
        LightClient client = client(chain, liar, chain.upTo("carol", 3));
        assertEquals(chain.blocks.get(10L), client.verify(10, NOW));
    }

    private static StateProof proof() {
        return new StateProof(KEY, Optional.of(VALUE), Optional.empty(), List.of());
    }

    @Test
    void proofsOfStateAreCheckedAgainstVerifiedHeadersOnly() {
        LightClient client = client(chain);
        assertRefused(() -> client.value(8, KEY, proof()), "height 8 was not verified");
        client.verify(8, NOW);
        assertEquals(Optional.of(VALUE), client.value(8, KEY, proof()));
        Bytes absent = Bytes.fromHex("02");
        StateProof nothing = new StateProof(
                absent,
                Optional.empty(),
                Optional.of(new StateProof.Leaf(Hash.sha256(KEY), Hash.sha256(VALUE))),
                List.of());
        assertEquals(Optional.empty(), client.value(8, absent, nothing));
        assertRefused(() -> client.value(8, absent, proof()), "proof.key");
        StateProof wrong = new StateProof(KEY, Optional.of(absent), Optional.empty(), List.of());
        assertRefused(() -> client.value(8, KEY, wrong), "does not verify against state root");
        StateProof missing = new StateProof(KEY, Optional.empty(), Optional.empty(), List.of());
        assertRefused(() -> client.value(8, KEY, missing), "does not verify");
    }
}
