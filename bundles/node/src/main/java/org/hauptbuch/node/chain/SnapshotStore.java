package org.hauptbuch.node.chain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.hauptbuch.api.codec.Reader;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.proof.StateProof;
import org.hauptbuch.api.store.Batch;
import org.hauptbuch.api.store.Store;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.ledger.StateChunk;

/**
 * Copies of the state at checkpoints: the entries by the digest of their key, which is the order of the tree, and the
 * tree's pages. A copy counts once it is whole; until then, and while it is removed, only a mark names it. Reads from any
 * thread.
 */
public final class SnapshotStore {
    private static final int STEP_BYTES = 1 << 18;
    private static final int STEP_ENTRIES = 2_048;

    private final Store store;

    /**
     * A whole copy.
     *
     * @param height the height of the checkpoint
     * @param block its hash
     * @param stateRoot the root of the state
     * @param entries entries of the state
     * @param bytes bytes of their keys and values
     */
    public record Info(long height, Hash block, Hash stateRoot, long entries, long bytes) {}

    /**
     * A part of the work of copying.
     *
     * @param batch what to commit
     * @param next where to go on; empty at the end of the space
     * @param entries entries in the batch
     * @param bytes bytes of their keys and values
     */
    public record Step(Batch batch, Optional<Bytes> next, long entries, long bytes) {}

    /** The copies in {@code store}. */
    public SnapshotStore(Store store) {
        this.store = store;
    }

    /** The store itself. */
    public Store store() {
        return store;
    }

    /** The whole copies by ascending height. */
    public List<Info> all() {
        List<Info> all = new ArrayList<>();
        store.scan(Store.Space.SNAPSHOTS, key('i').toBytes(), (key, value) -> all.add(info(value)));
        return all;
    }

    /** The whole copy at {@code height}. */
    public Optional<Info> at(long height) {
        return store.get(Store.Space.SNAPSHOTS, key('i').u64(height).toBytes()).map(SnapshotStore::info);
    }

    /** The heights of copies that were begun and are not whole. */
    public SortedSet<Long> unfinished() {
        SortedSet<Long> heights = new TreeSet<>();
        store.scan(Store.Space.SNAPSHOTS, key('w').toBytes(), (key, value) -> {
            heights.add(new Reader(value, PoSError.CONSENSUS_STATE_UPDATE_FAILED).u64("height"));
            return true;
        });
        return heights;
    }

    /** What begins a copy. */
    public static Batch begin(long height) {
        return new Batch()
                .put(
                        Store.Space.SNAPSHOTS,
                        key('w').u64(height).toBytes(),
                        new Writer().u64(height).toBytes());
    }

    /** What makes a copy whole. */
    public static Batch finish(Info info) {
        Bytes value = new Writer()
                .u64(info.height)
                .fixed(info.block.bytes())
                .fixed(info.stateRoot.bytes())
                .u64(info.entries)
                .u64(info.bytes)
                .toBytes();
        return new Batch()
                .put(Store.Space.SNAPSHOTS, key('i').u64(info.height).toBytes(), value)
                .remove(Store.Space.SNAPSHOTS, key('w').u64(info.height).toBytes());
    }

    /**
     * Copies entries of the state from the key {@code from} on.
     *
     * @throws org.hauptbuch.api.error.PoSException where an entry is larger than a chunk can carry
     */
    public static Step copyValues(Store.View view, long height, Bytes from) {
        return copy(view, Store.Space.STATE, from, (batch, key, value) -> {
            if (key.length() > StateProof.MAX_KEY_BYTES || value.length() > StateProof.MAX_VALUE_BYTES) {
                throw PoSException.outOfRange(
                        PoSError.CONSENSUS_STATE_UPDATE_FAILED,
                        "an entry of the state",
                        "a key of " + key.length() + " bytes and a value of " + value.length(),
                        "at most " + StateProof.MAX_KEY_BYTES + " and " + StateProof.MAX_VALUE_BYTES
                                + " to be in a snapshot");
            }
            Bytes pair = new Writer(key.length() + value.length() + 8)
                    .bytes(key)
                    .bytes(value)
                    .toBytes();
            batch.put(
                    Store.Space.SNAPSHOTS,
                    key('v').u64(height).fixed(Hash.sha256(key).bytes()).toBytes(),
                    pair);
        });
    }

    /** Copies pages of the tree from the key {@code from} on. */
    public static Step copyPages(Store.View view, long height, Bytes from) {
        return copy(
                view,
                Store.Space.TREE,
                from,
                (batch, key, value) -> batch.put(Store.Space.SNAPSHOTS, page(height, key), value));
    }

    /** The chunk of the copy at {@code height} that begins with the digest {@code from}; empty where there is none. */
    public Optional<StateChunk> chunk(long height, Hash from) {
        if (at(height).isEmpty()) {
            return Optional.empty();
        }
        List<StateChunk.Entry> entries = new ArrayList<>();
        Hash last = StateChunk.lastOf(from);
        long[] bytes = {0};
        Hash[] to = {last};
        Bytes prefix = key('v').u64(height).toBytes();
        store.scan(Store.Space.SNAPSHOTS, prefix, join(prefix, from.bytes()), (key, value) -> {
            Hash digest = new Hash(Bytes.of(key.toArray(), prefix.length(), Hash.LENGTH));
            if (digest.compareTo(last) > 0) {
                return false;
            }
            StateChunk.Entry entry = entry(value);
            entries.add(entry);
            bytes[0] += entry.bytes();
            if (bytes[0] >= StateChunk.TARGET_BYTES) {
                to[0] = digest;
                return false;
            }
            return true;
        });
        return Optional.of(
                StateChunk.of(from, to[0], entries, key -> store.get(Store.Space.SNAPSHOTS, page(height, key))));
    }

    /** Reads all entries of the copy at {@code height}. */
    public void read(long height, Consumer<StateChunk.Entry> to) {
        store.scan(Store.Space.SNAPSHOTS, key('v').u64(height).toBytes(), (key, value) -> {
            to.accept(entry(value));
            return true;
        });
    }

    /** What removes a part of the copy at {@code height}; empty where nothing of it is left. From then on it is not whole. */
    public Optional<Batch> removal(long height) {
        Bytes mark = key('w').u64(height).toBytes();
        Batch batch = new Batch();
        for (char kind : new char[] {'v', 'n'}) {
            store.scan(Store.Space.SNAPSHOTS, key(kind).u64(height).toBytes(), (key, value) -> {
                batch.remove(Store.Space.SNAPSHOTS, key);
                return batch.changes().size() < STEP_ENTRIES;
            });
        }
        boolean last = batch.changes().size() < STEP_ENTRIES;
        if (last) {
            if (batch.changes().isEmpty()
                    && at(height).isEmpty()
                    && store.get(Store.Space.SNAPSHOTS, mark).isEmpty()) {
                return Optional.empty();
            }
            batch.remove(Store.Space.SNAPSHOTS, mark);
        } else {
            batch.put(Store.Space.SNAPSHOTS, mark, new Writer().u64(height).toBytes());
        }
        return Optional.of(
                batch.remove(Store.Space.SNAPSHOTS, key('i').u64(height).toBytes()));
    }

    private interface Copier {
        void copy(Batch batch, Bytes key, Bytes value);
    }

    private static Step copy(Store.View view, Store.Space space, Bytes from, Copier copier) {
        Batch batch = new Batch();
        long[] counts = {0, 0};
        List<Bytes> next = new ArrayList<>();
        view.scan(space, Bytes.EMPTY, from, (key, value) -> {
            if (counts[0] >= STEP_ENTRIES || counts[1] >= STEP_BYTES) {
                next.add(key);
                return false;
            }
            copier.copy(batch, key, value);
            counts[0]++;
            counts[1] += key.length() + value.length();
            return true;
        });
        return new Step(batch, next.stream().findFirst(), counts[0], counts[1]);
    }

    private static StateChunk.Entry entry(Bytes value) {
        Reader in = new Reader(value, PoSError.CONSENSUS_STATE_UPDATE_FAILED);
        StateChunk.Entry entry = new StateChunk.Entry(
                in.bytes("snapshot.key", StateProof.MAX_KEY_BYTES),
                in.bytes("snapshot.value", StateProof.MAX_VALUE_BYTES));
        in.end();
        return entry;
    }

    private static Info info(Bytes value) {
        Reader in = new Reader(value, PoSError.CONSENSUS_STATE_UPDATE_FAILED);
        Info info = new Info(
                in.u64("snapshot.height"),
                in.hash("snapshot.block"),
                in.hash("snapshot.stateRoot"),
                in.u64("snapshot.entries"),
                in.u64("snapshot.bytes"));
        in.end();
        return info;
    }

    private static Bytes page(long height, Bytes key) {
        return join(key('n').u64(height).toBytes(), key);
    }

    private static Bytes join(Bytes a, Bytes b) {
        return new Writer(a.length() + b.length()).fixed(a).fixed(b).toBytes();
    }

    private static Writer key(char kind) {
        return new Writer(64).u8(kind);
    }
}
