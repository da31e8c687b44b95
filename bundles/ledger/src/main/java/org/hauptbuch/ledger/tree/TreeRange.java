package org.hauptbuch.ledger.tree;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.proof.StateProof;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.ledger.StateChunk;

/**
 * Proves all leaves between two places of the tree: what stands outside is given by the nodes beside the two ways down,
 * from left to right, what stands inside has to be built from the leaves. Where the tree ends above a place, the way
 * goes on through nothing, so that the shape of a proof follows from the two places alone.
 */
public final class TreeRange {
    private final TreeHash hashes = new TreeHash();
    private final byte[] from;
    private final byte[] to;

    private enum Where {
        OUTSIDE,
        INSIDE,
        BOTH
    }

    /** The leaves whose key's digest is {@code from} to {@code to}, both included. */
    public TreeRange(Hash from, Hash to) {
        this.from = from.toArray();
        this.to = to.toArray();
    }

    /** The nodes outside, of the tree in {@code pages}. */
    public List<StateChunk.Outside> prove(Function<Bytes, Optional<Bytes>> pages) {
        List<StateChunk.Outside> outside = new ArrayList<>();
        byte[] path = new byte[Hash.LENGTH];
        Node root = pages.apply(pageKey(path, 0)).map(Page::decode).orElse(Node.EMPTY);
        prove(pages, root, path, 0, outside);
        return outside;
    }

    /** The root of the tree of these leaves, by ascending key, and the nodes outside; empty where they do not fit. */
    public Optional<Hash> root(List<StateProof.Leaf> leaves, List<StateChunk.Outside> outside) {
        for (int i = 0; i < leaves.size(); i++) {
            byte[] key = leaves.get(i).keyHash().toArray();
            boolean ordered = i == 0
                    || leaves.get(i - 1).keyHash().compareTo(leaves.get(i).keyHash()) < 0;
            if (!ordered || Arrays.compareUnsigned(key, from) < 0 || Arrays.compareUnsigned(key, to) > 0) {
                return Optional.empty();
            }
        }
        Deque<StateProof.Leaf> inside = new ArrayDeque<>(leaves);
        Deque<StateChunk.Outside> beside = new ArrayDeque<>(outside);
        try {
            Node root = build(new byte[Hash.LENGTH], 0, inside, beside);
            boolean used = inside.isEmpty() && beside.isEmpty();
            return used ? Optional.of(hashes.of(root)) : Optional.empty();
        } catch (Misfit misfit) {
            return Optional.empty();
        }
    }

    private void prove(
            Function<Bytes, Optional<Bytes>> pages,
            Node node,
            byte[] path,
            int depth,
            List<StateChunk.Outside> outside) {
        Where where = where(path, depth);
        if (where == Where.INSIDE) {
            return;
        }
        if (where == Where.OUTSIDE) {
            outside.add(outside(node));
            return;
        }
        Node top = node instanceof Node.Below ? load(pages, path, depth) : node;
        Node left = Node.EMPTY;
        Node right = Node.EMPTY;
        if (top instanceof Node.Inner inner) {
            left = inner.left();
            right = inner.right();
        } else if (top instanceof Node.Leaf leaf) {
            if (leaf.isRightAt(depth)) {
                right = leaf;
            } else {
                left = leaf;
            }
        }
        prove(pages, left, path, depth + 1, outside);
        prove(pages, right, withOne(path, depth), depth + 1, outside);
    }

    private Node build(byte[] path, int depth, Deque<StateProof.Leaf> inside, Deque<StateChunk.Outside> beside) {
        switch (where(path, depth)) {
            case INSIDE:
                return grow(path, depth, inside);
            case OUTSIDE:
                return taken(path, depth, beside.poll());
            default:
                Node left = build(path, depth + 1, inside, beside);
                return hashes.join(left, build(withOne(path, depth), depth + 1, inside, beside));
        }
    }

    /** The subtree of the leaves below {@code path}, taken off the front of {@code inside}. */
    private Node grow(byte[] path, int depth, Deque<StateProof.Leaf> inside) {
        List<StateProof.Leaf> below = new ArrayList<>();
        while (!inside.isEmpty() && isBelow(inside.peek().keyHash().toArray(), path, depth)) {
            below.add(inside.poll());
        }
        return grow(depth, below);
    }

    private Node grow(int depth, List<StateProof.Leaf> leaves) {
        if (leaves.isEmpty()) {
            return Node.EMPTY;
        }
        if (leaves.size() == 1) {
            return leaf(leaves.get(0));
        }
        int middle = 0;
        while (middle < leaves.size() && !bit(leaves.get(middle).keyHash().toArray(), depth)) {
            middle++;
        }
        Node left = grow(depth + 1, leaves.subList(0, middle));
        return hashes.join(left, grow(depth + 1, leaves.subList(middle, leaves.size())));
    }

    /** A leaf is given by its digests and not by its hash: an inner node's hash in its place could be lifted. */
    private Node taken(byte[] path, int depth, StateChunk.Outside given) {
        if (given == null || given.inner().isPresent() && given.leaf().isPresent()) {
            throw new Misfit();
        }
        if (given.leaf().isPresent()) {
            if (!isBelow(given.leaf().get().keyHash().toArray(), path, depth)) {
                throw new Misfit();
            }
            return leaf(given.leaf().get());
        }
        return given.inner().isPresent() ? new Node.Below(given.inner().get().bytes(), 0) : Node.EMPTY;
    }

    private static Node leaf(StateProof.Leaf leaf) {
        Writer bytes = new Writer(Node.Leaf.LENGTH)
                .fixed(leaf.keyHash().bytes())
                .fixed(leaf.valueHash().bytes());
        return new Node.Leaf(bytes.toBytes(), 0);
    }

    private StateChunk.Outside outside(Node node) {
        if (node instanceof Node.Leaf leaf) {
            return new StateChunk.Outside(Optional.empty(), Optional.of(new StateProof.Leaf(leaf.key(), leaf.value())));
        }
        return node == Node.EMPTY
                ? StateChunk.Outside.NOTHING
                : new StateChunk.Outside(Optional.of(hashes.of(node)), Optional.empty());
    }

    private Node load(Function<Bytes, Optional<Bytes>> pages, byte[] path, int depth) {
        Bytes key = pageKey(path, depth);
        return pages.apply(key)
                .map(Page::decode)
                .orElseThrow(() -> new IllegalStateException("the state tree has no page " + key));
    }

    /** Where all that is below {@code path} stands: the first place below it has zeros behind, the last has ones. */
    private Where where(byte[] path, int depth) {
        byte[] last = path.clone();
        if (depth % 8 != 0) {
            last[depth / 8] |= (byte) (0xff >> depth % 8);
        }
        Arrays.fill(last, (depth + 7) / 8, last.length, (byte) 0xff);
        if (Arrays.compareUnsigned(last, from) < 0 || Arrays.compareUnsigned(path, to) > 0) {
            return Where.OUTSIDE;
        }
        return Arrays.compareUnsigned(path, from) >= 0 && Arrays.compareUnsigned(last, to) <= 0
                ? Where.INSIDE
                : Where.BOTH;
    }

    private static boolean isBelow(byte[] key, byte[] path, int depth) {
        for (int bit = 0; bit < depth; bit++) {
            if (bit(key, bit) != bit(path, bit)) {
                return false;
            }
        }
        return true;
    }

    private static byte[] withOne(byte[] path, int depth) {
        byte[] right = path.clone();
        right[depth >> 3] |= (byte) (0x80 >> (depth & 7));
        return right;
    }

    private static Bytes pageKey(byte[] path, int depth) {
        return Page.key(new Node.Leaf(Bytes.of(path), 0), depth);
    }

    private static boolean bit(byte[] path, int depth) {
        return (path[depth >> 3] >> 7 - (depth & 7) & 1) == 1;
    }

    /** The nodes outside are not as many, or not where, as the range asks for. */
    private static final class Misfit extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Misfit() {
            super("a node outside is missing or misplaced", null, false, false);
        }
    }
}
