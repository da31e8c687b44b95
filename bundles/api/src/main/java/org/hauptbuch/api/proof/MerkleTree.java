package org.hauptbuch.api.proof;

import java.security.DigestException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;

/**
 * The Merkle tree of RFC 6962, section 2.1, with SHA-256: leaves hashed as {@code 0x00 || leaf}, inner nodes as
 * {@code 0x01 || left || right}, the left part always the largest power of two that leaves something for the right.
 */
public final class MerkleTree {
    /** The root of no leaves: the digest of nothing. */
    public static final Hash EMPTY_ROOT = Hash.sha256(Bytes.EMPTY);

    private static final byte LEAF = 0;
    private static final byte INNER = 1;

    private MerkleTree() {}

    /** The hash of a leaf. */
    public static Hash leafHash(Bytes leaf) {
        return leafHash(Hash.newDigest(), leaf);
    }

    /** The root over {@code leaves}; {@link #EMPTY_ROOT} where there are none. */
    public static Hash root(List<Bytes> leaves) {
        return leaves.isEmpty() ? EMPTY_ROOT : new Subtrees(leaves).root(0, leaves.size());
    }

    /**
     * The audit path of a leaf (section 2.1.1): the siblings from the leaf up.
     *
     * @throws IndexOutOfBoundsException where {@code index} is not 0 to {@code leaves.size() - 1}
     */
    public static List<Hash> inclusionProof(List<Bytes> leaves, int index) {
        if (index < 0 || index >= leaves.size()) {
            throw new IndexOutOfBoundsException("leaf index: " + index + ", must be 0 to " + (leaves.size() - 1));
        }
        List<Hash> proof = new ArrayList<>();
        new Subtrees(leaves).path(index, 0, leaves.size(), proof);
        return List.copyOf(proof);
    }

    /**
     * Whether {@code proof} shows that the leaf with {@code leafHash} stands at {@code index} of the {@code size}
     * leaves under {@code root} (the algorithm of RFC 9162, section 2.1.3.2).
     */
    public static boolean verifyInclusion(Hash leafHash, long index, long size, List<Hash> proof, Hash root) {
        if (index < 0 || index >= size) {
            return false;
        }
        MessageDigest digest = Hash.newDigest();
        long node = index;
        long last = size - 1;
        Hash hash = leafHash;
        for (Hash sibling : proof) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                hash = innerHash(digest, sibling, hash);
                while ((node & 1) == 0 && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                hash = innerHash(digest, hash, sibling);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && hash.equals(root);
    }

    /**
     * The proof that the tree over the first {@code oldSize} leaves is a beginning of the tree over all (section
     * 2.1.2).
     *
     * @throws IndexOutOfBoundsException where {@code oldSize} is not 1 to {@code leaves.size()}
     */
    public static List<Hash> consistencyProof(List<Bytes> leaves, int oldSize) {
        if (oldSize < 1 || oldSize > leaves.size()) {
            throw new IndexOutOfBoundsException("old size: " + oldSize + ", must be 1 to " + leaves.size());
        }
        List<Hash> proof = new ArrayList<>();
        new Subtrees(leaves).consistency(oldSize, 0, leaves.size(), true, proof);
        return List.copyOf(proof);
    }

    /**
     * Whether {@code proof} shows that the {@code oldSize} leaves under {@code oldRoot} are the first of the
     * {@code newSize} leaves under {@code newRoot} (the algorithm of RFC 9162, section 2.1.4.2). An empty tree is no
     * beginning that could be proven: {@code oldSize} is 1 or more.
     */
    public static boolean verifyConsistency(long oldSize, Hash oldRoot, long newSize, Hash newRoot, List<Hash> proof) {
        if (oldSize < 1 || oldSize > newSize) {
            return false;
        }
        if (oldSize == newSize) {
            return proof.isEmpty() && oldRoot.equals(newRoot);
        }
        boolean complete = Long.bitCount(oldSize) == 1;
        if (proof.isEmpty()) {
            return false;
        }
        MessageDigest digest = Hash.newDigest();
        long node = oldSize - 1;
        long last = newSize - 1;
        while ((node & 1) == 1) {
            node >>= 1;
            last >>= 1;
        }
        // a complete old tree is itself the first node of the path, and so is not repeated in the proof
        Hash first = complete ? oldRoot : proof.get(0);
        Hash oldHash = first;
        Hash newHash = first;
        for (Hash sibling : proof.subList(complete ? 0 : 1, proof.size())) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                oldHash = innerHash(digest, sibling, oldHash);
                newHash = innerHash(digest, sibling, newHash);
                while ((node & 1) == 0 && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                newHash = innerHash(digest, newHash, sibling);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && oldHash.equals(oldRoot) && newHash.equals(newRoot);
    }

    private static Hash leafHash(MessageDigest digest, Bytes leaf) {
        digest.update(LEAF);
        leaf.feed(digest);
        return Hash.of(digest);
    }

    private static Hash innerHash(MessageDigest digest, Hash left, Hash right) {
        digest.update(INNER);
        left.bytes().feed(digest);
        right.bytes().feed(digest);
        return Hash.of(digest);
    }

    /** The largest power of two below {@code size}, which is 2 or more. */
    private static int split(int size) {
        return Integer.highestOneBit(size - 1);
    }

    /** The definitions of section 2.1 over one list, with one digest for all of them. */
    private static final class Subtrees {
        private final MessageDigest digest = Hash.newDigest();
        private final List<Bytes> leaves;

        Subtrees(List<Bytes> leaves) {
            this.leaves = leaves;
        }

        /** Level by level in one array: what is left over at the end of a level moves up, as the split has it. */
        Hash root(int from, int to) {
            byte[] hashes = new byte[(to - from) * Hash.LENGTH];
            for (int i = 0; i < to - from; i++) {
                digest.update(LEAF);
                leaves.get(from + i).feed(digest);
                put(hashes, i);
            }
            for (int size = to - from; size > 1; size = (size + 1) / 2) {
                for (int i = 0; i < size / 2; i++) {
                    digest.update(INNER);
                    digest.update(hashes, 2 * i * Hash.LENGTH, 2 * Hash.LENGTH);
                    put(hashes, i);
                }
                if (size % 2 == 1) {
                    System.arraycopy(hashes, (size - 1) * Hash.LENGTH, hashes, size / 2 * Hash.LENGTH, Hash.LENGTH);
                }
            }
            return new Hash(Bytes.of(hashes, 0, Hash.LENGTH));
        }

        private void put(byte[] hashes, int index) {
            try {
                digest.digest(hashes, index * Hash.LENGTH, Hash.LENGTH);
            } catch (DigestException e) {
                throw new IllegalStateException("SHA-256 gives more than " + Hash.LENGTH + " bytes", e);
            }
        }

        void path(int index, int from, int to, List<Hash> out) {
            if (to - from == 1) {
                return;
            }
            int middle = from + split(to - from);
            if (index < middle) {
                path(index, from, middle, out);
                out.add(root(middle, to));
            } else {
                path(index, middle, to, out);
                out.add(root(from, middle));
            }
        }

        void consistency(int oldSize, int from, int to, boolean whole, List<Hash> out) {
            int size = to - from;
            if (oldSize == size) {
                if (!whole) {
                    out.add(root(from, to));
                }
                return;
            }
            int split = split(size);
            if (oldSize <= split) {
                consistency(oldSize, from, from + split, whole, out);
                out.add(root(from + split, to));
            } else {
                consistency(oldSize - split, from + split, to, false, out);
                out.add(root(from, from + split));
            }
        }
    }
}
