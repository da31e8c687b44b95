package org.hauptbuch.node.core;

import java.util.List;
import java.util.Optional;
import org.hauptbuch.api.plan.PlanRecord;
import org.hauptbuch.api.plan.PlanStatus;
import org.hauptbuch.api.rule.RuleRef;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.ledger.LedgerView;
import org.hauptbuch.rules.RuleCatalogue;

/** Sees to it that the code is here which the chain names, now or from the next boundary on. Belongs to the loop. */
final class RuleSupply {
    private final Assembly the;
    private final RuleCatalogue catalogue;
    private final NodeListener listener;
    private List<RuleRef> needed = List.of();

    RuleSupply(Assembly the, RuleCatalogue catalogue, NodeListener listener) {
        this.the = the;
        this.catalogue = catalogue;
        this.listener = listener;
    }

    /** Runs the plan that waits in the shadow; past its gate, gets what is missing for it ahead of time. */
    void follow(LedgerView view) {
        Optional<PlanRecord> plan = view.plan();
        the.shadow().follow(plan);
        List<RuleRef> missing = ready(plan).map(catalogue::missing).orElse(List.of());
        // once is enough: this is asked after every block
        if (!missing.isEmpty() && !missing.equals(needed)) {
            need(missing);
        }
    }

    /** The chain names code that is not here: it may be kept on this machine, or peers have it. */
    void need(List<RuleRef> missing) {
        needed = missing;
        listener.onMissing(missing);
        the.jars().want(missing);
    }

    /** Rules came or went: looks again what is still to be fetched. */
    void changed(boolean halted) {
        if (the.jars().isBusy()) {
            Optional<RuleSet> next =
                    halted || the.head().isEmpty() ? Optional.empty() : ready(new LedgerView(the.state()).plan());
            the.jars().want(catalogue.missing(next.orElseGet(the.head()::ruleSet)));
        }
    }

    private static Optional<RuleSet> ready(Optional<PlanRecord> plan) {
        return plan.filter(record -> record.status() == PlanStatus.READY)
                .map(record -> record.plan().to());
    }
}
