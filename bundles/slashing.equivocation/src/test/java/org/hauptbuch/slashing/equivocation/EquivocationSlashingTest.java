package org.hauptbuch.slashing.equivocation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.hauptbuch.api.block.Proposal;
import org.hauptbuch.api.block.Vote;
import org.hauptbuch.api.block.VotePhase;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.chain.Offence;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.chain.ValidatorSet.Member;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.finality.Equivocation;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.slashing.Observation;
import org.hauptbuch.api.slashing.SlashingRule;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.tck.JdkEd25519;
import org.hauptbuch.tck.TestView;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class EquivocationSlashingTest {
    private static final long HEIGHT = 7;
    private static final Hash A = Hash.sha256("a".getBytes(StandardCharsets.UTF_8));
    private static final Hash B = Hash.sha256("b".getBytes(StandardCharsets.UTF_8));
    private static final JdkEd25519 SCHEME = new JdkEd25519();
    private static final Signer ALICE = SCHEME.signer(1);
    private static final Signer BOB = SCHEME.signer(2);
    private static final Address ALICES = Address.of(ALICE.publicKey());

    private final SlashingRule rule = (SlashingRule) new EquivocationSlashingFactory().create(Parameters.NONE);
    private final TestView view = new TestView();

    @BeforeEach
    void aliceAndBobValidateAtHeightSeven() {
        view.height(9);
        view.decidedBy(HEIGHT, set(ALICE, BOB));
    }

    @Test
    void twoVotesForDifferentBlocksAreAnAttack() {
        Evidence evidence = Equivocation.of(vote(A), vote(B));
        Offence offence = rule.judge(view, evidence, SCHEME);
        assertEquals(
                new Offence(
                        "slashing.equivocation",
                        "two precommits at height 7 round 0",
                        ALICES,
                        HEIGHT,
                        Offence.Gravity.ATTACK,
                        Optional.of(evidence.id()),
                        Optional.empty()),
                offence);
        Evidence other = Equivocation.of(vote(VotePhase.PREVOTE, 2, A), vote(VotePhase.PREVOTE, 2, B));
        assertEquals(
                "two prevotes at height 7 round 2",
                rule.judge(view, other, SCHEME).reason());
    }

    @Test
    void soAreTheVotesOfSimplex() {
        Evidence notarized = Equivocation.of(vote(VotePhase.NOTARIZE, 1, A), vote(VotePhase.NOTARIZE, 1, B));
        assertEquals(
                "two votes to notarize at height 7 round 1",
                rule.judge(view, notarized, SCHEME).reason());
        Evidence givenUp = Equivocation.of(vote(VotePhase.FINALIZE, 1, A), vote(VotePhase.FINALIZE, 1, Hash.ZERO));
        assertEquals(
                "two votes to finalize or give up at height 7 round 1",
                rule.judge(view, givenUp, SCHEME).reason());
        // to notarize a block and give the round up is no contradiction, nor are votes of two protocols
        refuses("phase is", Equivocation.of(vote(VotePhase.NOTARIZE, 1, A), vote(VotePhase.FINALIZE, 1, Hash.ZERO)));
        refuses("phase is", Equivocation.of(vote(VotePhase.PRECOMMIT, 1, A), vote(VotePhase.FINALIZE, 1, B)));
    }

    @Test
    void aVoteForABlockAndAVoteForNoneAreAnAttackToo() {
        assertEquals(
                ALICES,
                rule.judge(view, Equivocation.of(vote(A), vote(Hash.ZERO)), SCHEME)
                        .offender());
    }

    @Test
    void twoProposalsOfDifferentContentAreAnAttack() {
        Evidence evidence = Equivocation.of(proposal(0, A), proposal(0, B));
        Offence offence = rule.judge(view, evidence, SCHEME);
        assertEquals("two proposals at height 7 round 0", offence.reason());
        assertEquals(Offence.Gravity.ATTACK, offence.gravity());
        assertEquals(ALICES, offence.offender());
        assertEquals(HEIGHT, offence.height());
        // the same block with another valid round is another statement
        Proposal fresh = proposal(ALICE, view.chainId(), HEIGHT, 3, OptionalInt.empty(), A);
        Proposal again = proposal(ALICE, view.chainId(), HEIGHT, 3, OptionalInt.of(1), A);
        assertEquals(
                ALICES, rule.judge(view, Equivocation.of(fresh, again), SCHEME).offender());
    }

    @Test
    void theSameVoteTwiceIsNone() {
        refuses("two different ones", Equivocation.of(vote(A), vote(A)));
    }

    /** Two encodings that differ in the signature only: whoever changes a byte of it has not found a second vote. */
    @Test
    void twoSignaturesOfOneVoteAreNone() {
        Vote vote = vote(A);
        Vote bent = new Vote(vote.phase(), HEIGHT, 0, A, ALICES, bend(vote.signature()));
        refuses("must be for different ones", Equivocation.of(vote, bent));
        Proposal proposal = proposal(0, A);
        Proposal bentProposal = new Proposal(HEIGHT, 0, OptionalInt.empty(), A, ALICES, bend(proposal.signature()));
        refuses("both proposals say the same", Equivocation.of(proposal, bentProposal));
    }

    @Test
    void votesOfAnotherPhaseRoundOrHeightDoNotContradict() {
        refuses("phase is", Equivocation.of(vote(VotePhase.PREVOTE, 0, A), vote(VotePhase.PRECOMMIT, 0, B)));
        refuses("round is", Equivocation.of(vote(VotePhase.PRECOMMIT, 0, A), vote(VotePhase.PRECOMMIT, 1, B)));
        Vote later = vote(ALICE, view.chainId(), VotePhase.PRECOMMIT, 8, 0, B);
        view.decidedBy(8L, set(ALICE, BOB));
        refuses("height is", Equivocation.of(vote(A), later));
        refuses("height is", Equivocation.of(later, vote(A)));
    }

    @Test
    void proposalsOfAnotherRoundOrHeightDoNotContradict() {
        refuses("round is", Equivocation.of(proposal(0, A), proposal(1, B)));
        Proposal later = proposal(ALICE, view.chainId(), 8, 0, OptionalInt.empty(), B);
        refuses("height is", Equivocation.of(proposal(0, A), later));
    }

    @Test
    void votesOfTwoValidatorsDoNotContradict() {
        Vote bobs = vote(BOB, view.chainId(), VotePhase.PRECOMMIT, HEIGHT, 0, B);
        refuses("signer is", Equivocation.of(vote(A), bobs));
        Proposal bobsProposal = proposal(BOB, view.chainId(), HEIGHT, 0, OptionalInt.empty(), B);
        refuses("signer is", Equivocation.of(proposal(0, A), bobsProposal));
    }

    @Test
    void nobodyIsAccusedOfAnothersDeedOrOfAnotherHeight() {
        Evidence good = Equivocation.of(vote(A), vote(B));
        Address bobs = Address.of(BOB.publicKey());
        refuses("offender is", new Evidence(good.type(), bobs, HEIGHT, good.payload()));
        view.decidedBy(8L, set(ALICE, BOB));
        refuses("height of the evidence is 8", new Evidence(good.type(), ALICES, 8, good.payload()));
        Evidence goodProposals = Equivocation.of(proposal(0, A), proposal(0, B));
        refuses("offender is", new Evidence(goodProposals.type(), bobs, HEIGHT, goodProposals.payload()));
    }

    @Test
    void aSignatureByAnotherKeyIsNone() {
        Vote foreign = new Vote(VotePhase.PRECOMMIT, HEIGHT, 0, B, ALICES, BOB.sign(vote(B).signBytes(view.chainId())));
        refuses("signature of the", Equivocation.of(vote(A), foreign));
        Proposal foreignProposal = new Proposal(
                HEIGHT,
                0,
                OptionalInt.empty(),
                B,
                ALICES,
                BOB.sign(proposal(0, B).signBytes(view.chainId())));
        refuses("signature of the", Equivocation.of(proposal(0, A), foreignProposal));
    }

    @Test
    void aForgedSignatureIsNoneWhicheverItIs() {
        for (Hash forged : List.of(A, B)) {
            Vote a = forged.equals(A) ? withSignature(vote(A), bend(vote(A).signature())) : vote(A);
            Vote b = forged.equals(B) ? withSignature(vote(B), bend(vote(B).signature())) : vote(B);
            refuses("signature of the", Equivocation.of(a, b));
        }
        refuses("signature is 0 bytes, must be", Equivocation.of(vote(A), withSignature(vote(B), Bytes.EMPTY)));
        // as long as a signature, but of a key of another type
        Bytes hybrid = Bytes.of(new byte[KeyType.HYBRID.signatureLength()]);
        refuses("signature of the", Equivocation.of(vote(A), withSignature(vote(B), hybrid)));
        // a signature over something else that Alice did sign
        refuses("signature of the", Equivocation.of(vote(A), withSignature(vote(B), vote(A).signature())));
        Proposal b = proposal(0, B);
        Proposal bent = new Proposal(HEIGHT, 0, OptionalInt.empty(), B, ALICES, bend(b.signature()));
        refuses("signature of the", Equivocation.of(proposal(0, A), bent));
    }

    @Test
    void whoDidNotValidateAtThatHeightDidNotVote() {
        view.decidedBy(HEIGHT, set(BOB));
        refuses("did not validate at height 7", Equivocation.of(vote(A), vote(B)));
        refuses("did not validate at height 7", Equivocation.of(proposal(0, A), proposal(0, B)));
        view.forgetSets();
        refuses("validator set of height 7 is not known", Equivocation.of(vote(A), vote(B)));
    }

    /** After a rotation the old height still asks for the old key, and the new key proves nothing there. */
    @Test
    void theKeyOfThatHeightCounts() {
        Signer rotated = SCHEME.signer(3);
        view.decidedBy(HEIGHT, ValidatorSet.of(List.of(new Member(ALICES, rotated.publicKey(), 1))));
        refuses("signature of the", Equivocation.of(vote(A), vote(B)));
        Vote a = withSignature(vote(A), rotated.sign(vote(A).signBytes(view.chainId())));
        Vote b = withSignature(vote(B), rotated.sign(vote(B).signBytes(view.chainId())));
        assertEquals(ALICES, rule.judge(view, Equivocation.of(a, b), SCHEME).offender());
    }

    @Test
    void votesOnAnotherChainAreNone() {
        Vote a = vote(ALICE, "other-chain", VotePhase.PRECOMMIT, HEIGHT, 0, A);
        Vote b = vote(ALICE, "other-chain", VotePhase.PRECOMMIT, HEIGHT, 0, B);
        refuses("on this chain", Equivocation.of(a, b));
        refuses("on this chain", Equivocation.of(vote(A), b));
        Proposal p = proposal(ALICE, "other-chain", HEIGHT, 0, OptionalInt.empty(), A);
        refuses("on this chain", Equivocation.of(p, proposal(0, B)));
    }

    @Test
    void whatIsMalformedOrOfAnotherTypeIsRefused() {
        refuses("evidence payload", new Evidence(Equivocation.VOTES, ALICES, HEIGHT, Bytes.EMPTY));
        Evidence good = Equivocation.of(vote(A), vote(B));
        Bytes more = new Writer().fixed(good.payload()).u8(0).toBytes();
        refuses("evidence payload", new Evidence(Equivocation.VOTES, ALICES, HEIGHT, more));
        refuses("evidence payload", new Evidence(Equivocation.PROPOSALS, ALICES, HEIGHT, good.payload()));
        refuses("evidence type is other", new Evidence("other", ALICES, HEIGHT, good.payload()));
        // the same two votes the other way round would be evidence with another name
        Equivocation.Pair<Vote> pair = Equivocation.votes(good);
        Bytes swapped = new Writer()
                .bytes(pair.second().encode())
                .bytes(pair.first().encode())
                .toBytes();
        refuses("out of order", new Evidence(Equivocation.VOTES, ALICES, HEIGHT, swapped));
    }

    @Test
    void judgesBothTypesAndObservesNothing() {
        assertEquals(Set.of(Equivocation.VOTES, Equivocation.PROPOSALS), rule.evidenceTypes());
        assertEquals(Observation.NOTHING, rule.observe(view, null));
    }

    @Test
    void refusesEveryParameter() {
        PoSException e = assertThrows(PoSException.class, () -> new EquivocationSlashingFactory()
                .create(Parameters.of(Map.of("window", "1"))));
        assertEquals(PoSError.CONSENSUS_STATE_UPDATE_FAILED, e.error());
        assertTrue(e.getMessage().contains("window"), e.getMessage());
    }

    private void refuses(String part, Evidence evidence) {
        PoSException e = assertThrows(PoSException.class, () -> rule.judge(view, evidence, SCHEME));
        assertEquals(PoSError.SLASHING_DETECTION_FAILED, e.error(), e.getMessage());
        assertTrue(e.getMessage().contains(part), e.getMessage());
    }

    private Vote vote(Hash block) {
        return vote(VotePhase.PRECOMMIT, 0, block);
    }

    private Vote vote(VotePhase phase, int round, Hash block) {
        return vote(ALICE, view.chainId(), phase, HEIGHT, round, block);
    }

    private static Vote vote(Signer signer, String chainId, VotePhase phase, long height, int round, Hash block) {
        Bytes signature = signer.sign(Vote.signBytes(chainId, phase, height, round, block));
        return new Vote(phase, height, round, block, Address.of(signer.publicKey()), signature);
    }

    private static Vote withSignature(Vote vote, Bytes signature) {
        return new Vote(vote.phase(), vote.height(), vote.round(), vote.block(), vote.validator(), signature);
    }

    private Proposal proposal(int round, Hash block) {
        return proposal(ALICE, view.chainId(), HEIGHT, round, OptionalInt.empty(), block);
    }

    private static Proposal proposal(
            Signer signer, String chainId, long height, int round, OptionalInt validRound, Hash block) {
        Bytes signature = signer.sign(Proposal.signBytes(chainId, height, round, validRound, block));
        return new Proposal(height, round, validRound, block, Address.of(signer.publicKey()), signature);
    }

    private static Bytes bend(Bytes signature) {
        byte[] bytes = signature.toArray();
        bytes[40] ^= 1;
        return Bytes.of(bytes);
    }

    private static ValidatorSet set(Signer... signers) {
        return ValidatorSet.of(List.of(signers).stream()
                .map(s -> new Member(Address.of(s.publicKey()), s.publicKey(), 10))
                .toList());
    }
}
