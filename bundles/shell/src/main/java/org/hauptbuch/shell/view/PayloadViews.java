package org.hauptbuch.shell.view;

import com.google.gson.JsonObject;
import org.hauptbuch.api.plan.Attestation;
import org.hauptbuch.api.tx.Payload;

/** What a transaction does, field by field. */
final class PayloadViews {
    private PayloadViews() {}

    static JsonObject fields(Payload payload) {
        Json json = Json.object();
        if (payload instanceof Payload.Transfer p) {
            json.put("to", p.to()).put("amount", p.amount());
        } else if (payload instanceof Payload.RegisterValidator p) {
            json.put("validatorId", p.id())
                    .put("consensusKey", p.consensusKey())
                    .put("commission", p.commission())
                    .put("maxCommission", p.maxCommission())
                    .put("maxDailyChange", p.maxDailyChange())
                    .put("stake", p.stake());
        } else if (payload instanceof Payload.EditValidator p) {
            json.put("commission", p.commission());
        } else if (payload instanceof Payload.RotateKey p) {
            json.put("consensusKey", p.consensusKey());
        } else if (payload instanceof Payload.Stake p) {
            json.put("amount", p.amount());
        } else if (payload instanceof Payload.Unstake p) {
            json.put("amount", p.amount());
        } else if (payload instanceof Payload.Delegate p) {
            json.put("validator", p.validator()).put("amount", p.amount());
        } else if (payload instanceof Payload.Undelegate p) {
            json.put("validator", p.validator()).put("amount", p.amount());
        } else if (payload instanceof Payload.Redelegate p) {
            json.put("source", p.from()).put("destination", p.to()).put("amount", p.amount());
        } else if (payload instanceof Payload.WithdrawRewards p) {
            json.put("validator", p.validator());
        } else if (payload instanceof Payload.SubmitEvidence p) {
            json.put("evidence", ChainViews.evidence(p.evidence()));
        } else if (payload instanceof Payload.ProposeRules p) {
            json.put("plan", PlanViews.plan(p.plan()))
                    .put("attestations", Json.array(p.attestations().stream(), PayloadViews::attestation));
        } else if (payload instanceof Payload.AttestRules p) {
            json.put("attestation", attestation(p.attestation()));
        } else if (payload instanceof Payload.CancelRules p) {
            json.put("planId", p.plan());
        }
        return json.build();
    }

    private static JsonObject attestation(Attestation attestation) {
        return Json.object()
                .put("planId", attestation.plan())
                .put("ruleSetId", attestation.ruleSet())
                .put("selfTest", attestation.selfTest())
                .put("validator", attestation.validator())
                .build();
    }
}
