package org.hauptbuch.node.core;

import java.util.Optional;
import org.hauptbuch.api.block.Block;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.block.Vote;
import org.hauptbuch.api.finality.Message;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.node.signing.SigningGuard;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Before it signs, a validator that starts listens for another node that signs with its key: for a message at the heights
 * being decided that is its own and not in its records. It listens until so many blocks were decided, or, where
 * none is, for one block time more than they would take: a network that starts again as a whole would wait for itself
 * otherwise. Without a peer nobody can be heard, and that time does not count. A chain that is just beginning has nobody to listen for. Belongs to the loop.
 */
final class DoppelgangerWatch {
    /** A genesis that is younger has no validator yet that runs elsewhere. */
    private static final long YOUNG_MILLIS = 60_000;

    private static final Logger LOG = LoggerFactory.getLogger(DoppelgangerWatch.class);

    private final String name;
    private final Environment environment;
    private final Optional<SigningGuard> guard;
    private final int blocks;
    private final long blockTimeMillis;
    private final long genesisMillis;
    private final Host host;
    private State state = State.WAITING;
    private Cancellable timer = () -> {};
    private long firstHeight;
    private long left;
    private String seen = "";

    /** The node around the watch. */
    interface Host {
        /** Whether there is anybody to be heard, or nobody else is needed. */
        boolean canHear();

        /** The time is over without a block and without another node: this one signs from now on. */
        void heardNobody();
    }

    private enum State {
        /** No height has begun yet but the first of a young chain. */
        WAITING,
        LISTENING,
        /** Nobody was heard. */
        OVER,
        /** Somebody was; until the next start. */
        SEEN
    }

    /** @param genesisMillis when the chain began, milliseconds since 1970 */
    DoppelgangerWatch(
            Settings settings,
            Environment environment,
            Optional<SigningGuard> guard,
            long blockTimeMillis,
            long genesisMillis,
            Host host) {
        this.name = settings.name();
        this.blocks = settings.doppelgangerBlocks();
        this.environment = environment;
        this.guard = guard;
        this.blockTimeMillis = blockTimeMillis;
        this.genesisMillis = genesisMillis;
        this.host = host;
    }

    /** A height begins to be decided here. Returns whether this node may sign at it. */
    boolean begins(long height) {
        if (guard.isEmpty() || blocks == 0) {
            return true;
        }
        if (state == State.WAITING && !isYoung(height)) {
            state = State.LISTENING;
            LOG.info(
                    "{}: listens for another node with its key before it signs, for {} blocks or {} ms",
                    name,
                    blocks,
                    patienceMillis());
            listenFrom(height);
        }
        return state == State.WAITING || state == State.OVER;
    }

    /** The first peer is there: until now nobody could be heard. */
    void connected() {
        if (state == State.LISTENING) {
            arm();
        }
    }

    /** What was decided here ends the watch some day; what was fetched shows that this node was behind. */
    void committed(Block block, Certificate certificate, Optional<Address> self, boolean decided) {
        if (!decided) {
            if (state == State.LISTENING) {
                listenFrom(block.height() + 1);
            }
            return;
        }
        if (state == State.WAITING) {
            state = State.OVER;
        }
        self.ifPresent(address -> {
            heard(certificate, address);
            block.lastCertificate().ifPresent(last -> heard(last, address));
        });
        if (state == State.LISTENING) {
            left--;
            arm();
            if (left == 0) {
                end();
            }
        }
    }

    /** A message of this validator, whose signature is right. */
    void heard(Message message) {
        if (state == State.LISTENING
                && message.height() >= firstHeight
                && !guard.orElseThrow().knows(message)) {
            timer.cancel();
            state = State.SEEN;
            seen = (message instanceof Message.Ballot ballot
                            ? ballot.vote().phase().toString()
                            : "PROPOSAL") + " at height " + message.height() + " round " + message.round();
            LOG.error("{}: signs nothing: {}", name, describe().orElseThrow());
        }
    }

    /** Why this node does not sign; empty where it does. */
    Optional<String> describe() {
        return switch (state) {
            case WAITING, OVER -> Optional.empty();
            case LISTENING -> Optional.of("listens for another node with its key, for " + left + " more blocks or "
                    + patienceMillis() + " ms without one");
            case SEEN -> Optional.of(
                    "another node signs with its key (" + seen + "): stop that one, then stop and start this one");
        };
    }

    void stop() {
        timer.cancel();
    }

    private void heard(Certificate certificate, Address self) {
        certificate.signatures().stream()
                .filter(signature -> signature.validator().equals(self))
                .forEach(signature -> heard(new Message.Ballot(new Vote(
                        certificate.phase(),
                        certificate.height(),
                        certificate.round(),
                        certificate.block(),
                        self,
                        signature.signature()))));
    }

    private boolean isYoung(long height) {
        return height == 1 && environment.wallMillis() - genesisMillis < YOUNG_MILLIS;
    }

    private long patienceMillis() {
        return (blocks + 1L) * blockTimeMillis;
    }

    private void listenFrom(long height) {
        firstHeight = height;
        left = blocks;
        arm();
    }

    private void arm() {
        timer.cancel();
        timer = environment.arm(patienceMillis(), () -> {
            if (host.canHear()) {
                end();
                host.heardNobody();
            } else {
                arm();
            }
        });
    }

    private void end() {
        timer.cancel();
        state = State.OVER;
        LOG.info("{}: heard no other node with its key, signs from now on", name);
    }
}
