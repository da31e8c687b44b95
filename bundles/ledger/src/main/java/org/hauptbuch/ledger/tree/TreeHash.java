package org.hauptbuch.ledger.tree;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.hauptbuch.api.proof.StateProof;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;

/**
 * The tree's hashes, with one digest for a whole update: the same as {@link StateProof}'s, which are written for
 * clarity, and tested against them. Not thread-safe.
 */
final class TreeHash {
    static final byte[] EMPTY = StateProof.emptyHash().toArray();

    private static final byte[] LEAF = "JMT::LeafNode".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] INNER = "JMT::IntrnalNode".getBytes(StandardCharsets.US_ASCII);

    private final MessageDigest digest = Hash.newDigest();

    byte[] of(Bytes bytes) {
        return digest.digest(bytes.toArray());
    }

    byte[] leaf(byte[] key, byte[] value) {
        digest.update(LEAF);
        digest.update(key);
        digest.update(value);
        return digest.digest();
    }

    Node.Inner inner(Node left, Node right) {
        // asked for first: a leaf that was not hashed yet needs the digest for itself
        byte[] leftHash = left.hash();
        byte[] rightHash = right.hash();
        digest.update(INNER);
        digest.update(leftHash);
        digest.update(rightHash);
        return new Node.Inner(left, right, digest.digest());
    }

    /** The shortest prefix rule: a lone leaf moves up until something stands beside it. */
    Node join(Node left, Node right) {
        if (right == Node.EMPTY && (left == Node.EMPTY || left instanceof Node.Leaf)) {
            return left;
        }
        if (left == Node.EMPTY && right instanceof Node.Leaf) {
            return right;
        }
        return inner(left, right);
    }
}
