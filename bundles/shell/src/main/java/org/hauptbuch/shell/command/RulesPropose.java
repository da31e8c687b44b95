package org.hauptbuch.shell.command;

import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.api.plan.RulePlan;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.Rate;
import org.hauptbuch.shell.Arguments;
import org.hauptbuch.shell.Directory;
import org.hauptbuch.shell.Failure;
import org.hauptbuch.shell.KnownRuleSets;
import org.hauptbuch.shell.RuleAdoption;
import org.hauptbuch.shell.RuleChanges;
import org.hauptbuch.shell.RulePlans;
import org.hauptbuch.shell.Sender;
import org.hauptbuch.shell.complete.EpochCompleter;
import org.hauptbuch.shell.complete.RuleChangeCompleter;
import org.hauptbuch.shell.complete.RuleSetCompleter;
import org.hauptbuch.shell.view.View;

/** Propose other rules from an epoch on */
@Service
@Command(
        scope = "pos",
        name = "rules-propose",
        description = "Propose other rules from an epoch on",
        detailedDescription =
                "Nothing changes unless validators with enough voting power attest the plan until the end of"
                        + " the gate's epoch: too little, and the plan expires. Only the operator of a validator that votes may"
                        + " propose. A plan that waits for its gate gives way only to one that is proposed with the"
                        + " attestations that it asks for, and more than the other has. The rules have to be staged here"
                        + " (pos:rules-stage), and their self-test has to pass.")
public final class RulesPropose extends TxCommand {
    @Option(name = "--activate-at", description = "The epoch whose first block is the first under the new rules")
    @Completion(EpochCompleter.class)
    private String activateAt;

    @Option(
            name = "--gate",
            description = "The epoch at whose end the attested power is counted (default: the one before activation)")
    @Completion(EpochCompleter.class)
    private String gate;

    @Option(
            name = "--ready",
            description = "Per cent of the voting power that have to attest, 66.6667 to 100 (default: 80)")
    private String ready;

    @Option(
            name = "--fallback",
            description =
                    "The rule set to go back to: the first digits of its id, at least 4 (default: the active one)")
    @Completion(RuleSetCompleter.class)
    private String fallback;

    @Option(
            name = "--param",
            multiValued = true,
            description = "KIND.NAME=VALUE or ID.NAME=VALUE, a parameter of a rule that is named; without any, a new"
                    + " version of an active rule keeps the old one's, and another rule has its defaults")
    private List<String> parameters;

    @Option(name = "--attest", description = "Send the attestations of the running validators of this container along")
    private boolean attest;

    @Argument(
            index = 0,
            name = "RULE",
            required = true,
            multiValued = true,
            description = "KIND=ID:VERSION; of slashing conditions it adds or replaces the one with this ID, and"
                    + " slashing=-ID removes one. Several may be given, and options among them")
    @Completion(RuleChangeCompleter.class)
    private List<String> rules;

    private List<String> refusals = List.of();

    @Override
    protected String defaultKey(NodeService node, Directory directory) {
        return RulePlans.operatorKey(node, directory);
    }

    @Override
    protected Payload payload(NodeService node, Directory directory, Signer signer) {
        if (activateAt == null) {
            throw new Failure("--activate-at is missing: the epoch whose first block is the first under the new rules");
        }
        RulePlans.requireOpen(node);
        RulePlans.requireOperator(node, directory, Address.of(signer.publicKey()));
        long now = node.status().epoch();
        long activation = Arguments.whole("--activate-at", activateAt, now + 1, now + 1 + RulePlan.MAX_EPOCHS_AHEAD);
        long counted = gate == null ? activation - 1 : Arguments.whole("--gate", gate, now, activation - 1);
        Rate least = ready == null ? RulePlan.DEFAULT_READY : Arguments.percent("--ready", ready, RulePlan.LEAST_READY);
        RuleSet to = new RuleChanges(new RuleAdoption(container()), node)
                .apply(rules, parameters == null ? List.of() : parameters);
        Hash back = fallback == null ? node.activeRules().id() : new KnownRuleSets(node).find("--fallback", fallback);
        if (back.equals(to.id())) {
            throw Failure.argument("--fallback", fallback, "another rule set than the one that is proposed");
        }
        RulePlans plans = new RulePlans(container());
        RulePlan plan = plans.plan(node, Address.of(signer.publicKey()), to, least, counted, activation, back);
        RulePlans.Attested attested =
                attest ? plans.attest(node, plan, Optional.empty(), List.of()) : RulePlans.Attested.none();
        RulePlans.requirePlace(node, plan, attested);
        refusals = attested.refusals();
        return new Payload.ProposeRules(plan, attested.attestations());
    }

    @Override
    protected View answer(NodeService node, List<Sender.Sent> sent) {
        View view = super.answer(node, sent);
        refusals.forEach(view::line);
        RulePlan plan = ((Payload.ProposeRules) sent.get(0).transaction().payload()).plan();
        return PlanAnswers.proposed(
                view,
                node,
                sent.get(0),
                (epoch, height) ->
                        "It needs attestations of " + plan.leastReady() + " of the voting power until the end"
                                + " of epoch " + plan.gateEpoch() + "; then the rules change with epoch " + epoch
                                + ", from block " + height + " on.");
    }
}
