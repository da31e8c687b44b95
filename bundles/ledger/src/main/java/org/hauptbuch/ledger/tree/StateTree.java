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
    private static final byte[] ROOT_PATH = new byte[Hash.LENGTH];

    private final StateReader state;
    private final TreeHash hashes = new TreeHash();
    private final SortedMap<Bytes, Optional<Bytes>> pages = new TreeMap<>();

    private StateTree(StateReader state) {
        this.state = state;
    }

    /**
     * A key's new value, as digests.
     *
     * @param key the digest of the key
     * @param value the digest of the value; null removes
     */
    private record Change(byte[] key, byte[] value) {}

    /** The state after {@code values}, with its new root and pages. */
    public static StateChange apply(StateReader state, SortedMap<Bytes, Optional<Bytes>> values) {
        StateTree tree = new StateTree(state);
        Node before = tree.load(ROOT_PATH, 0);
        Change[] changes = tree.changes(values);
        Node after = tree.update(before, 0, changes, 0, changes.length);
        Bytes rootKey = Page.key(ROOT_PATH, 0);
        if (after == Node.EMPTY) {
            if (before != Node.EMPTY) {
                tree.pages.put(rootKey, Optional.empty());
            }
        } else if (!Page.same(before, after)) {
            tree.pages.put(rootKey, Optional.of(Page.encode(after)));
        }
        return new StateChange(values, tree.pages, hash(after));
    }

    /** The root of {@code state}. */
    public static Hash root(StateReader state) {
        return hash(new StateTree(state).load(ROOT_PATH, 0));
    }

    /** Proves what {@code state} holds under {@code key}. */
    public static StateProof prove(StateReader state, Bytes key) {
        StateTree tree = new StateTree(state);
        byte[] path = tree.hashes.of(key);
        List<Hash> siblings = new ArrayList<>();
        Node node = tree.load(path, 0);
        int depth = 0;
        while (node instanceof Node.Inner inner) {
            boolean right = Page.bit(path, depth);
            siblings.add(0, hash(right ? inner.left() : inner.right()));
            node = right ? inner.right() : inner.left();
            depth++;
            if (node instanceof Node.Below) {
                node = tree.load(path, depth);
            }
        }
        if (node instanceof Node.Leaf leaf) {
            if (Arrays.equals(leaf.key(), path)) {
                return new StateProof(key, state.value(key), Optional.empty(), siblings);
            }
            return new StateProof(
                    key,
                    Optional.empty(),
                    Optional.of(new StateProof.Leaf(digest(leaf.key()), digest(leaf.value()))),
                    siblings);
        }
        return new StateProof(key, Optional.empty(), Optional.empty(), siblings);
    }

    private Change[] changes(SortedMap<Bytes, Optional<Bytes>> values) {
        Change[] changes = new Change[values.size()];
        int i = 0;
        for (var entry : values.entrySet()) {
            byte[] value = entry.getValue().map(hashes::of).orElse(null);
            changes[i++] = new Change(hashes.of(entry.getKey()), value);
        }
        Arrays.sort(changes, (a, b) -> Arrays.compareUnsigned(a.key, b.key));
        return changes;
    }

    /** The node at {@code depth} after the changes {@code from} to {@code to}, all of which lie below it. */
    private Node update(Node node, int depth, Change[] changes, int from, int to) {
        if (from == to) {
            return node;
        }
        if (node instanceof Node.Inner inner) {
            int middle = split(changes, from, to, depth);
            Node left = child(inner.left(), depth + 1, changes, from, middle);
            Node right = child(inner.right(), depth + 1, changes, middle, to);
            return left == inner.left() && right == inner.right() ? node : hashes.join(left, right);
        }
        Change[] leaves = node instanceof Node.Leaf leaf ? withLeaf(leaf, changes, from, to) : puts(changes, from, to);
        return grow(depth, leaves, 0, leaves.length);
    }

    /** As {@link #update}, for a node that may be the top of a page: reads and writes the page. */
    private Node child(Node node, int depth, Change[] changes, int from, int to) {
        if (from == to || !Page.isTop(depth)) {
            return update(node, depth, changes, from, to);
        }
        byte[] path = changes[from].key;
        Node before = node instanceof Node.Below ? load(path, depth) : node;
        Node after = update(before, depth, changes, from, to);
        if (Page.same(before, after)) {
            return node;
        }
        return stored(path, depth, after, node instanceof Node.Below);
    }

    /** What the parent holds of the top of a page: an inner node's page is written, a leaf moves up. */
    private Node stored(byte[] path, int depth, Node top, boolean hadPage) {
        if (top instanceof Node.Inner) {
            pages.put(Page.key(path, depth), Optional.of(Page.encode(top)));
            return new Node.Below(top.hash());
        }
        if (hadPage) {
            pages.put(Page.key(path, depth), Optional.empty());
        }
        return top;
    }

    /** A subtree of new leaves, where there was at most one leaf before. */
    private Node grow(int depth, Change[] leaves, int from, int to) {
        if (from == to) {
            return Node.EMPTY;
        }
        if (to - from == 1) {
            return new Node.Leaf(leaves[from].key, leaves[from].value, hashes);
        }
        int middle = split(leaves, from, to, depth);
        return hashes.join(grown(depth + 1, leaves, from, middle), grown(depth + 1, leaves, middle, to));
    }

    private Node grown(int depth, Change[] leaves, int from, int to) {
        Node node = grow(depth, leaves, from, to);
        return Page.isTop(depth) && node != Node.EMPTY ? stored(leaves[from].key, depth, node, false) : node;
    }

    private Node load(byte[] path, int depth) {
        Bytes key = Page.key(path, depth);
        Optional<Bytes> page = state.node(key);
        if (page.isEmpty() && depth > 0) {
            throw new IllegalStateException("the state tree has no page " + key);
        }
        return page.map(bytes -> Page.decode(bytes, hashes)).orElse(Node.EMPTY);
    }

    /** The first change whose bit at {@code depth} is 1; they are sorted. */
    private static int split(Change[] changes, int from, int to, int depth) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = low + high >>> 1;
            if (Page.bit(changes[middle].key, depth)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private static Change[] puts(Change[] changes, int from, int to) {
        return Arrays.stream(changes, from, to)
                .filter(change -> change.value != null)
                .toArray(Change[]::new);
    }

    private static Change[] withLeaf(Node.Leaf leaf, Change[] changes, int from, int to) {
        List<Change> leaves = new ArrayList<>(to - from + 1);
        boolean placed = false;
        for (int i = from; i < to; i++) {
            int order = placed ? -1 : Arrays.compareUnsigned(leaf.key(), changes[i].key);
            if (!placed && order <= 0) {
                placed = true;
                if (order < 0) {
                    leaves.add(new Change(leaf.key(), leaf.value()));
                }
            }
            if (changes[i].value != null) {
                leaves.add(changes[i]);
            }
        }
        if (!placed) {
            leaves.add(new Change(leaf.key(), leaf.value()));
        }
        return leaves.toArray(Change[]::new);
    }

    private static Hash hash(Node node) {
        return digest(node.hash());
    }

    private static Hash digest(byte[] bytes) {
        return new Hash(Bytes.of(bytes));
    }
}
