package org.hauptbuch.ledger.tree;

import java.util.Arrays;
import org.hauptbuch.api.codec.Reader;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;

/**
 * How nodes lie in the store. A page holds four levels of the binary tree, top down, so that a way down costs a
 * quarter of the reads; where a page ends, only the hash of the next page's top stands. Leaves lie in the page in
 * which their way ends. A page's key is its top's path: the number of bits in two bytes, then the bits.
 */
final class Page {
    /** Levels in a page. */
    static final int LEVELS = 4;

    private static final int EMPTY = 0;
    private static final int LEAF = 1;
    private static final int INNER = 2;
    private static final int BELOW = 3;

    private Page() {}

    /** Whether the node at {@code depth} is the top of a page. */
    static boolean isTop(int depth) {
        return depth % LEVELS == 0;
    }

    /** The key of the page whose top is {@code depth} steps down the way to {@code leafKey}. */
    static Bytes key(byte[] leafKey, int depth) {
        int bytes = (depth + 7) / 8;
        byte[] key = new byte[2 + bytes];
        key[0] = (byte) (depth >> 8);
        key[1] = (byte) depth;
        System.arraycopy(leafKey, 0, key, 2, bytes);
        if (depth % 8 != 0) {
            key[key.length - 1] &= (byte) (0xff << 8 - depth % 8);
        }
        return Bytes.of(key);
    }

    static Bytes encode(Node top) {
        Writer out = new Writer(512);
        write(out, top);
        return out.toBytes();
    }

    static Node decode(Bytes page, TreeHash hashes) {
        Reader in = new Reader(page, PoSError.CONSENSUS_STATE_UPDATE_FAILED);
        Node top = read(in, hashes, 0);
        in.end();
        return top;
    }

    private static void write(Writer out, Node node) {
        if (node instanceof Node.Leaf leaf) {
            out.u8(LEAF).fixed(leaf.key()).fixed(leaf.value());
        } else if (node instanceof Node.Inner inner) {
            out.u8(INNER).fixed(inner.hash());
            write(out, inner.left());
            write(out, inner.right());
        } else if (node instanceof Node.Below below) {
            out.u8(BELOW).fixed(below.hash());
        } else {
            out.u8(EMPTY);
        }
    }

    private static Node read(Reader in, TreeHash hashes, int level) {
        int kind = in.u8("node.kind");
        switch (kind) {
            case EMPTY:
                return Node.EMPTY;
            case LEAF:
                return new Node.Leaf(bytes(in), bytes(in), hashes);
            case INNER:
                if (level == LEVELS) {
                    throw in.refuse("node.kind", kind, "no inner node below the page's last level");
                }
                byte[] hash = bytes(in);
                return new Node.Inner(read(in, hashes, level + 1), read(in, hashes, level + 1), hash);
            case BELOW:
                return new Node.Below(bytes(in));
            default:
                throw in.refuse("node.kind", kind, "0 to 3");
        }
    }

    private static byte[] bytes(Reader in) {
        return in.fixed("node.hash", Hash.LENGTH).toArray();
    }

    /** Whether bit {@code index} of {@code key} is 1, counted from the left. */
    static boolean bit(byte[] key, int index) {
        return (key[index >> 3] >> 7 - (index & 7) & 1) == 1;
    }

    static boolean same(Node a, Node b) {
        return Arrays.equals(a.hash(), b.hash());
    }
}
