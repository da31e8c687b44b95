package org.hauptbuch.api.block;

import org.hauptbuch.api.codec.Reader;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;

/**
 * A validator's word that it signed nothing that could make a block of this height final under the rule set
 * {@code from}, and never will: the height is decided under {@code to}.
 *
 * @param height the height that is not final
 * @param from the id of the rule set that judges it so far
 * @param to the id of the fallback
 * @param validator who votes
 * @param signature its consensus key's signature over {@link #signBytes}
 */
public record RollbackVote(long height, Hash from, Hash to, Address validator, Bytes signature) {
    /** The vote of {@code validator}, signed. */
    public static RollbackVote of(
            String chainId, long height, Hash from, Hash to, Address validator, Signer consensusKey) {
        return new RollbackVote(height, from, to, validator, consensusKey.sign(signBytes(chainId, height, from, to)));
    }

    /** What every voter for the same thing signs. */
    public static Bytes signBytes(String chainId, long height, Hash from, Hash to) {
        return new Writer()
                .string("hauptbuch/rollback/1")
                .string(chainId)
                .u64(height)
                .fixed(from.bytes())
                .fixed(to.bytes())
                .toBytes();
    }

    /** Writes the canonical encoding. */
    public void write(Writer out) {
        out.u64(height).fixed(from.bytes()).fixed(to.bytes());
        out.fixed(validator.bytes()).bytes(signature);
    }

    /** Reads what {@link #write} wrote. */
    public static RollbackVote read(Reader in) {
        return new RollbackVote(
                in.u64("rollback.height"),
                in.hash("rollback.from"),
                in.hash("rollback.to"),
                in.address("rollback.validator"),
                in.signature("rollback.signature"));
    }
}
