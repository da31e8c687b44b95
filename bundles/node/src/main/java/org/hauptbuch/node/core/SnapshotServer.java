package org.hauptbuch.node.core;

import java.util.Optional;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.block.Checkpoint;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.ledger.LedgerView;
import org.hauptbuch.ledger.StateChunk;
import org.hauptbuch.ledger.StateReader;
import org.hauptbuch.node.chain.ChainStore;
import org.hauptbuch.node.chain.SnapshotStore;
import org.hauptbuch.node.core.Peers.Peer;
import org.hauptbuch.node.wire.SnapshotMessage;
import org.hauptbuch.node.wire.WireMessage;

/** Hands snapshots to peers that begin at a checkpoint, also while the node is halted. Belongs to the loop. */
final class SnapshotServer {
    /** What an answer costs whatever is in it. */
    private static final int LEAST_COST = 1 << 18;

    private final Parts parts;
    private final ChainStore chain;
    private final SnapshotStore store;
    private final Snapshots snapshots;
    private final StateReader state;

    SnapshotServer(Parts parts, ChainStore chain, SnapshotStore store, Snapshots snapshots, StateReader state) {
        this.parts = parts;
        this.chain = chain;
        this.store = store;
        this.snapshots = snapshots;
        this.state = state;
    }

    /** A peer wants to begin at a checkpoint. */
    void basis(Peer peer, SnapshotMessage.GetBasis asked) {
        if (!isAffordable(peer)) {
            return;
        }
        Checkpoint checkpoint = asked.checkpoint();
        Optional<SnapshotMessage.Body> body = has(checkpoint) ? body(checkpoint.height()) : Optional.empty();
        body.ifPresent(b -> peer.blocks.charge(b.block().length()));
        Optional<Hash> other = chain.certificate(checkpoint.height())
                .map(Certificate::block)
                .filter(hash -> !hash.equals(checkpoint.hash()));
        send(peer, new SnapshotMessage.Basis(checkpoint, body, other));
    }

    /** A peer wants a chunk. */
    void chunk(Peer peer, SnapshotMessage.GetChunk asked) {
        if (!isAffordable(peer)) {
            return;
        }
        Checkpoint checkpoint = asked.checkpoint();
        if (!has(checkpoint)) {
            send(peer, new SnapshotMessage.Chunk(checkpoint, asked.from(), Optional.empty()));
            return;
        }
        snapshots.served(checkpoint.height());
        parts.environment()
                .verifyLater(
                        () -> store.chunk(checkpoint.height(), asked.from()).map(StateChunk::encode), result -> {
                            // a copy that is removed while it is read has holes
                            Optional<Bytes> chunk =
                                    result.failure() == null && has(checkpoint) ? result.get() : Optional.empty();
                            chunk.ifPresent(bytes -> peer.blocks.charge(bytes.length()));
                            send(peer, new SnapshotMessage.Chunk(checkpoint, asked.from(), chunk));
                        });
    }

    private boolean has(Checkpoint checkpoint) {
        return store.at(checkpoint.height())
                .filter(info -> info.block().equals(checkpoint.hash()))
                .isPresent();
    }

    private Optional<SnapshotMessage.Body> body(long height) {
        Optional<Bytes> block = chain.encodedBlock(height);
        Optional<Certificate> certificate = chain.certificate(height);
        Optional<Bytes> validators =
                new LedgerView(state).validatorSetAt(height).map(ValidatorSet::encode);
        return block.isPresent() && certificate.isPresent() && validators.isPresent()
                ? Optional.of(new SnapshotMessage.Body(block.get(), certificate.get(), validators.get()))
                : Optional.empty();
    }

    private boolean isAffordable(Peer peer) {
        return parts.peers().spend(peer, peer.blocks, LEAST_COST, "requests for blocks");
    }

    private void send(Peer peer, SnapshotMessage message) {
        parts.outbox().send(peer.name, new WireMessage.Snapshots(message));
    }
}
