package org.hauptbuch.slashing.equivocation;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.hauptbuch.api.block.Proposal;
import org.hauptbuch.api.block.Vote;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.chain.Offence;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.finality.Equivocation;
import org.hauptbuch.api.rule.ChainView;
import org.hauptbuch.api.slashing.BlockFacts;
import org.hauptbuch.api.slashing.Observation;
import org.hauptbuch.api.slashing.SlashingRule;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.PublicKey;

/**
 * Two votes of one validator at the same height, round and phase for different blocks, or two different proposals of
 * one validator at the same height and round, are an attack. Both signatures are verified with the key that the
 * validator had at that height, over this chain's name: the evidence proves itself, whoever brings it.
 */
final class EquivocationSlashing implements SlashingRule {
    private static final String ID = "slashing.equivocation";

    @Override
    public Set<String> evidenceTypes() {
        return Set.of(Equivocation.VOTES, Equivocation.PROPOSALS);
    }

    @Override
    public Offence judge(ChainView view, Evidence evidence, SignatureScheme scheme) {
        String reason =
                switch (evidence.type()) {
                    case Equivocation.VOTES -> judgeVotes(view, evidence, scheme);
                    case Equivocation.PROPOSALS -> judgeProposals(view, evidence, scheme);
                    default -> throw PoSException.outOfRange(
                            PoSError.SLASHING_DETECTION_FAILED,
                            "evidence type",
                            evidence.type(),
                            Equivocation.PROPOSALS + " or " + Equivocation.VOTES);
                };
        return new Offence(
                ID,
                reason,
                evidence.offender(),
                evidence.height(),
                Offence.Gravity.ATTACK,
                Optional.of(evidence.id()),
                Optional.empty());
    }

    @Override
    public Observation observe(ChainView view, BlockFacts facts) {
        return Observation.NOTHING;
    }

    private static String judgeVotes(ChainView view, Evidence evidence, SignatureScheme scheme) {
        Equivocation.Pair<Vote> pair = read(evidence, Equivocation::votes);
        Vote a = pair.first();
        Vote b = pair.second();
        requireSame("phase", a.phase(), b.phase());
        requireSame("round", a.round(), b.round());
        requireHeights(evidence, a.height(), b.height());
        requireSigners(evidence, a.validator(), b.validator());
        if (a.block().equals(b.block())) {
            throw refuse("both votes are for block " + a.block().shortHex() + ", must be for different ones");
        }
        PublicKey key = keyOf(view, evidence);
        requireSignature(scheme, key, a.signBytes(view.chainId()), a.signature(), "first vote");
        requireSignature(scheme, key, b.signBytes(view.chainId()), b.signature(), "second vote");
        String votes =
                switch (a.phase()) {
                    case PREVOTE -> "prevotes";
                    case PRECOMMIT -> "precommits";
                    case NOTARIZE -> "votes to notarize";
                    case FINALIZE -> "votes to finalize or give up";
                };
        return "two " + votes + " at height " + a.height() + " round " + a.round();
    }

    private static String judgeProposals(ChainView view, Evidence evidence, SignatureScheme scheme) {
        Equivocation.Pair<Proposal> pair = read(evidence, Equivocation::proposals);
        Proposal a = pair.first();
        Proposal b = pair.second();
        requireSame("round", a.round(), b.round());
        requireHeights(evidence, a.height(), b.height());
        requireSigners(evidence, a.proposer(), b.proposer());
        Bytes signedByA = a.signBytes(view.chainId());
        Bytes signedByB = b.signBytes(view.chainId());
        if (signedByA.equals(signedByB)) {
            throw refuse("both proposals say the same, must differ in the block or the valid round");
        }
        PublicKey key = keyOf(view, evidence);
        requireSignature(scheme, key, signedByA, a.signature(), "first proposal");
        requireSignature(scheme, key, signedByB, b.signature(), "second proposal");
        return "two proposals at height " + a.height() + " round " + a.round();
    }

    /** Whatever is malformed is refused as evidence that proves nothing. */
    private static <T> T read(Evidence evidence, Function<Evidence, T> reader) {
        try {
            return reader.apply(evidence);
        } catch (PoSException e) {
            throw new PoSException(PoSError.SLASHING_DETECTION_FAILED, "evidence payload: " + e.getMessage(), e);
        }
    }

    private static PublicKey keyOf(ChainView view, Evidence evidence) {
        ValidatorSet validators = view.validatorSetAt(evidence.height())
                .orElseThrow(() -> refuse("the validator set of height " + evidence.height() + " is not known"));
        return validators
                .member(evidence.offender())
                .orElseThrow(() -> refuse("offender " + evidence.offender() + " did not validate at height "
                        + evidence.height() + ", must be a member of that set"))
                .key();
    }

    private static void requireHeights(Evidence evidence, long a, long b) {
        requireSame("height", a, b);
        if (a != evidence.height()) {
            throw refuse("height of the evidence is " + evidence.height() + ", must be " + a + " as signed");
        }
    }

    private static void requireSigners(Evidence evidence, Address a, Address b) {
        requireSame("signer", a, b);
        if (!a.equals(evidence.offender())) {
            throw refuse("offender is " + evidence.offender() + ", must be the signer " + a);
        }
    }

    private static void requireSame(String field, Object a, Object b) {
        if (!a.equals(b)) {
            throw refuse(field + " is " + a + " and " + b + ", must be the same");
        }
    }

    private static void requireSignature(
            SignatureScheme scheme, PublicKey key, Bytes message, Bytes signature, String what) {
        if (!scheme.verify(key, message, signature)) {
            throw refuse("signature of the " + what + " is not the offender's on this chain");
        }
    }

    private static PoSException refuse(String detail) {
        return new PoSException(PoSError.SLASHING_DETECTION_FAILED, detail);
    }
}
