package org.hauptbuch.finality.tendermint;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ObjLongConsumer;
import java.util.function.Predicate;
import org.hauptbuch.api.finality.HeightContext;
import org.hauptbuch.api.finality.Message;
import org.hauptbuch.api.selection.PrivateSchedule;

/**
 * One round of a private schedule: candidates speak in the order of their ranks, each only while it has heard of no
 * better one, and voters collect offers for a while. No two clocks are the same, so that both count from the first offer
 * that is heard. Which of several offers a validator votes for is a matter of
 * progress alone: the protocol is safe with a proposer that makes different offers to different validators, and several
 * proposers are no worse.
 *
 * <p>An offer of a block that a quorum accepted before goes before a new one: whoever is locked can vote for nothing
 * else. Then the rank decides.
 */
final class Sortition {
    private static final Comparator<Message.Offer> BEST_FIRST = Comparator.<Message.Offer>comparingInt(
                    offer -> -offer.proposal().validRound().orElse(-1))
            .thenComparingLong(Message.Offer::rank)
            .thenComparing(offer -> offer.proposal().proposer());

    private static final String START = "start";
    private static final String FOLLOW = "follow";
    private static final String CLOSE = "sortition";

    private final OptionalLong rank;
    private final long windowMillis;
    private final ObjLongConsumer<String> timers;
    private boolean opened;
    private boolean due;
    private boolean closed;

    private Sortition(OptionalLong rank, long windowMillis, ObjLongConsumer<String> timers) {
        this.rank = rank;
        this.windowMillis = windowMillis;
        this.timers = timers;
    }

    /**
     * Round {@code round} of {@code context}, whose first offer is due after {@code delayMillis}.
     *
     * @param windowMillis how long offers are collected
     * @param timers arms the timers of this round whose ends {@link #timeOut} is told of
     */
    static Sortition of(
            HeightContext context, int round, long delayMillis, long windowMillis, ObjLongConsumer<String> timers) {
        Sortition begun = new Sortition(context.ownRank(round), windowMillis, timers);
        if (begun.rank.isPresent()) {
            timers.accept(START, Math.addExact(delayMillis, begun.waitMillis()));
        }
        return begun;
    }

    /** How long a candidate waits from when the first offer is due, or heard: at most half the window. */
    private long waitMillis() {
        return PrivateSchedule.wait(rank.orElseThrow(), windowMillis / 2);
    }

    /** An offer of this round was heard. */
    void heard() {
        if (!opened) {
            opened = true;
            timers.accept(CLOSE, windowMillis);
            if (rank.isPresent()) {
                timers.accept(FOLLOW, waitMillis());
            }
        }
    }

    /** A timer of this round ran out, of these or others. */
    void timeOut(String timer) {
        due |= timer.equals(START) || timer.equals(FOLLOW);
        closed |= timer.equals(CLOSE);
    }

    /** Whether the best offer may be voted for. */
    boolean isClosed() {
        return closed;
    }

    /** Whether this candidate is to speak, who knows of {@code best}. */
    boolean speaks(Optional<Message.Offer> best, int ownValidRound) {
        return due && best.filter(offer -> isBetter(offer, ownValidRound)).isEmpty();
    }

    private boolean isBetter(Message.Offer offer, int ownValidRound) {
        int validRound = offer.proposal().validRound().orElse(-1);
        return validRound == ownValidRound ? offer.rank() < rank.orElseThrow() : validRound > ownValidRound;
    }

    /** The best of those offers that can be voted for. */
    static Optional<Message.Offer> best(Collection<Message.Offer> offers, Predicate<Message.Offer> eligible) {
        return offers.stream().filter(eligible).min(BEST_FIRST);
    }
}
