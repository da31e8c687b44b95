package org.hauptbuch.node.chain;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hauptbuch.api.block.Block;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.block.Checkpoint;
import org.hauptbuch.api.codec.Reader;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.store.Batch;
import org.hauptbuch.api.store.Store;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.ledger.StateChunk;

/**
 * A state that is being fetched from peers: while its mark is in the store, what lies in the state's spaces is a part of
 * a state and no chain's. The mark says how far each segment is, and changes in one commit with what it is about, so
 * that whatever is in the store was verified.
 */
public final class PendingState {
    private static final Bytes MARK = new Writer().u8('y').toBytes();
    private static final Bytes BASIS = new Writer().u8('Y').toBytes();
    private static final int STEP = 4_096;

    private final Store store;

    /**
     * What the state belongs to.
     *
     * @param block the checkpoint's block, whose hash is trusted
     * @param certificate what made it final
     */
    public record Basis(CandidateBlock block, Certificate certificate) {
        /** Its name. */
        public Checkpoint checkpoint() {
            return new Checkpoint(block.block().height(), block.hash());
        }
    }

    /** The one in {@code store}, if there is any. */
    public PendingState(Store store) {
        this.store = store;
    }

    /** Whether a part of a state is in the store. */
    public boolean isPresent() {
        return store.get(Store.Space.META, MARK).isPresent();
    }

    /** What it belongs to; empty where it is only left to be removed. */
    public Optional<Basis> basis() {
        return store.get(Store.Space.META, BASIS).map(value -> {
            Reader in = new Reader(value, PoSError.CONSENSUS_STATE_UPDATE_FAILED);
            Bytes block = in.bytes("basis.block", Block.MAX_BYTES);
            Basis basis = new Basis(CandidateBlock.decode(block), Certificate.read(in));
            in.end();
            return basis;
        });
    }

    /** The digest with which each segment goes on; empty where it is whole. */
    public List<Optional<Hash>> cursors() {
        return store.get(Store.Space.META, MARK)
                .map(value -> {
                    Reader in = new Reader(value, PoSError.CONSENSUS_STATE_UPDATE_FAILED);
                    List<Optional<Hash>> cursors =
                            in.list("cursors", StateChunk.SEGMENTS, r -> r.optional("cursor", c -> c.hash("cursor")));
                    in.end();
                    return cursors;
                })
                .orElseGet(PendingState::start);
    }

    /** The cursors of a state of which nothing is here. */
    public static List<Optional<Hash>> start() {
        return IntStream.range(0, StateChunk.SEGMENTS)
                .mapToObj(segment -> Optional.of(StateChunk.firstOf(segment)))
                .toList();
    }

    /** What begins it. */
    public static Batch begin(Basis basis) {
        Writer out = new Writer(basis.block().encoded().length() + 4096)
                .bytes(basis.block().encoded());
        basis.certificate().write(out);
        return advance(new Batch().put(Store.Space.META, BASIS, out.toBytes()), start());
    }

    /** Adds how far each segment is to {@code batch}. */
    public static Batch advance(Batch batch, List<Optional<Hash>> cursors) {
        Bytes value = new Writer(16 + cursors.size() * 33)
                .list(cursors, (w, cursor) -> w.optional(cursor, (v, hash) -> v.fixed(hash.bytes())))
                .toBytes();
        return batch.put(Store.Space.META, MARK, value);
    }

    /** Adds to {@code batch} that the state is whole, or that nothing of it is left. */
    public static Batch end(Batch batch) {
        return batch.remove(Store.Space.META, BASIS).remove(Store.Space.META, MARK);
    }

    /** What removes a part of it; empty where nothing is left. From then on it cannot be gone on with. */
    public Optional<Batch> removal() {
        if (!isPresent()) {
            return Optional.empty();
        }
        Batch batch = new Batch();
        for (Store.Space space : List.of(Store.Space.STATE, Store.Space.TREE)) {
            store.scan(space, Bytes.EMPTY, (key, value) -> {
                batch.remove(space, key);
                return batch.changes().size() < STEP;
            });
        }
        if (batch.changes().size() < STEP) {
            return Optional.of(end(batch));
        }
        batch.remove(Store.Space.META, BASIS);
        return Optional.of(advance(batch, Collections.nCopies(StateChunk.SEGMENTS, Optional.empty())));
    }
}
