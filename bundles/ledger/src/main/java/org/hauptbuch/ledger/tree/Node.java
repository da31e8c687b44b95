package org.hauptbuch.ledger.tree;

import java.security.MessageDigest;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.proof.StateProof;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;

/** A place in the tree. What was read from a page stays there: nodes point into it. */
sealed interface Node permits Node.Hashed, Node.Leaf {
    /** Nothing below. */
    Empty EMPTY = new Empty();

    /** A place whose hash stands somewhere. */
    sealed interface Hashed extends Node permits Empty, Inner, Below {
        /** In which page it stands; of a new node, the hash alone. */
        Bytes page();

        /** Where in {@link #page} its 32 bytes begin. */
        int hashAt();
    }

    /** No leaf. */
    record Empty() implements Hashed {
        @Override
        public Bytes page() {
            return StateProof.emptyHash().bytes();
        }

        @Override
        public int hashAt() {
            return 0;
        }
    }

    /**
     * The only leaf of its subtree, lifted to here; as a change, a leaf to be. Its hash stands nowhere: most leaves
     * are read without its being asked for.
     */
    final class Leaf implements Node {
        /** The bytes of a leaf: the digest of its key, then that of its value. */
        static final int LENGTH = 2 * Hash.LENGTH;

        private final Bytes bytes;
        private final int at;

        /** The leaf that stands in {@code bytes} from {@code at} on; a change that removes has no value there. */
        Leaf(Bytes bytes, int at) {
            this.bytes = bytes;
            this.at = at;
        }

        /** The digest of the key. */
        Hash key() {
            return new Hash(bytes.slice(at, Hash.LENGTH));
        }

        /** The digest of the value. */
        Hash value() {
            return new Hash(bytes.slice(at + Hash.LENGTH, Hash.LENGTH));
        }

        /** Whether this is a change that removes. */
        boolean removes() {
            return bytes.length() - at == Hash.LENGTH;
        }

        /** Where the way to it goes: byte {@code index} of the key's digest. */
        byte pathAt(int index) {
            return bytes.at(at + index);
        }

        /** Whether the way to it goes right after {@code depth} steps. */
        boolean isRightAt(int depth) {
            return (pathAt(depth >> 3) >> 7 - (depth & 7) & 1) == 1;
        }

        /** Orders by the key's digest. */
        int compareKey(Leaf other) {
            return bytes.compare(at, other.bytes, other.at, Hash.LENGTH);
        }

        /** Writes the digests of key and value. */
        void write(Writer out) {
            out.fixed(bytes, at, LENGTH);
        }

        /** Feeds the digests of key and value to {@code digest}. */
        void feed(MessageDigest digest) {
            bytes.feed(digest, at, LENGTH);
        }
    }

    /**
     * Two or more leaves below.
     *
     * @param left where the next bit is 0
     * @param right where the next bit is 1
     * @param page in which its hash stands; of a new node, the hash alone
     * @param hashAt from where on
     */
    record Inner(Node left, Node right, Bytes page, int hashAt) implements Hashed {}

    /**
     * An inner node that is the top of another page.
     *
     * @param page in which its hash stands; of a new node, the hash alone
     * @param hashAt from where on
     */
    record Below(Bytes page, int hashAt) implements Hashed {}
}
