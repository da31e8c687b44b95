package org.hauptbuch.node.core;

import java.util.Optional;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.block.Checkpoint;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.ledger.Genesis;
import org.hauptbuch.node.chain.ChainStore;
import org.hauptbuch.node.chain.SnapshotStore;
import org.hauptbuch.node.chain.StoredState;
import org.hauptbuch.node.chain.Tip;
import org.hauptbuch.node.core.Peers.Peer;
import org.hauptbuch.node.wire.SnapshotMessage;

/** Where this node's chain begins, and what of it is kept for itself and others. Belongs to the loop. */
final class History {
    private final ChainStore chain;
    private final HistoryPolicy policy;
    private final Synchronizer synchronizer;
    private final StateSync sync;
    private final Snapshots snapshots;
    private final SnapshotServer server;
    private final Pruner pruner;

    /** Where a node begins. */
    enum Start {
        /** With the chain in its store, or at genesis. */
        HERE,
        /** At its trusted checkpoint, once its state is here. */
        AT_CHECKPOINT,
        /** Not at all: see {@link #refusal}. */
        REFUSED
    }

    History(
            Parts parts,
            Genesis genesis,
            ChainStore chain,
            StoredState state,
            HistoryPolicy policy,
            Synchronizer synchronizer,
            StateSync sync) {
        this.chain = chain;
        this.policy = policy;
        this.synchronizer = synchronizer;
        this.sync = sync;
        SnapshotStore store = new SnapshotStore(chain.store());
        this.snapshots = new Snapshots(parts, store, policy, genesis.parameters());
        this.server = new SnapshotServer(parts, chain, store, snapshots, state);
        this.pruner = new Pruner(parts, chain, policy);
    }

    Start start() {
        Optional<Hash> stored = policy.begin().flatMap(trusted -> chain.checkpoint(trusted.height())
                .map(Tip::hash)
                .or(() -> chain.certificate(trusted.height()).map(Certificate::block)));
        if (stored.isPresent() && !isTrusted(policy.begin().orElseThrow().height(), stored.get())) {
            return Start.REFUSED;
        }
        snapshots.start();
        chain.tip().ifPresent(tip -> pruner.follow(tip.height()));
        return sync.isDue() ? Start.AT_CHECKPOINT : Start.HERE;
    }

    /** Gets the state at the trusted checkpoint. */
    void fetch() {
        sync.start();
    }

    void stop() {
        sync.stop();
        snapshots.stop();
    }

    /** What the node waits for, while it gets its first state. */
    Optional<String> step() {
        return Optional.of(sync).filter(StateSync::isActive).map(StateSync::describe);
    }

    /** Whether a block may be final here: another one than the trusted checkpoint of its height never is. */
    boolean isTrusted(long height, Hash block) {
        return policy.begin()
                .filter(trusted -> trusted.height() == height && !trusted.hash().equals(block))
                .isEmpty();
    }

    /** Why a block is not trusted. */
    String refusal() {
        Checkpoint trusted = policy.begin().orElseThrow();
        return "the chain has another block at height " + trusted.height() + " than checkpoint " + trusted
                + ", which this node is told to trust: either is wrong";
    }

    /** The state after {@code tip} came from others. */
    void begun(Tip tip) {
        snapshots.make(tip);
    }

    /** A block is final. */
    void committed(Tip tip) {
        snapshots.follow(tip);
        pruner.follow(tip.height());
    }

    /** A peer can be sent to. */
    void connected(Peer peer) {
        sync.connected(peer);
    }

    /** A message of a peer. */
    void received(Peer peer, SnapshotMessage message) {
        if (message instanceof SnapshotMessage.GetBasis m) {
            server.basis(peer, m);
        } else if (message instanceof SnapshotMessage.Basis m) {
            sync.received(peer, m);
        } else if (message instanceof SnapshotMessage.GetChunk m) {
            server.chunk(peer, m);
        } else if (message instanceof SnapshotMessage.Chunk m) {
            sync.received(peer, m);
        } else if (message instanceof SnapshotMessage.Earliest m) {
            synchronizer.notKept(peer, m);
        }
    }
}
