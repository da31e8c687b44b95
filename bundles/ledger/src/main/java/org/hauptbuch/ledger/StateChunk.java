package org.hauptbuch.ledger;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.hauptbuch.api.codec.Reader;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.proof.StateProof;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.ledger.tree.StateTree;
import org.hauptbuch.ledger.tree.TreeRange;

/**
 * All that a state holds between two digests of keys, provable by itself to whoever knows the state's root: whoever has
 * all chunks from the first digest to the last has the state. (Diem's state synchronization and Ethereum's snap protocol
 * cut states alike.)
 *
 * @param from the first digest that it is about
 * @param to the last digest that it is about
 * @param entries what the state holds there, by ascending digest of the key
 * @param outside the nodes of the tree beside it
 */
public record StateChunk(Hash from, Hash to, List<Entry> entries, List<Outside> outside) {
    /** A chunk ends with the entry with which its keys and values are this long together, or with its segment. */
    public static final int TARGET_BYTES = 1 << 18;

    /** States are cut in so many segments, by the first four bits of the digest, each of which is cut into chunks. */
    public static final int SEGMENTS = 16;

    private static final int MAX_ENTRIES = TARGET_BYTES;
    private static final int MAX_OUTSIDE = 2 * StateProof.MAX_DEPTH;

    /**
     * A key of the state and its value.
     *
     * @param key at most {@link StateProof#MAX_KEY_BYTES}
     * @param value at most {@link StateProof#MAX_VALUE_BYTES}
     */
    public record Entry(Bytes key, Bytes value) {
        /** What it counts towards {@link #TARGET_BYTES}. */
        public int bytes() {
            return key.length() + value.length();
        }
    }

    /**
     * A node of the tree beside the chunk.
     *
     * @param inner the hash of an inner node
     * @param leaf the digests of a leaf; both are empty where nothing stands
     */
    public record Outside(Optional<Hash> inner, Optional<StateProof.Leaf> leaf) {
        /** Nothing stands there. */
        public static final Outside NOTHING = new Outside(Optional.empty(), Optional.empty());
    }

    public StateChunk {
        entries = List.copyOf(entries);
        outside = List.copyOf(outside);
    }

    /** The first digest of a segment. */
    public static Hash firstOf(int segment) {
        byte[] digest = Hash.ZERO.toArray();
        digest[0] = (byte) (segment << 4);
        return new Hash(Bytes.of(digest));
    }

    /** The last digest of the segment that {@code digest} is in. */
    public static Hash lastOf(Hash digest) {
        byte[] last = new byte[Hash.LENGTH];
        Arrays.fill(last, (byte) 0xff);
        last[0] = (byte) (digest.bytes().at(0) | 0x0f);
        return new Hash(Bytes.of(last));
    }

    /** The digest after {@code digest}, or nothing after the very last. */
    public static Optional<Hash> after(Hash digest) {
        byte[] next = digest.toArray();
        for (int i = next.length - 1; i >= 0; i--) {
            if (++next[i] != 0) {
                return Optional.of(new Hash(Bytes.of(next)));
            }
        }
        return Optional.empty();
    }

    /** The chunk of these entries, which is all that the tree in {@code pages} holds there. */
    public static StateChunk of(Hash from, Hash to, List<Entry> entries, Function<Bytes, Optional<Bytes>> pages) {
        return new StateChunk(from, to, entries, new TreeRange(from, to).prove(pages));
    }

    /** Whether it reaches to the end of its segment. */
    public boolean endsSegment() {
        return to.equals(lastOf(from));
    }

    /**
     * Whether the state with this root holds exactly these entries from {@link #from} to {@link #to}, and the chunk is
     * cut where it has to be: at the end of the segment, or with the entry that fills it.
     */
    public boolean verify(Hash root) {
        long bytes = 0;
        List<StateProof.Leaf> leaves = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            if (bytes >= TARGET_BYTES) {
                return false;
            }
            bytes += entry.bytes();
            leaves.add(new StateProof.Leaf(Hash.sha256(entry.key), Hash.sha256(entry.value)));
        }
        if (from.compareTo(to) > 0 || to.compareTo(lastOf(from)) > 0) {
            return false;
        }
        boolean cut =
                bytes >= TARGET_BYTES && leaves.get(leaves.size() - 1).keyHash().equals(to);
        return (cut || endsSegment())
                && new TreeRange(from, to).root(leaves, outside).equals(Optional.of(root));
    }

    /** What adds the entries to {@code state}, a state that holds the chunks that were added before and nothing else. */
    public StateChange addTo(StateReader state) {
        SortedMap<Bytes, Optional<Bytes>> values = new TreeMap<>();
        entries.forEach(entry -> values.put(entry.key, Optional.of(entry.value)));
        return StateTree.apply(state, values);
    }

    /** The root of a state, as its tree has it. */
    public static Hash rootOf(StateReader state) {
        return StateTree.root(state);
    }

    /** The canonical encoding. */
    public Bytes encode() {
        Writer out = new Writer(TARGET_BYTES + 4096);
        out.fixed(from.bytes()).fixed(to.bytes());
        out.list(entries, (w, entry) -> w.bytes(entry.key).bytes(entry.value));
        out.list(outside, StateChunk::write);
        return out.toBytes();
    }

    /**
     * Reads what {@link #encode} wrote; {@link #verify} decides whether it is true.
     *
     * @throws org.hauptbuch.api.error.PoSException SECURITY_VALIDATION_FAILED, naming field, value and range
     */
    public static StateChunk decode(Bytes encoded) {
        Reader in = new Reader(encoded, PoSError.SECURITY_VALIDATION_FAILED);
        StateChunk chunk = new StateChunk(
                in.hash("chunk.from"),
                in.hash("chunk.to"),
                in.list(
                        "chunk.entries",
                        MAX_ENTRIES,
                        r -> new Entry(
                                r.bytes("chunk.key", StateProof.MAX_KEY_BYTES),
                                r.bytes("chunk.value", StateProof.MAX_VALUE_BYTES))),
                in.list("chunk.outside", MAX_OUTSIDE, StateChunk::readOutside));
        in.end();
        return chunk;
    }

    private static void write(Writer out, Outside node) {
        out.optional(node.inner(), (w, hash) -> w.fixed(hash.bytes()));
        out.optional(node.leaf(), (w, leaf) -> w.fixed(leaf.keyHash().bytes())
                .fixed(leaf.valueHash().bytes()));
    }

    private static Outside readOutside(Reader in) {
        return new Outside(
                in.optional("chunk.inner", r -> r.hash("chunk.inner")),
                in.optional(
                        "chunk.leaf", r -> new StateProof.Leaf(r.hash("chunk.leaf.key"), r.hash("chunk.leaf.value"))));
    }
}
