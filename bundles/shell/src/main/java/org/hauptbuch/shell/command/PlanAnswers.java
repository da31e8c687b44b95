package org.hauptbuch.shell.command;

import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.api.plan.RulePlan;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.tx.Receipt;
import org.hauptbuch.shell.Sender;
import org.hauptbuch.shell.view.View;

/** What commands say once a plan is on chain. */
final class PlanAnswers {
    /** Words for an activation. */
    interface Words {
        String of(long epoch, long height);
    }

    private PlanAnswers() {}

    /** Adds the plan that {@code sent} has proposed, and, once that is final, what happens next. */
    static View proposed(View view, NodeService node, Sender.Sent sent, Words next) {
        RulePlan plan = ((Payload.ProposeRules) sent.transaction().payload()).plan();
        long height = node.parameters().firstHeight(plan.activationEpoch());
        view.json().addProperty("planId", plan.id().toString());
        view.line("plan " + plan.id());
        sent.view().receipt().filter(Receipt::succeeded).ifPresent(receipt -> {
            view.json().addProperty("fromEpoch", plan.activationEpoch());
            view.json().addProperty("fromHeight", height);
            view.line(next.of(plan.activationEpoch(), height));
        });
        return view;
    }
}
