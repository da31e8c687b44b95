package org.hauptbuch.api.proof;

import java.nio.charset.StandardCharsets;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;

/** What tells leaves from inner nodes: the prefixes of the original (diem/jmt), its spelling included. */
final class Domain {
    static final byte[] LEAF = "JMT::LeafNode".getBytes(StandardCharsets.US_ASCII);
    static final byte[] INNER = "JMT::IntrnalNode".getBytes(StandardCharsets.US_ASCII);
    static final Hash EMPTY =
            new Hash(Bytes.of("SPARSE_MERKLE_PLACEHOLDER_HASH__".getBytes(StandardCharsets.US_ASCII)));

    private Domain() {}
}
