package org.hauptbuch.node.chain;

import org.hauptbuch.api.codec.Reader;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;

/**
 * The last final block.
 *
 * @param height its height, 0 for genesis
 * @param hash its hash, the genesis hash at height 0
 * @param timeMillis its time, milliseconds since 1970
 * @param stateRoot the root of the state after it
 */
public record Tip(long height, Hash hash, long timeMillis, Hash stateRoot) {
    Bytes encode() {
        return new Writer()
                .u64(height)
                .fixed(hash.bytes())
                .u64(timeMillis)
                .fixed(stateRoot.bytes())
                .toBytes();
    }

    static Tip decode(Bytes encoded) {
        Reader in = new Reader(encoded, PoSError.CONSENSUS_STATE_UPDATE_FAILED);
        Tip tip = new Tip(in.u64("tip.height"), in.hash("tip.hash"), in.u64("tip.time"), in.hash("tip.stateRoot"));
        in.end();
        return tip;
    }
}
