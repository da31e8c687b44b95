package org.hauptbuch.node.core;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.generation.Generation;
import org.hauptbuch.api.node.BlockTiming;
import org.hauptbuch.api.node.ShadowReport;
import org.hauptbuch.api.node.SigningImport;
import org.hauptbuch.api.store.Store;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.vdf.DelayFunction;
import org.hauptbuch.ledger.Genesis;
import org.hauptbuch.node.block.RuleFailedException;
import org.hauptbuch.node.chain.Tip;
import org.hauptbuch.node.core.Peers.Peer;
import org.hauptbuch.node.metrics.Metric;
import org.hauptbuch.node.pool.PooledTransaction;
import org.hauptbuch.node.wire.WireMessage;
import org.hauptbuch.rules.RuleCatalogue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node without threads, clock, sockets or disk of its own: whatever happens is a call on one thread, the loop, and is
 * a step. At the end of a step the records of all that was signed in it become durable, and only then messages leave.
 * The same object runs in a container and in a simulation.
 *
 * <p>Everything is called on the loop, except {@link #snapshot}, {@link #rules}, {@link #pooled},
 * {@link #pendingNonce}, {@link #pendingEvidence}, {@link #timings} and {@link #metrics}, which any thread may call.
 */
public final class NodeCore {
    private static final Logger LOG = LoggerFactory.getLogger(NodeCore.class);

    private final String name;
    private final Lifecycle life;
    private final Assembly the;
    private volatile Snapshot snapshot;

    /**
     * A node that has not started.
     *
     * @throws PoSException CONSENSUS_STATE_UPDATE_FAILED where the store holds another chain
     */
    public NodeCore(
            Settings settings,
            Genesis genesis,
            Store store,
            RuleCatalogue catalogue,
            SignatureScheme scheme,
            DelayFunction delay,
            Environment environment,
            NodeListener listener) {
        this.name = settings.name();
        this.life = new Lifecycle(
                settings,
                genesis,
                store,
                catalogue,
                scheme,
                delay,
                new SteppingEnvironment(environment, this::step),
                listener);
        this.the = life.parts();
        this.snapshot = life.snapshot();
    }

    /** Reads the store, or makes the state of the genesis, and begins. Once. */
    public void start() {
        step(life::start);
    }

    /** Ends it: nothing is sent, signed or written after that. */
    public void stop() {
        if (!life.isStopped()) {
            life.stop();
            snapshot = life.snapshot();
        }
    }

    /** A peer can be sent to. */
    public void onConnected(String peerName) {
        step(() -> {
            Peer peer = the.peers().peer(peerName);
            peer.connected = true;
            if (the.peers().names().size() == 1) {
                the.watch().connected();
            }
            life.gossip().greet(peer, the.head().tip(), life.round());
            the.deliberation().help(peer);
            the.history().connected(peer);
        });
    }

    /** A peer is gone. */
    public void onDisconnected(String peerName) {
        step(() -> {
            the.peers().disconnected(the.peers().peer(peerName));
        });
    }

    /** A message of a peer. Whatever is in it, it does not throw. */
    public void onMessage(String peerName, Bytes message) {
        the.metrics().count(Metric.MESSAGES_RECEIVED);
        the.metrics().add(Metric.BYTES_RECEIVED, message.length());
        Peer peer = the.peers().peer(peerName);
        if (life.isStopped() || the.peers().isBanned(peer)) {
            the.metrics().count(Metric.MESSAGES_DROPPED);
            return;
        }
        WireMessage decoded;
        try {
            decoded = WireMessage.decode(message);
        } catch (RuntimeException malformed) {
            // a record may refuse with another exception than the reader's: all the same to the peer
            the.peers().offence(peer, String.valueOf(malformed.getMessage()));
            return;
        }
        step(() -> receive(peer, decoded, message.length()));
    }

    /** Checks a transaction, takes it into the pool and passes it on; the answer comes on the loop, later. */
    public void submit(Transaction transaction, Consumer<Result<Hash>> then) {
        step(() -> the.transactions().submit(transaction, then));
    }

    /**
     * On a development network: this validator signs two votes of the next height that contradict each other.
     *
     * @throws PoSException SECURITY_VALIDATION_FAILED on any other network, INVALID_VALIDATOR_STATUS where this node does
     *     not validate now
     */
    public void equivocate() {
        life.equivocate();
    }

    /**
     * Votes to go back to the fallback at the height that is not final; returns that height.
     *
     * @throws PoSException where there is no fallback, this node is no validator, or it signed already what could make a
     *     block of the height final
     */
    public long voteToRollBack() {
        try {
            return life.voteToRollBack();
        } finally {
            the.outbox().flush();
            snapshot = life.snapshot();
        }
    }

    /**
     * What this validator signed, in the interchange format of EIP-3076.
     *
     * @throws PoSException INVALID_VALIDATOR_STATUS where this node has no key
     */
    public String signingRecords() {
        return the.records().exported();
    }

    /**
     * Takes signing records in that format: nothing up to the last height in them is signed any more.
     *
     * @throws IllegalArgumentException where they are not in the format
     * @throws PoSException INVALID_VALIDATOR_STATUS where this node has no key, SECURITY_VALIDATION_FAILED where they are
     *     of another chain or key, or contradict something
     */
    public SigningImport importSigningRecords(String records) {
        return the.records().take(records);
    }

    /** How far this node is with the epoch's delay; empty where it evaluates nothing. From any thread. */
    public Optional<DelayProgress> delay() {
        return the.delays().progress();
    }

    /** What the shadow run of the plan that waits has found. From any thread. */
    public Optional<ShadowReport> shadow() {
        return the.shadow().report();
    }

    /** What there is to see. */
    public Snapshot snapshot() {
        return snapshot;
    }

    /** The rules that judge the next block; empty while halted. Not to be kept. */
    public Optional<Generation> rules() {
        return the.rules().current();
    }

    /** The transaction with this id, if it waits in the pool. */
    public Optional<Transaction> pooled(Hash id) {
        return the.pool().get(id).map(PooledTransaction::transaction);
    }

    /** The nonce for the next transaction of {@code sender}, whose account has {@code nonce}. */
    public long pendingNonce(Address sender, long nonce) {
        return the.pool().pendingNonce(sender, nonce);
    }

    /** Evidence that waits for a block. */
    public List<Evidence> pendingEvidence() {
        return the.evidence().pending();
    }

    /** How this node came to the proposals of the heights decided last. From any thread. */
    public List<BlockTiming> timings() {
        return the.timings().all();
    }

    /** The counters by name. */
    public SortedMap<String, Long> metrics() {
        return the.metrics().all();
    }

    private void step(Runnable work) {
        if (life.isStopped()) {
            return;
        }
        try {
            work.run();
            the.outbox().flush();
            the.timings().left();
        } catch (RuleFailedException failed) {
            LOG.debug("{}: a rule failed", name, failed);
            the.metrics().count(Metric.RULES_FAILED);
            life.ruleFailed(failed);
        } catch (RuntimeException failed) {
            LOG.debug("{}: a step failed", name, failed);
            life.halt("a step of the node failed: " + failed, false);
        }
        snapshot = life.snapshot();
    }

    private void receive(Peer peer, WireMessage message, int bytes) {
        if (message instanceof WireMessage.Transactions m) {
            the.transactions().received(peer, m.transactions(), bytes);
        } else if (message instanceof WireMessage.Status m) {
            status(peer, m);
        } else if (message instanceof WireMessage.GetBlocks m) {
            the.server().blocks(peer, m);
        } else if (message instanceof WireMessage.Blocks m) {
            the.synchronizer().received(peer, m);
        } else if (message instanceof WireMessage.GetCandidate m) {
            the.server().candidate(peer, m, the.deliberation().driver());
        } else if (message instanceof WireMessage.Candidate m) {
            the.deliberation().candidate(peer, m);
        } else if (message instanceof WireMessage.Rollbacks m) {
            if (!the.head().isEmpty()) {
                the.rollbacks().received(peer, m.votes(), bytes);
            }
        } else if (message instanceof WireMessage.GetJar m) {
            the.jars().asked(peer, m);
        } else if (message instanceof WireMessage.JarPart m) {
            the.jars().received(peer, m);
        } else if (message instanceof WireMessage.Snapshots m) {
            the.history().received(peer, m.message());
        } else if (message instanceof WireMessage.Accusations m) {
            the.accusations().received(peer, life.context(), m.evidence());
        } else {
            the.deliberation().receive(peer, message, bytes);
        }
    }

    private void status(Peer peer, WireMessage.Status status) {
        the.peers().tellsTime(peer, status.timeMillis());
        Tip tip = the.head().tip();
        if (status.finalizedHeight() == tip.height() && !status.finalizedHash().equals(tip.hash())) {
            the.peers().offence(peer, "another final block of height " + tip.height() + ": " + status.finalizedHash());
            return;
        }
        the.synchronizer().claimed(peer, status.finalizedHeight(), tip.height());
        if (status.finalizedHeight() == tip.height() && life.gossip().isStuck(peer)) {
            the.deliberation().help(peer);
        }
    }
}
