package org.hauptbuch.api.store;

import java.util.Optional;
import org.hauptbuch.api.value.Bytes;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * An ordered map from bytes to bytes in several spaces, with atomic durable commits. Reads see the last commit. Reads
 * from any thread; commits from one thread at a time.
 */
@ConsumerType
public interface Store extends AutoCloseable {
    /** The parts of a store; each has keys of its own. */
    enum Space {
        /** Heights, genesis, the active rule set. */
        META,
        /** Blocks, certificates, transaction index and receipts. */
        BLOCKS,
        /** The ledger's keys and values. */
        STATE,
        /** The nodes of the authenticated tree. */
        TREE,
        /** Signing records: what this validator signed, written before it is sent. */
        SIGNING,
        /** Rule jars by SHA-256. */
        RULES,
        /** Copies of the state at checkpoints, for nodes that begin there. */
        SNAPSHOTS
    }

    /** The value of {@code key}, if it has one. */
    Optional<Bytes> get(Space space, Bytes key);

    /**
     * Visits the entries whose key begins with {@code prefix}, by ascending key, until {@code visitor} returns false.
     */
    void scan(Space space, Bytes prefix, Visitor visitor);

    /** As the other, from the key {@code from} on. */
    default void scan(Space space, Bytes prefix, Bytes from, Visitor visitor) {
        scan(space, prefix, (key, value) -> key.compareTo(from) < 0 || visitor.visit(key, value));
    }

    /**
     * What the store holds now, to be read while commits go on; empty where a store cannot give that. To be closed: as
     * long as it is open, nothing of what it sees is freed.
     */
    default Optional<View> view() {
        return Optional.empty();
    }

    /** Bytes that can still be written, as far as the store knows; {@link Long#MAX_VALUE} where it does not. */
    default long usableBytes() {
        return Long.MAX_VALUE;
    }

    /** Makes all of {@code batch} durable (synced) or nothing of it. */
    void commit(Batch batch);

    @Override
    void close();

    /** One moment of a store. Reads from any thread; one that comes after {@link #close} or the store's is refused. */
    interface View extends AutoCloseable {
        /** The value of {@code key} at that moment, if it had one. */
        Optional<Bytes> get(Space space, Bytes key);

        /** As {@link Store#scan(Space, Bytes, Bytes, Visitor)}, of that moment. */
        void scan(Space space, Bytes prefix, Bytes from, Visitor visitor);

        @Override
        void close();
    }

    /** Sees one entry. */
    @FunctionalInterface
    interface Visitor {
        /** Returns whether to go on. */
        boolean visit(Bytes key, Bytes value);
    }
}
