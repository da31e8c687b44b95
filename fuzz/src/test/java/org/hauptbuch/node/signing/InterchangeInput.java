package org.hauptbuch.node.signing;

import java.util.List;
import java.util.Optional;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;

/** The way to the format of signing records, which is nobody's business outside of its package. */
public final class InterchangeInput {
    private InterchangeInput() {}

    /** Reads a file, and reads back how it would be written. */
    public static void parse(String text) {
        Interchange read = Interchange.parse(text);
        Interchange again = Interchange.parse(read.format());
        if (!again.equals(read)) {
            throw new AssertionError("reads " + again + " where it wrote " + read);
        }
    }

    /** A file of one key, with a block and a vote. */
    public static String sample(Bytes key) {
        Hash genesis = Hash.sha256(key);
        return new Interchange(
                        genesis,
                        List.of(new Interchange.Key(
                                key,
                                List.of(new Interchange.SignedBlock(5, Optional.of(genesis))),
                                List.of(new Interchange.SignedVote(4, 5, Optional.empty())))))
                .format();
    }
}
