package org.hauptbuch.ledger.change;

import java.util.Iterator;
import java.util.Map;
import org.hauptbuch.api.plan.PlanRecord;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
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

    /** Whether the plan with this id is among them. */
    boolean holds(Hash plan) {
        return state.get(Keys.settledPlan(plan)).isPresent();
    }

    /** Puts the plan that waited on record as settled; returns its number. */
    long close(PlanRecord record) {
        state.remove(Keys.PLAN);
        Head head = state.the(Keys.HEAD);
        long number = head.nextSequence();
        state.set(Keys.HEAD, head.afterSequence());
        state.set(Keys.settledPlan(number), record);
        state.set(Keys.settledPlan(record.plan().id()), number);
        var all = state.entries(Keys.SETTLED_PLANS);
        Iterator<Map.Entry<Bytes, PlanRecord>> oldest = all.entrySet().iterator();
        for (int surplus = all.size() - MOST_KEPT; surplus > 0; surplus--) {
            Map.Entry<Bytes, PlanRecord> forgotten = oldest.next();
            state.remove(new Key<>(forgotten.getKey(), Keys.SETTLED_PLANS.codec()));
            state.remove(Keys.settledPlan(forgotten.getValue().plan().id()));
        }
        return number;
    }
}
