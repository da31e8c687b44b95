package org.hauptbuch.ledger.tree;

import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Optional;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.proof.StateProof;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;

/**
 * The tree's hashes, with the same digests for a whole update: the same as {@link StateProof}'s, which are written for
 * clarity, and tested against them. Not thread-safe.
 */
final class TreeHash {
    private static final byte[] LEAF = "JMT::LeafNode".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] INNER = "JMT::IntrnalNode".getBytes(StandardCharsets.US_ASCII);

    private final MessageDigest digest = Hash.newDigest();
    private final MessageDigest leafDigest = Hash.newDigest();
    private final byte[] leafHash = new byte[Hash.LENGTH];

    /** The leaf of a key and its value; without one, only the key's place. */
    Node.Leaf leaf(Bytes key, Optional<Bytes> value) {
        Writer out = new Writer(value.isPresent() ? Node.Leaf.LENGTH : Hash.LENGTH);
        key.feed(digest);
        out.digest(digest);
        if (value.isPresent()) {
            value.get().feed(digest);
            out.digest(digest);
        }
        return new Node.Leaf(out.toBytes(), 0);
    }

    /** The hash of {@code node}. */
    Hash of(Node node) {
        if (node instanceof Node.Leaf leaf) {
            feed(leaf);
            return Hash.of(leafDigest);
        }
        Node.Hashed hashed = (Node.Hashed) node;
        return new Hash(hashed.page().slice(hashed.hashAt(), Hash.LENGTH));
    }

    /** Whether both have the same hash. */
    boolean same(Node a, Node b) {
        return a instanceof Node.Hashed one && b instanceof Node.Hashed other
                ? one.page().compare(one.hashAt(), other.page(), other.hashAt(), Hash.LENGTH) == 0
                : of(a).equals(of(b));
    }

    Node.Inner inner(Node left, Node right) {
        digest.update(INNER);
        feedHash(left);
        feedHash(right);
        return new Node.Inner(left, right, Hash.of(digest).bytes(), 0);
    }

    private void feedHash(Node node) {
        if (node instanceof Node.Leaf leaf) {
            feed(leaf);
            try {
                leafDigest.digest(leafHash, 0, Hash.LENGTH);
            } catch (DigestException e) {
                throw new IllegalStateException("SHA-256 gives more than " + Hash.LENGTH + " bytes", e);
            }
            digest.update(leafHash);
        } else {
            Node.Hashed hashed = (Node.Hashed) node;
            hashed.page().feed(digest, hashed.hashAt(), Hash.LENGTH);
        }
    }

    private void feed(Node.Leaf leaf) {
        leafDigest.update(LEAF);
        leaf.feed(leafDigest);
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
