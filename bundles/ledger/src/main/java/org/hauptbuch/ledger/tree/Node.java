package org.hauptbuch.ledger.tree;

/** A place in the tree. */
sealed interface Node {
    /** Nothing below. */
    Empty EMPTY = new Empty();

    /** The 32 bytes of its hash; not to be changed. */
    byte[] hash();

    /** No leaf. */
    record Empty() implements Node {
        @Override
        public byte[] hash() {
            return TreeHash.EMPTY;
        }
    }

    /** The only leaf of its subtree, lifted to here. Most leaves of a page are read without their hash being asked for. */
    final class Leaf implements Node {
        private final byte[] key;
        private final byte[] value;
        private final TreeHash hashes;
        private byte[] hash;

        /** The leaf of a key and a value, by their digests. */
        Leaf(byte[] key, byte[] value, TreeHash hashes) {
            this.key = key;
            this.value = value;
            this.hashes = hashes;
        }

        /** The digest of the key. */
        byte[] key() {
            return key;
        }

        /** The digest of the value. */
        byte[] value() {
            return value;
        }

        @Override
        public byte[] hash() {
            if (hash == null) {
                hash = hashes.leaf(key, value);
            }
            return hash;
        }
    }

    /**
     * Two or more leaves below.
     *
     * @param left where the next bit is 0
     * @param right where the next bit is 1
     * @param hash its hash
     */
    record Inner(Node left, Node right, byte[] hash) implements Node {}

    /**
     * An inner node that is the top of another page.
     *
     * @param hash its hash
     */
    record Below(byte[] hash) implements Node {}
}
