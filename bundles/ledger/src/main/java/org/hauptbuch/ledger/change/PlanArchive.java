package org.hauptbuch.ledger.change;

import java.util.Iterator;
import org.hauptbuch.api.plan.PlanRecord;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.ledger.state.Head;
import org.hauptbuch.ledger.state.Key;
import org.hauptbuch.ledger.state.Keys;
import org.hauptbuch.ledger.state.Overlay;

/** The plans that are settled; the oldest are forgotten. */
final class PlanArchive {
    private static final int MOST_KEPT = 256;

    private final Overlay state;

    PlanArchive(Overlay state) {
        this.state = state;
    }

    /** Puts the plan that waited on record as settled; returns its number. */
    long close(PlanRecord record) {
        state.remove(Keys.PLAN);
        Head head = state.the(Keys.HEAD);
        state.set(Keys.HEAD, head.afterSequence());
        state.set(Keys.settledPlan(head.nextSequence()), record);
        var all = state.entries(Keys.SETTLED_PLANS).keySet();
        Iterator<Bytes> oldest = all.iterator();
        for (int surplus = all.size() - MOST_KEPT; surplus > 0; surplus--) {
            state.remove(new Key<>(oldest.next(), Keys.SETTLED_PLANS.codec()));
        }
        return head.nextSequence();
    }
}
