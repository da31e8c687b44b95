package org.hauptbuch.ledger.tree;

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

    /** The key of the page whose top is {@code depth} steps down the way to {@code leaf}. */
    static Bytes key(Node.Leaf leaf, int depth) {
        Writer out = new Writer(2 + (depth + 7) / 8).u8(depth >> 8).u8(depth);
        for (int i = 0; 8 * i < depth; i++) {
            int bits = Math.min(8, depth - 8 * i);
            out.u8(leaf.pathAt(i) & 0xff << 8 - bits);
        }
        return out.toBytes();
    }

    static Bytes encode(Node top) {
        Writer out = new Writer(length(top));
        write(out, top);
        return out.toBytes();
    }

    static Node decode(Bytes page) {
        Reader in = new Reader(page, PoSError.CONSENSUS_STATE_UPDATE_FAILED);
        Node top = read(page, in, 0);
        in.end();
        return top;
    }

    private static int length(Node node) {
        if (node instanceof Node.Leaf) {
            return 1 + Node.Leaf.LENGTH;
        } else if (node instanceof Node.Inner inner) {
            return 1 + Hash.LENGTH + length(inner.left()) + length(inner.right());
        }
        return node instanceof Node.Below ? 1 + Hash.LENGTH : 1;
    }

    private static void write(Writer out, Node node) {
        if (node instanceof Node.Leaf leaf) {
            leaf.write(out.u8(LEAF));
        } else if (node instanceof Node.Inner inner) {
            out.u8(INNER).fixed(inner.page(), inner.hashAt(), Hash.LENGTH);
            write(out, inner.left());
            write(out, inner.right());
        } else if (node instanceof Node.Below below) {
            out.u8(BELOW).fixed(below.page(), below.hashAt(), Hash.LENGTH);
        } else {
            out.u8(EMPTY);
        }
    }

    private static Node read(Bytes page, Reader in, int level) {
        int kind = in.u8("node.kind");
        switch (kind) {
            case EMPTY:
                return Node.EMPTY;
            case LEAF:
                return new Node.Leaf(page, in.skip("node.leaf", Node.Leaf.LENGTH));
            case INNER:
                if (level == LEVELS) {
                    throw in.refuse("node.kind", kind, "no inner node below the page's last level");
                }
                int hash = in.skip("node.hash", Hash.LENGTH);
                return new Node.Inner(read(page, in, level + 1), read(page, in, level + 1), page, hash);
            case BELOW:
                return new Node.Below(page, in.skip("node.hash", Hash.LENGTH));
            default:
                throw in.refuse("node.kind", kind, "0 to 3");
        }
    }
}
