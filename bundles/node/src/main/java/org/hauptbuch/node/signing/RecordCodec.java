package org.hauptbuch.node.signing;

import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.block.Proposal;
import org.hauptbuch.api.block.RollbackVote;
import org.hauptbuch.api.block.Vote;
import org.hauptbuch.api.codec.Reader;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.finality.Message;
import org.hauptbuch.api.value.Bytes;

/** How signing records lie in the store. */
final class RecordCodec {
    private RecordCodec() {}

    static Bytes encode(Message message, boolean own) {
        Writer out = new Writer().bool(own);
        if (message instanceof Message.Offer offer) {
            offer.proposal().write(out.u8(0));
            out.optional(offer.proofOfLock(), (w, c) -> c.write(w));
            out.bytes(offer.credential()).u64(offer.rank());
        } else if (message instanceof Message.Ballot ballot) {
            ballot.vote().write(out.u8(1));
        }
        return out.toBytes();
    }

    /** Reads what {@link #encode} wrote, behind the first field. */
    static Message message(Reader in) {
        int kind = in.u8("record.kind");
        Message message =
                switch (kind) {
                    case 0 -> new Message.Offer(
                            Proposal.read(in),
                            in.optional("record.proofOfLock", Certificate::read),
                            in.bytes("record.credential", SignatureScheme.PROOF_LENGTH),
                            in.u64("record.rank"));
                    case 1 -> new Message.Ballot(Vote.read(in));
                    default -> throw in.refuse("record.kind", kind, "0 or 1");
                };
        in.end();
        return message;
    }

    static RollbackVote rollbackVote(Bytes value) {
        Reader in = new Reader(value, PoSError.SECURITY_VALIDATION_FAILED);
        RollbackVote vote = RollbackVote.read(in);
        in.end();
        return vote;
    }
}
