package org.hauptbuch.slashing.invalidproposal;

import java.util.Optional;
import java.util.Set;
import org.hauptbuch.api.block.BlockHeader;
import org.hauptbuch.api.block.Proposal;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.chain.Offence;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.rule.ChainView;
import org.hauptbuch.api.slashing.BlockFacts;
import org.hauptbuch.api.slashing.InvalidProposal;
import org.hauptbuch.api.slashing.Observation;
import org.hauptbuch.api.slashing.SlashingRule;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.PublicKey;

/**
 * A validator that signed a proposal for a header that breaks a rule which anyone can check without executing the block
 * is at fault. The proposal's signature binds the header by its hash, so the evidence proves itself.
 *
 * <p>Only rules that no honest node can break are looked at, whatever it has seen or not: the header's own fields
 * against each other and against what the chain says of that height and of its epoch's seed. What needs the parent, the
 * schedule or the state is left out: an honest node may be wrong about those for a moment.
 */
final class InvalidProposalSlashing implements SlashingRule {
    private static final String ID = "slashing.invalidproposal";

    @Override
    public Set<String> evidenceTypes() {
        return Set.of(InvalidProposal.HEADER);
    }

    @Override
    public Offence judge(ChainView view, Evidence evidence, SignatureScheme scheme) {
        if (!evidence.type().equals(InvalidProposal.HEADER)) {
            throw PoSException.outOfRange(
                    PoSError.SLASHING_DETECTION_FAILED, "evidence type", evidence.type(), InvalidProposal.HEADER);
        }
        InvalidProposal.Offer offer = read(evidence);
        Proposal proposal = offer.proposal();
        BlockHeader header = offer.header();
        ValidatorSet validators = view.validatorSetAt(proposal.height())
                .orElseThrow(() -> refuse("the validator set of height " + proposal.height() + " is not known"));
        requireSigned(view, evidence, offer, validators, scheme);
        String broken = brokenRule(view, proposal, header, validators, scheme)
                .orElseThrow(
                        () -> refuse("header " + header.hash().shortHex() + " breaks no rule that can be checked"));
        return new Offence(
                ID,
                "proposed a header at height " + proposal.height() + " round " + proposal.round() + " whose " + broken,
                proposal.proposer(),
                proposal.height(),
                Offence.Gravity.FAULT,
                Optional.of(evidence.id()),
                Optional.empty());
    }

    @Override
    public Observation observe(ChainView view, BlockFacts facts) {
        return Observation.NOTHING;
    }

    /** Whatever is malformed is refused as evidence that proves nothing. */
    private static InvalidProposal.Offer read(Evidence evidence) {
        try {
            return InvalidProposal.offer(evidence);
        } catch (PoSException e) {
            throw new PoSException(PoSError.SLASHING_DETECTION_FAILED, "evidence payload: " + e.getMessage(), e);
        }
    }

    /** That the accused, a validator of that height, offered this very header. */
    private static void requireSigned(
            ChainView view,
            Evidence evidence,
            InvalidProposal.Offer offer,
            ValidatorSet validators,
            SignatureScheme scheme) {
        Proposal proposal = offer.proposal();
        if (!proposal.proposer().equals(evidence.offender())) {
            throw refuse("offender is " + evidence.offender() + ", must be the proposer " + proposal.proposer());
        }
        if (proposal.height() != evidence.height()) {
            throw refuse("height of the evidence is " + evidence.height() + ", must be " + proposal.height());
        }
        if (!offer.header().hash().equals(proposal.block())) {
            throw refuse("header is " + offer.header().hash().shortHex() + ", must be the one that was proposed, "
                    + proposal.block().shortHex());
        }
        PublicKey key = validators
                .member(proposal.proposer())
                .orElseThrow(() -> refuse("offender " + proposal.proposer() + " did not validate at height "
                        + proposal.height() + ", must be a member of that set"))
                .key();
        if (!scheme.verify(key, proposal.signBytes(view.chainId()), proposal.signature())) {
            throw refuse("signature of the proposal is not the offender's on this chain");
        }
    }

    /** The first rule that the header breaks, in words that follow "whose"; the proof last: it is expensive. */
    private static Optional<String> brokenRule(
            ChainView view, Proposal proposal, BlockHeader header, ValidatorSet validators, SignatureScheme scheme) {
        if (!header.chainId().equals(view.chainId())) {
            // the proposal is signed for this chain, its header names another
            return broken("chain id", header.chainId(), view.chainId());
        }
        long height = proposal.height();
        if (header.height() != height) {
            return broken("height", header.height(), height);
        }
        if (header.round() > proposal.round()) {
            return broken("round", header.round(), "at most " + proposal.round());
        }
        if (header.epoch() != view.parameters().epochOf(height)) {
            return broken("epoch", header.epoch(), view.parameters().epochOf(height));
        }
        Optional<Hash> ruleSetId = view.ruleSetIdAt(height);
        if (ruleSetId.isPresent() && !header.ruleSetId().equals(ruleSetId.get())) {
            return broken("rule set", header.ruleSetId(), ruleSetId.get());
        }
        if (!header.validatorsRoot().equals(validators.root())) {
            return broken("validators root", header.validatorsRoot(), validators.root());
        }
        if (header.lastCertificate().isZero() != (height == 1)) {
            return broken(
                    "last certificate", header.lastCertificate(), height == 1 ? "zero at height 1" : "other than zero");
        }
        Optional<ValidatorSet.Member> builder = validators.member(header.proposer());
        if (builder.isEmpty()) {
            return broken("proposer", header.proposer(), "a validator of that height");
        }
        Optional<Bytes> alpha = view.seedOf(header.epoch())
                .map(seed -> BlockHeader.revealBytes(view.chainId(), seed, height, header.round()));
        if (alpha.isPresent()
                && scheme.proofOutput(builder.get().key(), alpha.get(), header.reveal())
                        .isEmpty()) {
            return broken("reveal", "forged", "its proposer's proof of randomness");
        }
        // the parent of a height is final before anybody proposes: what was due there, every honest node knew
        return view.mayHoldDelay(height, header.delay()).orElse(true)
                ? Optional.empty()
                : broken("delay", "wrong", "nothing, or the output that is due with its proof");
    }

    private static Optional<String> broken(String field, Object value, Object range) {
        return Optional.of(field + " is " + value + ", must be " + range);
    }

    private static PoSException refuse(String detail) {
        return new PoSException(PoSError.SLASHING_DETECTION_FAILED, detail);
    }
}
