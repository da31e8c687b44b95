package org.hauptbuch.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.chain.Offence;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.slashing.Observation;
import org.hauptbuch.api.slashing.Observation.Remembered;
import org.hauptbuch.api.slashing.SlashingRule;
import org.hauptbuch.api.value.Bytes;
import org.junit.jupiter.api.Test;

/** What every {@link SlashingRule} promises: above all that nobody innocent is punished. */
public interface SlashingRuleContract extends RuleContract {
    /**
     * Evidence that proves an offence.
     *
     * @param view the chain that it is judged on
     * @param evidence what is brought
     * @param scheme verifies its signatures
     */
    record Proof(TestView view, Evidence evidence, SignatureScheme scheme) {}

    /** At least one proof for each of the {@link SlashingRule#evidenceTypes()}; none where the rule only observes. */
    default List<Proof> proofs() {
        return List.of();
    }

    /** A fresh rule. */
    default SlashingRule rule() {
        return (SlashingRule) factory().create(parameters());
    }

    @Test
    default void everyTypeOfEvidenceHasAProof() {
        Set<String> proven = new TreeSet<>();
        proofs().forEach(proof -> proven.add(proof.evidence().type()));
        Set<String> types = new TreeSet<>(rule().evidenceTypes());
        assertEquals(types, proven, "proofs() shows one proof of each type of evidence");
        types.forEach(type -> assertTrue(Validator.validId(type), () -> "evidence type '" + type + "'"));
        assertEquals(types, new TreeSet<>(rule().evidenceTypes()), "asked a rule of its own");
    }

    @Test
    default void aProofIsJudgedTheSameByAll() {
        for (Proof proof : proofs()) {
            SlashingRule rule = rule();
            Offence offence = rule.judge(proof.view(), proof.evidence(), proof.scheme());
            assertEquals(offence, rule.judge(proof.view(), proof.evidence(), proof.scheme()), "judged twice");
            assertEquals(
                    offence,
                    rule().judge(proof.view(), proof.evidence(), proof.scheme()),
                    "judged by a rule of its own");
            assertEquals(id(), offence.condition());
            assertEquals(proof.evidence().offender(), offence.offender());
            assertEquals(proof.evidence().height(), offence.height());
            assertEquals(Optional.of(proof.evidence().id()), offence.evidence());
            assertEquals(Optional.empty(), offence.reporter(), "the ledger knows who reported it, the rule does not");
        }
    }

    /** Whoever can bend a proof and keep it one can report one offence many times. */
    @Test
    default void aProofWithOneBitChangedProvesNothing() {
        for (Proof proof : proofs()) {
            byte[] payload = proof.evidence().payload().toArray();
            for (int i = 0; i < payload.length; i++) {
                byte[] bent = payload.clone();
                bent[i] ^= (byte) (1 << i % 8);
                requireNoProof(proof, proof.view(), with(proof, Bytes.of(bent)), "with byte " + i + " bent");
            }
        }
    }

    @Test
    default void aProofIsForOneChainOneOffenderAndOneHeight() {
        for (Proof proof : proofs()) {
            Evidence evidence = proof.evidence();
            requireNoProof(proof, proof.view().copy().chainId("another-chain"), evidence, "of another chain");
            Evidence other =
                    new Evidence(evidence.type(), TestView.address(65_000), evidence.height(), evidence.payload());
            requireNoProof(proof, proof.view(), other, "against somebody else");
            Evidence later =
                    new Evidence(evidence.type(), evidence.offender(), evidence.height() + 1, evidence.payload());
            requireNoProof(proof, proof.view(), later, "for another height");
            requireNoProof(proof, proof.view().copy().forgetSets(), evidence, "of a height that nobody remembers");
        }
    }

    /** Evidence comes from strangers. */
    @Test
    default void whatIsNoProofIsRefused() {
        TestView view = SlashingStory.chain();
        JdkEd25519 scheme = new JdkEd25519();
        Set<String> types = new TreeSet<>(rule().evidenceTypes());
        types.add("no.such.evidence");
        for (String type : types) {
            for (long seed = 0; seed < 200; seed++) {
                Random random = new Random(seed);
                byte[] payload = new byte[random.nextInt(400)];
                random.nextBytes(payload);
                Evidence evidence = new Evidence(type, TestView.address(1), 1 + random.nextInt(200), Bytes.of(payload));
                Outcome.of(() -> rule().judge(view, evidence, scheme))
                        .requireRefusedAs(
                                PoSError.SLASHING_DETECTION_FAILED, "garbage of seed " + seed + " as " + type);
            }
        }
    }

    /** What a rule has to know of the past, it remembers through the chain; another node may have started just now. */
    @Test
    default void aRuleThatWasJustMadeObservesTheSame() {
        SlashingRule old = rule();
        TestView itsView = SlashingStory.chain();
        TestView view = SlashingStory.chain();
        new SlashingStory(1).tell((height, facts) -> {
            SlashingStory.at(itsView, height);
            SlashingStory.at(view, height);
            Observation seen = old.observe(itsView, facts);
            assertEquals(
                    seen,
                    rule().observe(view, facts),
                    () -> "block " + height + ": a rule that has seen all blocks, and one that was just made");
            assertEquals(seen, old.observe(itsView, facts), () -> "block " + height + ": asked twice");
            itsView.remember(seen);
            view.remember(seen);
        });
    }

    @Test
    default void whatItObservesTheLedgerCanKeep() {
        for (long seed = 1; seed <= 5; seed++) {
            TestView view = SlashingStory.chain();
            String context = "seed " + seed;
            new SlashingStory(seed).tell((height, facts) -> {
                Observation seen = rule().observe(SlashingStory.at(view, height), facts);
                Set<Bytes> keys = new TreeSet<>();
                for (Remembered entry : seen.memory()) {
                    assertTrue(keys.add(entry.key()), () -> context + ": key " + entry.key() + " twice in one block");
                    assertTrue(
                            entry.key().length() >= 1 && entry.key().length() <= 128,
                            () -> context + ": key of " + entry.key().length() + " bytes, must be 1 to 128");
                    int length = entry.value().map(Bytes::length).orElse(0);
                    assertTrue(length <= 65_536, () -> context + ": value of " + length + " bytes, at most 65536");
                }
                for (Offence offence : seen.offences()) {
                    assertEquals(id(), offence.condition(), context);
                    assertTrue(
                            view.validator(offence.offender()).isPresent(), () -> context + ": nobody did " + offence);
                    assertTrue(
                            offence.height() >= 1 && offence.height() <= height,
                            () -> context + ": block " + height + " shows " + offence);
                    assertEquals(Optional.empty(), offence.evidence(), context);
                    assertEquals(Optional.empty(), offence.reporter(), context);
                }
                view.remember(seen);
            });
        }
    }

    /** Where everybody does what it has to, nobody is punished. */
    @Test
    default void theDutifulAreLeftAlone() {
        TestView view = SlashingStory.chain();
        SlashingStory.dutiful().tell((height, facts) -> {
            Observation seen = rule().observe(SlashingStory.at(view, height), facts);
            assertEquals(List.of(), seen.offences(), () -> "block " + height + ", all sign and all work");
            view.remember(seen);
        });
        assertFalse(view.validators().isEmpty());
    }

    private void requireNoProof(Proof proof, TestView view, Evidence evidence, String what) {
        Outcome.of(() -> rule().judge(view, evidence, proof.scheme()))
                .requireRefusedAs(PoSError.SLASHING_DETECTION_FAILED, "the proof of " + evidence.type() + " " + what);
    }

    private static Evidence with(Proof proof, Bytes payload) {
        Evidence evidence = proof.evidence();
        return new Evidence(evidence.type(), evidence.offender(), evidence.height(), payload);
    }
}
