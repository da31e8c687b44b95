package org.hauptbuch.api.proof;

import java.util.List;
import java.util.Optional;
import org.hauptbuch.api.codec.Reader;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;

/**
 * Proves what the state holds under one key, or that it holds nothing, to whoever knows a header's state root.
 *
 * <p>The tree is the Jellyfish Merkle tree (Gao, Hu, Wu 2021) with SHA-256, binary: a key's place follows from the
 * bits of its digest, a leaf is lifted to the shortest prefix that no other key shares. The way down from the root
 * ends either at the key's own leaf, or at another key's leaf, or at nothing; the last two prove absence.
 *
 * @param key the key in question
 * @param value what the state holds under it; empty where it holds nothing
 * @param other the leaf of another key that stands where this key's would; empty where it is present, or where nothing
 *     stands there
 * @param siblings the hashes beside the way, from its end up to the root, at most {@link #MAX_DEPTH}
 */
public record StateProof(Bytes key, Optional<Bytes> value, Optional<Leaf> other, List<Hash> siblings) {
    /** The most steps from the root to a leaf: the bits of a digest. */
    public static final int MAX_DEPTH = Hash.LENGTH * 8;

    /** The most bytes of a key that {@link #decode} takes: more than any key of the state has. */
    public static final int MAX_KEY_BYTES = 1_024;

    /** The most bytes of a value that {@link #decode} takes. */
    public static final int MAX_VALUE_BYTES = 1 << 20;

    /**
     * A leaf as the tree hashes it.
     *
     * @param keyHash the digest of its key
     * @param valueHash the digest of its value
     */
    public record Leaf(Hash keyHash, Hash valueHash) {
        /** The leaf's hash. */
        public Hash hash() {
            return Hash.sha256(Domain.LEAF, keyHash.toArray(), valueHash.toArray());
        }
    }

    public StateProof {
        siblings = List.copyOf(siblings);
    }

    /** The canonical encoding: key, value or nothing, other leaf or nothing, siblings. */
    public Bytes encode() {
        Writer out = new Writer(64 + Hash.LENGTH * siblings.size());
        out.bytes(key).optional(value, Writer::bytes);
        out.optional(other, (w, leaf) -> w.fixed(leaf.keyHash().bytes())
                .fixed(leaf.valueHash().bytes()));
        out.list(siblings, (w, hash) -> w.fixed(hash.bytes()));
        return out.toBytes();
    }

    /**
     * The proof that {@link #encode} wrote. Nothing is taken on trust: {@link #verify} decides.
     *
     * @throws org.hauptbuch.api.error.PoSException SECURITY_VALIDATION_FAILED where it is cut short, too long in any
     *     part, followed by anything, or has both a value and another leaf
     */
    public static StateProof decode(Bytes encoded) {
        Reader in = new Reader(encoded, PoSError.SECURITY_VALIDATION_FAILED);
        StateProof proof = new StateProof(
                in.bytes("proof.key", MAX_KEY_BYTES),
                in.optional("proof.value", r -> r.bytes("proof.value", MAX_VALUE_BYTES)),
                in.optional("proof.other", r -> new Leaf(r.hash("proof.other.key"), r.hash("proof.other.value"))),
                in.list("proof.siblings", MAX_DEPTH, r -> r.hash("proof.sibling")));
        in.end();
        if (proof.value.isPresent() && proof.other.isPresent()) {
            throw in.refuse("proof.other", "present", "absent where the key has a value");
        }
        return proof;
    }

    /** The hash of a subtree without leaves, and so the root of the empty state. */
    public static Hash emptyHash() {
        return Domain.EMPTY;
    }

    /** The hash of an inner node. */
    public static Hash innerHash(Hash left, Hash right) {
        return Hash.sha256(Domain.INNER, left.toArray(), right.toArray());
    }

    /** Whether the key is present, as far as this proof says. */
    public boolean present() {
        return value.isPresent();
    }

    /** Whether the state with this root holds exactly this value, or nothing, under the key. */
    public boolean verify(Hash root) {
        if (siblings.size() > MAX_DEPTH || value.isPresent() && other.isPresent()) {
            return false;
        }
        Hash keyHash = Hash.sha256(key);
        Hash hash;
        if (value.isPresent()) {
            hash = new Leaf(keyHash, Hash.sha256(value.get())).hash();
        } else if (other.isPresent()) {
            if (!standsInTheWay(other.get().keyHash(), keyHash)) {
                return false;
            }
            hash = other.get().hash();
        } else {
            hash = Domain.EMPTY;
        }
        int depth = siblings.size();
        for (Hash sibling : siblings) {
            depth--;
            hash = bit(keyHash, depth) ? innerHash(sibling, hash) : innerHash(hash, sibling);
        }
        return hash.equals(root);
    }

    /** Another key's leaf proves absence only where it is on this key's way down. */
    private boolean standsInTheWay(Hash otherKey, Hash keyHash) {
        if (otherKey.equals(keyHash)) {
            return false;
        }
        for (int i = 0; i < siblings.size(); i++) {
            if (bit(otherKey, i) != bit(keyHash, i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean bit(Hash hash, int index) {
        return (hash.bytes().at(index >> 3) >> 7 - (index & 7) & 1) == 1;
    }
}
