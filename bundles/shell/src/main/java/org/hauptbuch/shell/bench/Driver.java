package org.hauptbuch.shell.bench;

import java.util.List;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.shell.Pause;

/**
 * Hands the transfers of some accounts to one node at a given rate. An account stays with its node, so that its nonces
 * arrive in order. One thread.
 */
final class Driver {
    /** How long an account is left alone after a refusal. */
    static final long BACK_OFF_NANOS = 100_000_000;
    /** What was missed while this thread did not run is made up for, up to this. */
    private static final double MOST_LATE_SECONDS = 0.1;

    private final NodeService node;
    private final List<BenchAccount> accounts;
    private final InFlight inFlight;
    private final int mostInFlight;
    private final Pause pause;
    private double due;
    private long last;
    private int turn;
    private volatile long submitted;
    private volatile long refused;

    /**
     * A driver that has submitted nothing.
     *
     * @param due the part of a transfer that is due already, 0 to 1: different for each, so that they do not all submit at
     *     the same moments
     */
    Driver(
            NodeService node,
            List<BenchAccount> accounts,
            InFlight inFlight,
            int mostInFlight,
            double due,
            Pause pause) {
        this.due = due;
        this.node = node;
        this.accounts = accounts;
        this.inFlight = inFlight;
        this.mostInFlight = mostInFlight;
        this.pause = pause;
        this.last = pause.nanoTime();
    }

    /** Submits what is due by now, {@code rate} transactions a second. */
    void step(double rate) {
        long now = pause.nanoTime();
        due = Math.min(due + rate * (now - last) / 1e9, Math.max(1, rate * MOST_LATE_SECONDS));
        last = now;
        while (due >= 1 && inFlight.size() < mostInFlight) {
            BenchAccount account = free(now);
            if (account == null) {
                return;
            }
            submit(account, now);
            due--;
        }
    }

    long submitted() {
        return submitted;
    }

    long refused() {
        return refused;
    }

    private BenchAccount free(long now) {
        for (int i = 0; i < accounts.size(); i++) {
            turn = (turn + 1) % accounts.size();
            if (!accounts.get(turn).isBlocked(now)) {
                return accounts.get(turn);
            }
        }
        return null;
    }

    private void submit(BenchAccount account, long now) {
        BenchAccount.Ready next = account.next();
        inFlight.submitting(next.id(), pause.nanoTime());
        try {
            node.submit(next.transaction());
            submitted++;
        } catch (PoSException e) {
            inFlight.refused(next.id());
            account.back(next, now + BACK_OFF_NANOS);
            refused++;
        }
    }
}
