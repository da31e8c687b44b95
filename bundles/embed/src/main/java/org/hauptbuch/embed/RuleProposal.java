package org.hauptbuch.embed;

import java.util.ArrayList;
import java.util.List;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.node.SelfTestReport;
import org.hauptbuch.api.plan.Attestation;
import org.hauptbuch.api.plan.RulePlan;
import org.hauptbuch.api.rule.RuleChange;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.ledger.LedgerView;

/** Plans a change of rules for the next epoch, in the name of all validators whose keys are here. */
final class RuleProposal {
    private final EmbeddedChain chain;
    private final Keys keys;

    RuleProposal(EmbeddedChain chain, Keys keys) {
        this.chain = chain;
        this.keys = keys;
    }

    Payload of(Address proposer, RuleChange change) {
        LedgerView view = chain.view();
        RuleSet to = view.ruleSet().apply(change);
        SelfTestReport report = chain.selfTest(to);
        if (!report.problems().isEmpty()) {
            throw new PoSException(
                    PoSError.CONSENSUS_STATE_UPDATE_FAILED,
                    "the self-test of rule set " + to.id() + " found: " + String.join("; ", report.problems()));
        }
        Hash active = view.ruleSet().id();
        long epoch = view.epoch();
        RulePlan plan =
                new RulePlan(proposer, active, to, RulePlan.DEFAULT_READY, epoch, epoch + 1, active, report.digest());
        List<Attestation> attestations = new ArrayList<>();
        for (ValidatorSet.Member member : view.validatorSet().members()) {
            keys.of(member.key())
                    .ifPresent(key -> attestations.add(Attestation.of(
                            view.chainId(), plan.id(), to.id(), plan.selfTest(), member.address(), key)));
        }
        return new Payload.ProposeRules(plan, attestations);
    }
}
