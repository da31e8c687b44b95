package org.hauptbuch.ledger.state;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.chain.ValidatorMetrics;
import org.hauptbuch.api.value.Address;

/**
 * What validators did in the epoch so far. One small record instead of a write to every validator in every block; the
 * epoch's end adds it to their metrics.
 *
 * @param counts by validator
 */
public record Activity(SortedMap<Address, Counts> counts) {
    /** Nothing done yet. */
    public static final Activity NONE = new Activity(new TreeMap<>());

    /**
     * One validator's.
     *
     * @param proposed blocks that it proposed
     * @param signed blocks whose certificate carries its vote
     * @param missed blocks whose certificate lacks its vote
     */
    public record Counts(long proposed, long signed, long missed) {
        /** Nothing. */
        public static final Counts NONE = new Counts(0, 0, 0);
    }

    public Activity {
        counts = Collections.unmodifiableSortedMap(counts);
    }

    /** What {@code validator} did. */
    public Counts of(Address validator) {
        return counts.getOrDefault(validator, Counts.NONE);
    }

    /** {@code validator} with what it did in the epoch so far. */
    public Validator applyTo(Validator validator) {
        Counts c = counts.get(validator.address());
        if (c == null) {
            return validator;
        }
        ValidatorMetrics m = validator.metrics();
        return validator.withMetrics(new ValidatorMetrics(
                m.blocksProposed() + c.proposed(),
                m.blocksSigned() + c.signed(),
                m.blocksMissed() + c.missed(),
                m.rewards(),
                m.slashed()));
    }
}
