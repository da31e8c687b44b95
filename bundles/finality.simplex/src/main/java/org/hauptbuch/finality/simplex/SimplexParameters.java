package org.hauptbuch.finality.simplex;

import java.util.Set;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.value.Rate;

/**
 * How long a validator waits, as shares of the chain's block time. The paper waits for 3Δ, where Δ bounds the network's
 * delay; nobody knows Δ of a real network, so the waits grow. The defaults keep a promise: where one validator of four
 * is down and it is its turn, the block comes within twice the block time, and also where it is its turn twice running
 * after about twice the block time.
 *
 * @param notarize the wait for a notarized block in round 0, from when it is due, 1% to 100%, default 40%: longer than a
 *     proposal, its execution and a vote need
 * @param finality the wait for finality once a block is notarized, before it is proposed again in the next round, 1% to
 *     100%, default 20%
 * @param growth what every wait grows by from round to round after round 1, 1% to 100%, default 25%: sooner or later
 *     they are longer than the network's delays, whatever these are
 * @param floorMillis the least wait for a notarized block and the least growth, 10 to 10,000, default 100; a vote is
 *     smaller than a block, so that the least wait for finality is a fifth of it
 * @param capMillis no wait grows beyond it, 1,000 to 600,000 and at least the floor, default 60,000; a share of the
 *     block time that is more stands as it is
 * @param sortition where proposers are drawn in private: how long offers are collected from when the first is due until
 *     the best is voted for, 1% to 100%, default 20%, at least half of {@code floorMillis}: longer than a message
 *     takes. It delays finality and not the next block, which is due a block time after this one was built
 */
record SimplexParameters(Rate notarize, Rate finality, Rate growth, long floorMillis, long capMillis, Rate sortition) {
    private static final Rate LEAST = new Rate(10_000);
    private static final int VOTE_FLOOR = 5;

    SimplexParameters {
        check("notarize", notarize);
        check("finality", finality);
        check("growth", growth);
        check("sortition", sortition);
        check("floorMillis", floorMillis, 10, 10_000);
        check("capMillis", capMillis, Math.max(1_000, floorMillis), 600_000);
    }

    static SimplexParameters from(Parameters parameters) {
        parameters.only(Set.of("notarize", "finality", "growth", "floorMillis", "capMillis", "sortition"));
        return new SimplexParameters(
                parameters.rate("notarize", new Rate(400_000)),
                parameters.rate("finality", new Rate(200_000)),
                parameters.rate("growth", new Rate(250_000)),
                parameters.whole("floorMillis", 100, 10, 10_000),
                parameters.whole("capMillis", 60_000, 1_000, 600_000),
                parameters.rate("sortition", new Rate(200_000)));
    }

    /** The timeouts of a chain with this block time. */
    Timeouts at(long blockTimeMillis) {
        return new Timeouts(
                Math.max(floorMillis, notarize.floorOf(blockTimeMillis)),
                Math.max(floorMillis / VOTE_FLOOR, finality.floorOf(blockTimeMillis)),
                Math.max(floorMillis, growth.floorOf(blockTimeMillis)),
                capMillis,
                Math.max(floorMillis / 2, sortition.floorOf(blockTimeMillis)));
    }

    /**
     * What each wait is in milliseconds.
     *
     * @param notarize for a notarized block in round 0: the timer T of the paper
     * @param finality for finality in round 0
     * @param growth added for each round after round 1: one validator may be down without anybody else being slow
     * @param cap what is grown to at most
     * @param sortition for better offers, in each round of a private schedule
     */
    record Timeouts(long notarize, long finality, long growth, long cap, long sortition) {
        long notarize(int round) {
            return grown(notarize, round);
        }

        long finality(int round) {
            return grown(finality, round);
        }

        private long grown(long base, int round) {
            return Math.max(
                    base, Math.min(cap, Math.addExact(base, Math.multiplyExact(growth, Math.max(0, round - 1)))));
        }
    }

    private static void check(String field, Rate value) {
        if (value.compareTo(LEAST) < 0) {
            throw PoSException.outOfRange(
                    PoSError.CONSENSUS_STATE_UPDATE_FAILED, "rule parameter " + field, value, LEAST + " to 100%");
        }
    }

    private static void check(String field, long value, long least, long most) {
        if (value < least || value > most) {
            throw PoSException.outOfRange(
                    PoSError.CONSENSUS_STATE_UPDATE_FAILED, "rule parameter " + field, value, least + " to " + most);
        }
    }
}
