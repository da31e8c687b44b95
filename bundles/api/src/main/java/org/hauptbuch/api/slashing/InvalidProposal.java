package org.hauptbuch.api.slashing;

import org.hauptbuch.api.block.BlockHeader;
import org.hauptbuch.api.block.Proposal;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.codec.Reader;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.value.Bytes;

/**
 * Evidence of a proposal whose header breaks a rule that anyone can check without executing the block, in the form in
 * which a node reports it and a slashing condition reads it.
 */
public final class InvalidProposal {
    /** The type of evidence whose payload is a proposal and the header that it offers. */
    public static final String HEADER = "invalidproposal.header";

    private static final int MAX_MESSAGE = 16_384;

    private InvalidProposal() {}

    /**
     * What was signed and what it means.
     *
     * @param proposal the signed offer
     * @param header the header whose hash it offers
     */
    public record Offer(Proposal proposal, BlockHeader header) {}

    /** Evidence that {@code proposal} offers {@code header}; whether that is an offence, a slashing condition decides. */
    public static Evidence of(Proposal proposal, BlockHeader header) {
        Writer encoded = new Writer(512);
        header.write(encoded);
        Bytes payload = new Writer(1024)
                .bytes(proposal.encode())
                .bytes(encoded.toBytes())
                .toBytes();
        return new Evidence(HEADER, proposal.proposer(), proposal.height(), payload);
    }

    /**
     * The proposal and the header in evidence of type {@link #HEADER}.
     *
     * @throws org.hauptbuch.api.error.PoSException SLASHING_DETECTION_FAILED or INVALID_BLOCK where it is malformed
     */
    public static Offer offer(Evidence evidence) {
        Reader in = new Reader(evidence.payload(), PoSError.SLASHING_DETECTION_FAILED);
        Proposal proposal = Proposal.decode(in.bytes("proposal", MAX_MESSAGE));
        Reader inner = new Reader(in.bytes("header", MAX_MESSAGE), PoSError.SLASHING_DETECTION_FAILED);
        in.end();
        BlockHeader header = BlockHeader.read(inner);
        inner.end();
        return new Offer(proposal, header);
    }
}
