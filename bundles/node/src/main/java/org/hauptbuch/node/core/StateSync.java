package org.hauptbuch.node.core;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.block.Checkpoint;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.store.Batch;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.ledger.Genesis;
import org.hauptbuch.ledger.LedgerView;
import org.hauptbuch.ledger.StateChunk;
import org.hauptbuch.node.chain.CandidateBlock;
import org.hauptbuch.node.chain.ChainStore;
import org.hauptbuch.node.chain.PendingState;
import org.hauptbuch.node.chain.StoreReader;
import org.hauptbuch.node.chain.StoredState;
import org.hauptbuch.node.chain.Tip;
import org.hauptbuch.node.core.Peers.Peer;
import org.hauptbuch.node.wire.SnapshotMessage;
import org.hauptbuch.node.wire.WireMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins a chain at a trusted checkpoint: gets its block and the state after it from peers, a chunk at a time, each
 * checked by itself against the state root of the trusted block before anything of it is stored. What is stored stays
 * over a restart, under a mark. Belongs to the loop.
 */
final class StateSync {
    private static final Logger LOG = LoggerFactory.getLogger(StateSync.class);
    private static final long ROUND_MILLIS = 3_000;
    private static final long TIMEOUT_MILLIS = 5_000;
    private static final long LATE_MILLIS = 1_000;
    private static final long PROGRESS_MILLIS = 5_000;
    private static final int MAX_REQUESTS = 4;
    /** So many rounds in which nobody connected offers a snapshot, and this node gives it up. */
    private static final int MAX_EMPTY_ROUNDS = 3;
    /** So many times as long where a part of the state is here. */
    private static final int PATIENCE = 7;

    private final Parts parts;
    private final Genesis genesis;
    private final ChainStore chain;
    private final StoredState state;
    private final PendingState pending;
    private final HistoryPolicy policy;
    private final Host host;
    private final SyncSources sources = new SyncSources();
    private final Deque<Arrived> arrived = new ArrayDeque<>();
    private PendingState.Basis basis;
    private SyncProgress progress = new SyncProgress(List.of());
    private Hash root = Hash.ZERO;
    private int emptyRounds;
    private boolean checking;
    /** Whose chunk is looked at. */
    private String applying;

    private boolean active;
    private long bytes;

    /** The node around it. */
    interface Host {
        /** The state is whole: the chain goes on here. */
        void begun(Tip tip, CandidateBlock block, Certificate certificate);

        /** It cannot go on like this, and says why; it goes on asking where that may help. */
        void contradicted(String why);

        /** Nobody has a snapshot: begins at genesis. */
        void fallBack();
    }

    private record Arrived(Peer peer, int segment, Hash from, SnapshotMessage.Chunk chunk) {}

    StateSync(Parts parts, Genesis genesis, ChainStore chain, StoredState state, HistoryPolicy policy, Host host) {
        this.parts = parts;
        this.genesis = genesis;
        this.chain = chain;
        this.state = state;
        this.pending = new PendingState(chain.store());
        this.policy = policy;
        this.host = host;
    }

    /** Whether the chain in the store begins by this and not by the genesis; removes a part of another state first. */
    boolean isDue() {
        if (pending.isPresent()
                && !pending.basis().map(PendingState.Basis::checkpoint).equals(policy.begin())) {
            remove();
        }
        return chain.tip().isEmpty() && policy.begin().isPresent();
    }

    /** Begins, or goes on with what is in the store. */
    void start() {
        active = true;
        pending.basis().ifPresent(this::accept);
        round();
        tell();
    }

    /** Forgets all that is under way; what is stored stays. */
    void stop() {
        active = false;
        sources.clear();
        arrived.clear();
    }

    boolean isActive() {
        return active;
    }

    /** How far it is, for people. */
    String describe() {
        return basis == null ? "asks for a snapshot" : "fetches the state, " + progress.percent() + " %";
    }

    /** A peer can be asked. */
    void connected(Peer peer) {
        if (active) {
            sources.meet(parts.peers().connected());
            askForBasis(List.of(peer));
        }
    }

    /** What a peer says that it begins with. */
    void received(Peer peer, SnapshotMessage.Basis answer) {
        if (!active || !sources.isHeard(peer.name) || !isWanted(answer.checkpoint())) {
            return;
        }
        sources.other(peer.name, answer.other());
        if (answer.body().isEmpty()) {
            sources.offered(peer.name, false);
        } else if (basis != null || checking) {
            sources.offered(peer.name, true);
            askForChunks();
        } else {
            checking = true;
            Checkpoint trusted = policy.begin().orElseThrow();
            SnapshotMessage.Body body = answer.body().get();
            parts.environment()
                    .verify(() -> SyncBasis.check(trusted, body, genesis.chainId(), parts.scheme()), result -> {
                        checking = false;
                        if (!active || !sources.isHeard(peer.name)) {
                            return;
                        }
                        if (result.failure() != null) {
                            refuse(
                                    peer,
                                    "a snapshot's beginning: "
                                            + result.failure().getMessage());
                            askForBasis(parts.peers().connected());
                            return;
                        }
                        sources.offered(peer.name, true);
                        accept(result.get());
                    });
        }
    }

    /** A chunk of a peer. */
    void received(Peer peer, SnapshotMessage.Chunk answer) {
        if (!active || basis == null || !isWanted(answer.checkpoint())) {
            return;
        }
        Optional<Integer> segment = sources.segment(peer.name).filter(asked -> progress.isAt(asked, answer.from()));
        boolean twice = arrived.stream().anyMatch(waiting -> waiting.peer == peer) || peer.name.equals(applying);
        if (segment.isEmpty() || twice) {
            return;
        }
        sources.answered(peer.name);
        if (answer.chunk().isEmpty()) {
            sources.release(peer.name);
            sources.offered(peer.name, false);
            askForChunks();
            return;
        }
        arrived.add(new Arrived(peer, segment.get(), answer.from(), answer));
        applyNext();
    }

    private boolean isWanted(Checkpoint checkpoint) {
        return policy.begin().equals(Optional.of(checkpoint));
    }

    private void accept(PendingState.Basis found) {
        try {
            if (!policy.trustsOld()) {
                SyncBasis.checkAge(
                        found, genesis.parameters(), parts.environment().wallMillis());
            }
        } catch (PoSException tooOld) {
            remove();
            active = false;
            host.contradicted(tooOld.getMessage());
            return;
        }
        if (!pending.isPresent()) {
            chain.store().commit(PendingState.begin(found));
        }
        basis = found;
        progress = new SyncProgress(pending.cursors());
        root = StateChunk.rootOf(new StoreReader(chain.store()));
        LOG.info(
                "{}: begins at checkpoint {}, has {} % of the state after it",
                parts.name(), found.checkpoint(), progress.percent());
        if (progress.isWhole()) {
            finish();
        } else {
            askForChunks();
        }
    }

    /** Asks everybody who is connected, again and again, until the state is whole. */
    private void round() {
        if (!active) {
            return;
        }
        List<Peer> peers = parts.peers().connected().stream()
                .filter(peer -> !parts.peers().isBanned(peer))
                .toList();
        boolean asked = sources.meet(peers);
        boolean offered = sources.offering() > 0 || checking || isApplying();
        emptyRounds = offered || !asked ? 0 : emptyRounds + 1;
        if (basis != null && emptyRounds % MAX_EMPTY_ROUNDS == MAX_EMPTY_ROUNDS - 1) {
            // a state of which a part is here is worth asking again
            sources.forgiveSilence();
        }
        if (emptyRounds >= (basis == null ? 1 : PATIENCE) * MAX_EMPTY_ROUNDS) {
            giveUp();
            if (!active) {
                return;
            }
        }
        askForBasis(peers);
        askForChunks();
        parts.environment().arm(ROUND_MILLIS, this::round);
    }

    private void askForBasis(List<Peer> peers) {
        SnapshotMessage question = new SnapshotMessage.GetBasis(policy.begin().orElseThrow());
        peers.stream()
                .filter(peer -> sources.isHeard(peer.name) && (basis == null || !sources.offers(peer.name)))
                .forEach(peer -> send(peer.name, question));
    }

    private void giveUp() {
        emptyRounds = 0;
        Optional<String> others = sources.others();
        if (basis == null && others.isPresent()) {
            host.contradicted("checkpoint " + policy.begin().orElseThrow() + " is no block of this chain: "
                    + others.get() + "; nothing was kept, and this node does not join before its checkpoint is right");
            return;
        }
        LOG.warn(
                "{}: no peer has a snapshot of checkpoint {}: fetches all blocks from genesis on",
                parts.name(),
                policy.begin().orElseThrow());
        active = false;
        remove();
        host.fallBack();
    }

    private void askForChunks() {
        if (!active || basis == null) {
            return;
        }
        for (int segment = 0; segment < progress.cursors().size() && sources.busy() < MAX_REQUESTS; segment++) {
            if (progress.cursors().get(segment).isPresent() && !sources.isAsked(segment)) {
                int wanted = segment;
                sources.free().ifPresent(peer -> ask(peer, wanted));
            }
        }
    }

    private void ask(String peer, int segment) {
        Hash from = progress.cursors().get(segment).orElseThrow();
        send(peer, new SnapshotMessage.GetChunk(basis.checkpoint(), from));
        Cancellable late = parts.environment().arm(LATE_MILLIS, () -> {
            if (sources.late(peer, segment)) {
                askForChunks();
            }
        });
        Cancellable silent = parts.environment().arm(TIMEOUT_MILLIS, () -> {
            sources.silent(peer);
            askForChunks();
        });
        sources.asked(peer, segment, () -> {
            late.cancel();
            silent.cancel();
        });
    }

    private boolean isApplying() {
        return applying != null || !arrived.isEmpty();
    }

    private void applyNext() {
        if (!active || applying != null || arrived.isEmpty()) {
            return;
        }
        Arrived next = arrived.poll();
        applying = next.peer.name;
        Hash stateRoot = basis.block().block().header().stateRoot();
        // one at a time, so that the tree in the store does not change meanwhile
        parts.environment().verify(() -> SyncChunk.check(next.chunk, stateRoot, chain.store()), result -> {
            applying = null;
            if (!active) {
                return;
            }
            sources.release(next.peer.name);
            if (result.failure() != null) {
                refuse(next.peer, "a chunk of a state: " + result.failure().getMessage());
            } else {
                keep(next, result.get());
            }
            applyNext();
        });
    }

    private void keep(Arrived next, SyncChunk checked) {
        if (!progress.isAt(next.segment, next.from)) {
            // another peer was faster
            askForChunks();
            return;
        }
        StateChunk chunk = checked.chunk();
        SyncProgress after = progress.with(next.segment, chunk);
        Batch batch = new Batch();
        ChainStore.addChange(batch, checked.change());
        chain.store().commit(PendingState.advance(batch, after.cursors()));
        progress = after;
        root = checked.change().root();
        bytes += chunk.entries().stream().mapToLong(StateChunk.Entry::bytes).sum();
        if (progress.isWhole()) {
            finish();
        } else {
            askForChunks();
        }
    }

    private void finish() {
        LedgerView view = new LedgerView(new StoreReader(chain.store()));
        Optional<String> problem = SyncBasis.problem(basis, root, view, genesis.hash());
        if (problem.isPresent()) {
            active = false;
            remove();
            host.contradicted(problem.get());
            return;
        }
        Batch batch = PendingState.end(new Batch());
        Tip tip = chain.addBeginning(batch, genesis.hash(), basis.block(), basis.certificate());
        view.ruleSet(basis.block().block().header().ruleSetId()).ifPresent(set -> chain.addRuleSet(batch, set));
        chain.addSlashings(batch, tip.height(), view.slashings());
        chain.store().commit(batch);
        state.clear();
        LOG.info("{}: has the state of checkpoint {}, {} bytes; joins", parts.name(), basis.checkpoint(), bytes);
        stop();
        host.begun(tip, basis.block(), basis.certificate());
    }

    private void refuse(Peer peer, String why) {
        parts.peers().offence(peer, why);
        sources.refuse(peer.name);
        askForChunks();
    }

    /** Nothing of it stays. This node takes part in nothing yet, so its loop may wait for that. */
    private void remove() {
        basis = null;
        for (Optional<Batch> step = pending.removal(); step.isPresent(); step = pending.removal()) {
            chain.store().commit(step.get());
        }
        state.clear();
    }

    private void tell() {
        parts.environment().arm(PROGRESS_MILLIS, () -> {
            if (active) {
                LOG.info("{}: {}, {} bytes so far, from {} peers", parts.name(), describe(), bytes, sources.offering());
                tell();
            }
        });
    }

    private void send(String peer, SnapshotMessage message) {
        parts.outbox().send(peer, new WireMessage.Snapshots(message));
    }
}
