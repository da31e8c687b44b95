package org.hauptbuch.node.core;

import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.store.Store;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.ledger.StateChange;
import org.hauptbuch.ledger.StateChunk;
import org.hauptbuch.node.chain.StoreReader;
import org.hauptbuch.node.wire.SnapshotMessage;

/**
 * A chunk that was verified.
 *
 * @param chunk the chunk
 * @param change what adds it to the state in the store
 */
record SyncChunk(StateChunk chunk, StateChange change) {
    /**
     * Reads an answer; on any thread.
     *
     * @throws PoSException where it is malformed, or does not verify against {@code stateRoot}
     */
    static SyncChunk check(SnapshotMessage.Chunk answer, Hash stateRoot, Store store) {
        StateChunk chunk = StateChunk.decode(answer.chunk().orElseThrow());
        if (!chunk.from().equals(answer.from()) || !chunk.verify(stateRoot)) {
            throw new PoSException(
                    PoSError.SECURITY_VALIDATION_FAILED,
                    "chunk " + answer.from().shortHex() + " does not verify against state root "
                            + stateRoot.shortHex());
        }
        return new SyncChunk(chunk, chunk.addTo(new StoreReader(store)));
    }
}
