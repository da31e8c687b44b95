package org.hauptbuch.ledger.tree;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hauptbuch.api.proof.StateProof;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.ledger.StateChange;
import org.hauptbuch.ledger.StateReader;

/**
 * The authenticated state: a Jellyfish Merkle tree (Gao, Hu, Wu 2021), binary, with SHA-256. A key's place is given by
 * the bits of its digest; a leaf stands at the shortest prefix that no other leaf shares. So the shape, and with it
 * the root, is a function of the keys and values alone. Only the latest version is kept.
 */
public final class StateTree {
    /** Where it goes does not matter: it begins at the root. */
    private static final Node.Leaf ANY_PATH = new Node.Leaf(Hash.ZERO.bytes(), 0);

    private final StateReader state;
    private final TreeHash hashes = new TreeHash();
    private final SortedMap<Bytes, Optional<Bytes>> pages = new TreeMap<>();

    private StateTree(StateReader state) {
        this.state = state;
    }

    /** The state after {@code values}, with its new root and pages. */
    public static StateChange apply(StateReader state, SortedMap<Bytes, Optional<Bytes>> values) {
        StateTree tree = new StateTree(state);
        Node before = tree.load(ANY_PATH, 0);
        Node.Leaf[] changes = tree.changes(values);
        Node after = tree.update(before, 0, changes, 0, changes.length);
        Bytes rootKey = Page.key(ANY_PATH, 0);
        if (after == Node.EMPTY) {
            if (before != Node.EMPTY) {
                tree.pages.put(rootKey, Optional.empty());
            }
        } else if (!tree.hashes.same(before, after)) {
            tree.pages.put(rootKey, Optional.of(Page.encode(after)));
        }
        return new StateChange(values, tree.pages, tree.hashes.of(after));
    }

    /** The root of {@code state}. */
    public static Hash root(StateReader state) {
        StateTree tree = new StateTree(state);
        return tree.hashes.of(tree.load(ANY_PATH, 0));
    }

    /** Proves what {@code state} holds under {@code key}. */
    public static StateProof prove(StateReader state, Bytes key) {
        StateTree tree = new StateTree(state);
        Node.Leaf path = tree.hashes.leaf(key, Optional.empty());
        List<Hash> siblings = new ArrayList<>();
        Node node = tree.load(path, 0);
        int depth = 0;
        while (node instanceof Node.Inner inner) {
            boolean right = path.isRightAt(depth);
            siblings.add(0, tree.hashes.of(right ? inner.left() : inner.right()));
            node = right ? inner.right() : inner.left();
            depth++;
            if (node instanceof Node.Below) {
                node = tree.load(path, depth);
            }
        }
        if (node instanceof Node.Leaf leaf) {
            if (leaf.compareKey(path) == 0) {
                return new StateProof(key, state.value(key), Optional.empty(), siblings);
            }
            return new StateProof(
                    key, Optional.empty(), Optional.of(new StateProof.Leaf(leaf.key(), leaf.value())), siblings);
        }
        return new StateProof(key, Optional.empty(), Optional.empty(), siblings);
    }

    private Node.Leaf[] changes(SortedMap<Bytes, Optional<Bytes>> values) {
        Node.Leaf[] changes = new Node.Leaf[values.size()];
        int i = 0;
        for (var entry : values.entrySet()) {
            changes[i++] = hashes.leaf(entry.getKey(), entry.getValue());
        }
        Arrays.sort(changes, Node.Leaf::compareKey);
        return changes;
    }

    /** The node at {@code depth} after the changes {@code from} to {@code to}, all of which lie below it. */
    private Node update(Node node, int depth, Node.Leaf[] changes, int from, int to) {
        if (from == to) {
            return node;
        }
        if (node instanceof Node.Inner inner) {
            int middle = split(changes, from, to, depth);
            Node left = child(inner.left(), depth + 1, changes, from, middle);
            Node right = child(inner.right(), depth + 1, changes, middle, to);
            return left == inner.left() && right == inner.right() ? node : hashes.join(left, right);
        }
        if (to - from == 1 && (node == Node.EMPTY || ((Node.Leaf) node).compareKey(changes[from]) == 0)) {
            return changes[from].removes() ? Node.EMPTY : changes[from];
        }
        Node.Leaf[] leaves =
                node instanceof Node.Leaf leaf ? withLeaf(leaf, changes, from, to) : puts(changes, from, to);
        return grow(depth, leaves, 0, leaves.length);
    }

    /** As {@link #update}, for a node that may be the top of a page: reads and writes the page. */
    private Node child(Node node, int depth, Node.Leaf[] changes, int from, int to) {
        if (from == to || !Page.isTop(depth)) {
            return update(node, depth, changes, from, to);
        }
        Node.Leaf path = changes[from];
        Node before = node instanceof Node.Below ? load(path, depth) : node;
        Node after = update(before, depth, changes, from, to);
        if (hashes.same(before, after)) {
            return node;
        }
        return stored(path, depth, after, node instanceof Node.Below);
    }

    /** What the parent holds of the top of a page: an inner node's page is written, a leaf moves up. */
    private Node stored(Node.Leaf path, int depth, Node top, boolean hadPage) {
        if (top instanceof Node.Inner inner) {
            pages.put(Page.key(path, depth), Optional.of(Page.encode(top)));
            return new Node.Below(inner.page(), inner.hashAt());
        }
        if (hadPage) {
            pages.put(Page.key(path, depth), Optional.empty());
        }
        return top;
    }

    /** A subtree of new leaves, where there was at most one leaf before. */
    private Node grow(int depth, Node.Leaf[] leaves, int from, int to) {
        if (from == to) {
            return Node.EMPTY;
        }
        if (to - from == 1) {
            return leaves[from];
        }
        int middle = split(leaves, from, to, depth);
        return hashes.join(grown(depth + 1, leaves, from, middle), grown(depth + 1, leaves, middle, to));
    }

    private Node grown(int depth, Node.Leaf[] leaves, int from, int to) {
        Node node = grow(depth, leaves, from, to);
        return Page.isTop(depth) && node != Node.EMPTY ? stored(leaves[from], depth, node, false) : node;
    }

    private Node load(Node.Leaf path, int depth) {
        Bytes key = Page.key(path, depth);
        Optional<Bytes> page = state.node(key);
        if (page.isEmpty() && depth > 0) {
            throw new IllegalStateException("the state tree has no page " + key);
        }
        return page.map(Page::decode).orElse(Node.EMPTY);
    }

    /** The first change whose bit at {@code depth} is 1; they are sorted. */
    private static int split(Node.Leaf[] changes, int from, int to, int depth) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = low + high >>> 1;
            if (changes[middle].isRightAt(depth)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private static Node.Leaf[] puts(Node.Leaf[] changes, int from, int to) {
        return Arrays.stream(changes, from, to)
                .filter(change -> !change.removes())
                .toArray(Node.Leaf[]::new);
    }

    private static Node.Leaf[] withLeaf(Node.Leaf leaf, Node.Leaf[] changes, int from, int to) {
        List<Node.Leaf> leaves = new ArrayList<>(to - from + 1);
        boolean placed = false;
        for (int i = from; i < to; i++) {
            int order = placed ? -1 : leaf.compareKey(changes[i]);
            if (!placed && order <= 0) {
                placed = true;
                if (order < 0) {
                    leaves.add(leaf);
                }
            }
            if (!changes[i].removes()) {
                leaves.add(changes[i]);
            }
        }
        if (!placed) {
            leaves.add(leaf);
        }
        return leaves.toArray(Node.Leaf[]::new);
    }
}
