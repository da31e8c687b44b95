package org.hauptbuch.testkit;

import java.util.Optional;
import java.util.Random;
import org.hauptbuch.api.block.Block;
import org.hauptbuch.api.block.BlockHeader;
import org.hauptbuch.api.block.Proposal;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.plan.Attestation;
import org.hauptbuch.api.plan.RulePlan;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.node.wire.WireMessage;

/**
 * A validator that lies about rules: proposes blocks of another rule set than the one that is active, signs that it has
 * tested what it has not, and serves wrong jars. What it says otherwise is what its node says.
 */
public final class Liar {
    private static final int OFFER = 1;
    private static final int JAR_PART = 12;

    private final SimChain chain;
    private final Address self;
    private final Signer key;
    private final Random random;
    private Optional<RuleSet> claim = Optional.empty();
    private boolean tired;
    private int forgedProposals;
    private int wrongJars;

    Liar(SimChain chain, String validator, Random random) {
        this.chain = chain;
        this.self = chain.address(validator);
        this.key = chain.consensus(validator);
        this.random = random;
    }

    /** The rule set that its blocks claim to be of from now on. */
    public void claims(RuleSet set) {
        claim = Optional.of(set);
    }

    /** From now on it tells the truth. */
    public void repents() {
        tired = true;
    }

    /** Proposals that claimed another rule set. */
    public int forgedProposals() {
        return forgedProposals;
    }

    /** Parts of jars that were not of that jar. */
    public int wrongJars() {
        return wrongJars;
    }

    /** An attestation of {@code plan} that is for another rule set, or for another self-test. */
    public Attestation falseAttestation(RulePlan plan) {
        Hash other = Hash.sha256(plan.id().toArray());
        boolean ofSet = random.nextBoolean();
        return Attestation.of(
                chain.genesis().chainId(),
                plan.id(),
                ofSet ? other : plan.to().id(),
                ofSet ? plan.selfTest() : other,
                self,
                key);
    }

    /** What leaves in place of {@code message}. */
    Bytes instead(Bytes message) {
        boolean tempts = message.at(0) == JAR_PART || message.at(0) == OFFER && random.nextBoolean();
        if (tired || !tempts) {
            return message;
        }
        WireMessage honest = WireMessage.decode(message);
        if (honest instanceof WireMessage.Offer offer && offer.block().isPresent() && claim.isPresent()) {
            return forged(offer, claim.get().id()).map(WireMessage::encode).orElse(message);
        } else if (honest instanceof WireMessage.JarPart part && part.total() > 0) {
            wrongJars++;
            byte[] bytes = part.bytes().toArray();
            bytes[random.nextInt(bytes.length)] ^= 1;
            return new WireMessage.JarPart(part.digest(), part.total(), part.offset(), Bytes.of(bytes)).encode();
        }
        return message;
    }

    private Optional<WireMessage> forged(WireMessage.Offer offer, Hash ruleSet) {
        Proposal proposal = offer.proposal();
        Block block = Block.decode(offer.block().orElseThrow());
        BlockHeader h = block.header();
        boolean own = proposal.proposer().equals(self) && proposal.validRound().isEmpty();
        if (!own || ruleSet.equals(h.ruleSetId())) {
            return Optional.empty();
        }
        forgedProposals++;
        BlockHeader header = new BlockHeader(
                h.chainId(),
                h.height(),
                h.round(),
                h.epoch(),
                h.parent(),
                h.timeMillis(),
                h.proposer(),
                h.transactionsRoot(),
                h.evidenceRoot(),
                h.stateRoot(),
                h.validatorsRoot(),
                ruleSet,
                h.reveal(),
                h.lastCertificate());
        Block claimed =
                new Block(header, block.lastCertificate(), block.rollback(), block.evidence(), block.transactions());
        Bytes signed = Proposal.signBytes(
                h.chainId(), proposal.height(), proposal.round(), proposal.validRound(), claimed.hash());
        Proposal forged = new Proposal(
                proposal.height(),
                proposal.round(),
                proposal.validRound(),
                claimed.hash(),
                proposal.proposer(),
                key.sign(signed));
        return Optional.of(
                new WireMessage.Offer(forged, offer.proofOfLock(), offer.credential(), Optional.of(claimed.encode())));
    }
}
