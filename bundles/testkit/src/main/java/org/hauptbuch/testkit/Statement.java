package org.hauptbuch.testkit;

import java.util.Optional;
import org.hauptbuch.api.codec.Reader;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.value.Bytes;

/**
 * What a consensus signature says, read from the bytes that are signed.
 *
 * @param slot where a validator may say one thing only: kind, height, round
 * @param content what it says there
 */
record Statement(String slot, String content) {
    /** The statement that {@code signed} is; empty where it is neither a vote nor a proposal. */
    static Optional<Statement> of(Bytes signed) {
        Reader in = new Reader(signed, PoSError.SECURITY_VALIDATION_FAILED);
        try {
            String domain = in.string("domain", 64);
            if (domain.equals("hauptbuch/vote/1")) {
                in.string("chainId", 64);
                int phase = in.u8("phase");
                String slot = "vote of phase " + phase + " at " + in.u64("height") + "/" + in.u32("round");
                return Optional.of(new Statement(slot, in.hash("block").toString()));
            }
            if (domain.equals("hauptbuch/proposal/1")) {
                in.string("chainId", 64);
                String slot = "proposal at " + in.u64("height") + "/" + in.u32("round");
                String validRound = in.bool("hasValidRound") + " " + in.u32("validRound");
                return Optional.of(new Statement(slot, in.hash("block") + " valid round " + validRound));
            }
            return Optional.empty();
        } catch (PoSException otherDomain) {
            return Optional.empty();
        }
    }
}
