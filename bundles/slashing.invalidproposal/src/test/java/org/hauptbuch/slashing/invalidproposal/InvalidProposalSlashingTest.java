package org.hauptbuch.slashing.invalidproposal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.hauptbuch.api.block.BlockHeader;
import org.hauptbuch.api.block.Proposal;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.chain.Offence;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.chain.ValidatorSet.Member;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.slashing.InvalidProposal;
import org.hauptbuch.api.slashing.Observation;
import org.hauptbuch.api.slashing.SlashingRule;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.tck.JdkEd25519;
import org.hauptbuch.tck.TestView;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class InvalidProposalSlashingTest {
    private static final long HEIGHT = 207;
    private static final JdkEd25519 SCHEME = new JdkEd25519();
    private static final Signer ALICE = SCHEME.signer(1);
    private static final Signer BOB = SCHEME.signer(2);
    private static final Signer STRANGER = SCHEME.signer(3);
    private static final Address ALICES = Address.of(ALICE.publicKey());
    private static final ValidatorSet VALIDATORS = set(ALICE, BOB);
    private static final Hash RULES = hash("rules");
    private static final Hash SEED = hash("seed");

    private final SlashingRule rule = (SlashingRule) new InvalidProposalSlashingFactory().create(Parameters.NONE);
    private final TestView view = new TestView();
    private Header header = new Header();

    /** A header that tests bend one field of. */
    private static final class Header {
        private String chainId = "test-chain";
        private long height = HEIGHT;
        private int round = 2;
        private long epoch = 2;
        private Signer builder = BOB;
        private Hash validatorsRoot = VALIDATORS.root();
        private Hash ruleSetId = RULES;
        private Hash lastCertificate = hash("certificate");
        private Optional<Bytes> reveal = Optional.empty();
        private Bytes delay = Bytes.EMPTY;

        BlockHeader make() {
            return new BlockHeader(
                    chainId,
                    height,
                    round,
                    epoch,
                    hash("parent"),
                    1_000_000,
                    Address.of(builder.publicKey()),
                    hash("transactions"),
                    hash("evidence"),
                    hash("state"),
                    validatorsRoot,
                    ruleSetId,
                    reveal.orElseGet(() -> builder.prove(BlockHeader.revealBytes("test-chain", SEED, height, round))),
                    lastCertificate,
                    delay);
        }
    }

    @BeforeEach
    void aliceAndBobValidateAtThatHeight() {
        view.height(HEIGHT + 3);
        view.decidedBy(HEIGHT, VALIDATORS);
        view.judgedBy(HEIGHT, RULES);
        view.seeded(2, SEED);
    }

    @Test
    void aHeaderOfAnotherRuleSetIsAFault() {
        header.ruleSetId = hash("other rules");
        Evidence evidence = InvalidProposal.of(proposal(header.make()), header.make());
        assertEquals(
                new Offence(
                        "slashing.invalidproposal",
                        "proposed a header at height 207 round 2 whose rule set is " + hash("other rules")
                                + ", must be " + RULES,
                        ALICES,
                        HEIGHT,
                        Offence.Gravity.FAULT,
                        Optional.of(evidence.id()),
                        Optional.empty()),
                rule.judge(view, evidence, SCHEME));
    }

    @Test
    void everyOtherFieldThatCanBeCheckedIsAFaultToo() {
        header.chainId = "other-chain";
        finds("whose chain id is other-chain, must be test-chain");
        header.height = HEIGHT - 1;
        finds("whose height is 206, must be 207");
        header.height = HEIGHT + 100;
        finds("whose height is 307, must be 207");
        header.round = 3;
        finds("whose round is 3, must be at most 2");
        header.epoch = 1;
        finds("whose epoch is 1, must be 2");
        header.epoch = 3;
        finds("whose epoch is 3, must be 2");
        header.validatorsRoot = set(ALICE).root();
        finds("whose validators root is");
        header.lastCertificate = Hash.ZERO;
        finds("whose last certificate is");
        header.builder = STRANGER;
        finds("whose proposer is " + Address.of(STRANGER.publicKey()));
        for (Bytes alpha : List.of(
                BlockHeader.revealBytes("test-chain", SEED, HEIGHT + 1, header.round),
                BlockHeader.revealBytes("test-chain", SEED, HEIGHT, header.round + 1),
                BlockHeader.revealBytes("test-chain", hash("other seed"), HEIGHT, header.round))) {
            header.reveal = Optional.of(BOB.prove(alpha));
            finds("whose reveal is forged");
        }
        header.reveal = Optional.of(ALICE.prove(BlockHeader.revealBytes("test-chain", SEED, HEIGHT, header.round)));
        finds("whose reveal is forged");
        header.reveal = Optional.of(Bytes.of(new byte[80]));
        finds("whose reveal is forged");
    }

    @Test
    void aWrongDelayIsAFaultAndOneThatNobodyRemembersIsNot() {
        Bytes right = hash("delay").bytes();
        header.delay = hash("wrong").bytes();
        refuses("breaks no rule", InvalidProposal.of(proposal(header.make()), header.make()));
        view.delayedBy(HEIGHT, right);
        finds("whose delay is wrong, must be nothing, or the output that is due with its proof");
        header.delay = right;
        refuses("breaks no rule", InvalidProposal.of(proposal(header.make()), header.make()));
    }

    @Test
    void aRevealForASeedThatNobodyRemembersIsNone() {
        header.height = HEIGHT - 100;
        header.epoch = 1;
        view.decidedBy(HEIGHT - 100, VALIDATORS);
        refuses("breaks no rule", InvalidProposal.of(proposal(HEIGHT - 100, 2, header.make()), header.make()));
        view.seeded(1, hash("other seed"));
        Evidence evidence = InvalidProposal.of(proposal(HEIGHT - 100, 2, header.make()), header.make());
        assertTrue(rule.judge(view, evidence, SCHEME).reason().contains("whose reveal is forged"));
    }

    @Test
    void atHeightOneThereIsNoCertificate() {
        view.decidedBy(1L, VALIDATORS);
        view.judgedBy(1L, RULES);
        header.height = 1;
        header.epoch = 0;
        header.lastCertificate = Hash.ZERO;
        BlockHeader valid = header.make();
        refuses("breaks no rule", InvalidProposal.of(proposal(1, 2, valid), valid));
        header.lastCertificate = hash("certificate");
        BlockHeader invalid = header.make();
        assertTrue(rule.judge(view, InvalidProposal.of(proposal(1, 2, invalid), invalid), SCHEME)
                .reason()
                .contains("must be zero at height 1"));
    }

    /** Whatever an honest proposer may send is no offence: fresh or again, of its own or another's making. */
    @Test
    void aValidProposalIsNeverAnOffence() {
        for (long seed = 1; seed <= 100; seed++) {
            Random random = new Random(seed);
            long height = 1 + random.nextInt(1000);
            view.decidedBy(height, random.nextBoolean() ? VALIDATORS : set(ALICE, BOB, STRANGER));
            Hash rules = hash("rules " + random.nextInt());
            view.judgedBy(height, rules);
            Header h = new Header();
            h.height = height;
            h.epoch = (height - 1) / 100;
            h.round = random.nextInt(5);
            h.builder = random.nextBoolean() ? ALICE : BOB;
            h.validatorsRoot = view.validatorSetAt(height).orElseThrow().root();
            h.ruleSetId = rules;
            h.lastCertificate = height == 1 ? Hash.ZERO : hash("certificate " + random.nextInt());
            BlockHeader made = h.make();
            int round = h.round + random.nextInt(3);
            OptionalInt validRound =
                    round > h.round ? OptionalInt.of(h.round + random.nextInt(round - h.round)) : OptionalInt.empty();
            Bytes signature = ALICE.sign(Proposal.signBytes(view.chainId(), height, round, validRound, made.hash()));
            Proposal valid = new Proposal(height, round, validRound, made.hash(), ALICES, signature);
            PoSException e = assertThrows(
                    PoSException.class,
                    () -> rule.judge(view, InvalidProposal.of(valid, made), SCHEME),
                    "seed " + seed);
            assertTrue(e.getMessage().contains("breaks no rule"), "seed " + seed + ": " + e.getMessage());
        }
    }

    @Test
    void aHeaderThatWasNotProposedProvesNothing() {
        BlockHeader valid = header.make();
        header.epoch = 9;
        refuses("must be the one that was proposed", InvalidProposal.of(proposal(valid), header.make()));
    }

    @Test
    void aForgedOrForeignSignatureProvesNothing() {
        header.epoch = 9;
        BlockHeader invalid = header.make();
        Proposal good = proposal(invalid);
        byte[] bent = good.signature().toArray();
        bent[3] ^= 4;
        refuses("signature of the proposal", InvalidProposal.of(signed(good, Bytes.of(bent)), invalid));
        refuses("signature is 0 bytes, must be", InvalidProposal.of(signed(good, Bytes.EMPTY), invalid));
        Bytes bobs = BOB.sign(good.signBytes(view.chainId()));
        refuses("signature of the proposal", InvalidProposal.of(signed(good, bobs), invalid));
        Bytes elsewhere = ALICE.sign(good.signBytes("other-chain"));
        refuses("signature of the proposal", InvalidProposal.of(signed(good, elsewhere), invalid));
    }

    @Test
    void nobodyIsAccusedOfAnothersDeedOrOfAnotherHeight() {
        header.epoch = 9;
        Evidence good = InvalidProposal.of(proposal(header.make()), header.make());
        Address bobs = Address.of(BOB.publicKey());
        refuses("offender is", new Evidence(good.type(), bobs, HEIGHT, good.payload()));
        refuses("height of the evidence is 208", new Evidence(good.type(), ALICES, HEIGHT + 1, good.payload()));
        view.decidedBy(HEIGHT, set(BOB));
        refuses("did not validate", good);
        view.forgetSets();
        refuses("validator set of height 207 is not known", good);
    }

    @Test
    void aRuleSetThatIsNotKnownAnyMoreIsNotCompared() {
        view.forgetRuleSets();
        header.ruleSetId = hash("other rules");
        refuses("breaks no rule", InvalidProposal.of(proposal(header.make()), header.make()));
    }

    @Test
    void whatIsMalformedOrOfAnotherTypeIsRefused() {
        header.epoch = 9;
        Evidence good = InvalidProposal.of(proposal(header.make()), header.make());
        refuses("evidence payload", new Evidence(good.type(), ALICES, HEIGHT, Bytes.EMPTY));
        Bytes more = new Writer().fixed(good.payload()).u8(0).toBytes();
        refuses("evidence payload", new Evidence(good.type(), ALICES, HEIGHT, more));
        Bytes less = Bytes.of(good.payload().toArray(), 0, good.payload().length() - 1);
        refuses("evidence payload", new Evidence(good.type(), ALICES, HEIGHT, less));
        refuses("evidence type is other", new Evidence("other", ALICES, HEIGHT, good.payload()));
    }

    @Test
    void judgesItsTypeAndObservesNothing() {
        assertEquals(Set.of(InvalidProposal.HEADER), rule.evidenceTypes());
        assertEquals(Observation.NOTHING, rule.observe(view, null));
    }

    @Test
    void refusesEveryParameter() {
        PoSException e = assertThrows(PoSException.class, () -> new InvalidProposalSlashingFactory()
                .create(Parameters.of(Map.of("strict", "1"))));
        assertEquals(PoSError.CONSENSUS_STATE_UPDATE_FAILED, e.error());
        assertTrue(e.getMessage().contains("strict"), e.getMessage());
    }

    /** The bent header is found; the next one is bent from a good one again. */
    private void finds(String part) {
        BlockHeader bent = header.make();
        Offence offence = rule.judge(view, InvalidProposal.of(proposal(bent), bent), SCHEME);
        assertEquals(ALICES, offence.offender());
        assertEquals(Offence.Gravity.FAULT, offence.gravity());
        assertTrue(offence.reason().contains(part), offence.reason());
        header = new Header();
    }

    private void refuses(String part, Evidence evidence) {
        PoSException e = assertThrows(PoSException.class, () -> rule.judge(view, evidence, SCHEME));
        assertEquals(PoSError.SLASHING_DETECTION_FAILED, e.error(), e.getMessage());
        assertTrue(e.getMessage().contains(part), e.getMessage());
    }

    private Proposal proposal(BlockHeader offered) {
        return proposal(HEIGHT, 2, offered);
    }

    private Proposal proposal(long height, int round, BlockHeader offered) {
        Hash block = offered.hash();
        Bytes signature = ALICE.sign(Proposal.signBytes(view.chainId(), height, round, OptionalInt.empty(), block));
        return new Proposal(height, round, OptionalInt.empty(), block, ALICES, signature);
    }

    private static Proposal signed(Proposal p, Bytes signature) {
        return new Proposal(p.height(), p.round(), p.validRound(), p.block(), p.proposer(), signature);
    }

    private static ValidatorSet set(Signer... signers) {
        return ValidatorSet.of(List.of(signers).stream()
                .map(s -> new Member(Address.of(s.publicKey()), s.publicKey(), 10))
                .toList());
    }

    private static Hash hash(String text) {
        return Hash.sha256(text.getBytes(StandardCharsets.UTF_8));
    }
}
