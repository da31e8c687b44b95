package org.hauptbuch.api.selection;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A schedule of private draws: {@link #rank} depends on the output of a proof that nobody but the validator can make and
 * everybody can verify. In a round there may be no proposer, one, or several; the smallest rank is the best. The rank of
 * a draw says how it compares, in the same unit for all validators, so that a candidate may also wait in proportion to it
 * and let better ones speak first.
 */
@ConsumerType
@FunctionalInterface
public non-sealed interface PrivateSchedule extends Schedule {
    /** The worst rank with which a validator may propose. */
    long MAX_RANK = 1L << 62;

    /**
     * How long a candidate waits before it speaks, so that better ones are heard first: what {@code rank} is of {@link
     * #MAX_RANK}, of {@code mostMillis}.
     *
     * @param rank 0 to {@link #MAX_RANK}
     * @param mostMillis 0 to 2^60
     */
    static long wait(long rank, long mostMillis) {
        // rank · most / 2^62
        return Math.multiplyHigh(rank, mostMillis << 2);
    }
}
