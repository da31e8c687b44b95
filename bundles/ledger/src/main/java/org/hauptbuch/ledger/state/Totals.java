package org.hauptbuch.ledger.state;

import org.hauptbuch.api.value.Amounts;

/**
 * The sums that say how many units there are.
 *
 * @param initial units at genesis
 * @param issued units issued since
 * @param burned units destroyed since
 * @param fees the pot that the epoch's end divides: fees, and what was left over before
 */
public record Totals(long initial, long issued, long burned, long fees) {
    public Totals {
        Amounts.check("totals.initial", initial);
        Amounts.check("totals.issued", issued);
        Amounts.check("totals.burned", burned);
        Amounts.check("totals.fees", fees);
    }

    /** All units there are. */
    public long supply() {
        // burned first: issued may replace units that were burned, so that the plain sum could wrap
        return Amounts.add(initial - burned, issued);
    }

    /** With more in the pot. */
    public Totals plusFees(long amount) {
        return new Totals(initial, issued, burned, Amounts.add(fees, amount));
    }

    /** With less in the pot. */
    public Totals minusFees(long amount) {
        return new Totals(initial, issued, burned, Amounts.subtract(fees, amount));
    }

    /** With units issued into the pot. */
    public Totals issue(long amount) {
        return new Totals(initial, Amounts.add(issued, amount), burned, Amounts.add(fees, amount));
    }

    /** With units destroyed. */
    public Totals burn(long amount) {
        return new Totals(initial, issued, Amounts.add(burned, amount), fees);
    }
}
