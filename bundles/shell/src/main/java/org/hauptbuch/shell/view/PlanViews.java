package org.hauptbuch.shell.view;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hauptbuch.api.chain.ChainParameters;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.api.plan.PlanRecord;
import org.hauptbuch.api.plan.PlanStatus;
import org.hauptbuch.api.plan.RulePlan;
import org.hauptbuch.api.rule.RuleRef;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.shell.Directory;

/** Plans to change the rules: the one that waits and those that are settled. */
public final class PlanViews {
    private PlanViews() {}

    /** What a rule set has otherwise than another: each rule that comes, goes or changes. */
    private record Change(Optional<RuleRef> before, Optional<RuleRef> after) {
        RuleRef either() {
            return after.or(this::before).orElseThrow();
        }

        static String text(Optional<RuleRef> rule) {
            return rule.map(ref -> ref.id() + " " + ref.version()).orElse("-");
        }

        static String digest(Optional<RuleRef> rule) {
            return rule.map(ref -> Text.shorter(ref.digest())).orElse("-");
        }
    }

    /** The ready stake of a plan. */
    private record Ready(long power, long total, long needed) {
        static Ready of(NodeService node, PlanRecord record) {
            boolean open = record.status() == PlanStatus.PROPOSED;
            long total = open ? node.validatorSet().totalPower() : record.totalPower();
            long power = open ? node.readyPower() : record.readyPower();
            return new Ready(power, total, record.plan().leastReady().ceilOf(total));
        }

        String text(RulePlan plan) {
            return Text.share(power, total) + " of " + plan.leastReady();
        }
    }

    /** The plan that waits, with who is ready and how long it takes still. */
    public static View waiting(NodeService node, Directory directory) {
        Optional<PlanRecord> found = node.plan();
        if (found.isEmpty()) {
            return new View(Json.object().put("plan", found).build()).line("No plan waits.");
        }
        PlanRecord record = found.get();
        RulePlan plan = record.plan();
        ChainParameters parameters = node.parameters();
        Ready ready = Ready.of(node, record);
        RuleSet active = node.activeRules();
        Optional<RuleSet> from = Optional.of(active).filter(set -> set.id().equals(plan.from()));
        long gateHeight = parameters.firstHeight(plan.gateEpoch() + 1) - 1;
        long firstHeight = parameters.firstHeight(plan.activationEpoch());
        long gateLeft = Math.max(0, gateHeight - node.status().finalizedHeight());
        long firstLeft = Math.max(0, firstHeight - node.status().height());
        List<Change> changes = from.map(set -> changes(set, plan.to())).orElse(List.of());
        JsonObject json = plan(plan);
        Json.object()
                .put("status", Text.camel(record.status().name()))
                .put("proposer", record.proposer())
                .put("proposerName", directory.nameOf(record.proposer()))
                .put("height", record.height())
                .put("readyPower", ready.power())
                .put("neededPower", ready.needed())
                .put("totalPower", ready.total())
                .put("gateHeight", gateHeight)
                .put("blocksToGate", gateLeft)
                .put("fromHeight", firstHeight)
                .put("blocksToActivation", firstLeft)
                .put("changes", Json.array(changes.stream(), change -> Json.object()
                        .put("kind", change.either().kind().text())
                        .put("before", change.before().map(RuleViews::rule))
                        .put("after", change.after().map(RuleViews::rule))
                        .build()))
                .put("validators", validators(node.validatorSet(), record, directory))
                .build()
                .entrySet()
                .forEach(member -> json.add(member.getKey(), member.getValue()));
        View view = new View(Json.object().put("plan", json).build())
                .field("plan", plan.id())
                .field("status", status(record, plan))
                .field("proposed", "by " + directory.nameOf(record.proposer()) + " in block " + record.height())
                .field("from", plan.from())
                .field("to", plan.to().id())
                .field("fallback", plan.fallback())
                .field("self-test", plan.selfTest())
                .field(
                        "ready",
                        Text.bar(ready.power(), ready.total(), plan.leastReady()) + " " + ready.text(plan) + " ("
                                + ready.power() + " of " + ready.needed() + " needed)")
                .field(
                        "gate",
                        "end of epoch " + plan.gateEpoch() + ", block " + gateHeight + ": "
                                + Text.blocksToGo(gateLeft, parameters.blockTimeMillis()))
                .field(
                        "activation",
                        "epoch " + plan.activationEpoch() + ", block " + firstHeight + ": "
                                + Text.blocksToGo(firstLeft, parameters.blockTimeMillis()));
        table(view, changes);
        View.Table voters = view.table("No validator.", "validator", "power", "share", "attested");
        for (ValidatorSet.Member member : node.validatorSet().members()) {
            voters.row(
                    directory.nameOf(member.address()),
                    member.power(),
                    Text.share(member.power(), node.validatorSet().totalPower()),
                    record.attested().contains(member.address()) ? "yes" : "no");
        }
        return view;
    }

    /** The plans that are settled, and what each changed where that is known. */
    public static View history(NodeService node, Directory directory) {
        List<PlanRecord> plans = node.planHistory();
        JsonArray all = Json.array(plans.stream(), record -> {
            JsonObject json = plan(record.plan());
            json.addProperty("status", Text.camel(record.status().name()));
            json.addProperty("statusHeight", record.statusHeight());
            json.addProperty("proposer", record.proposer().toString());
            json.addProperty("proposerName", directory.nameOf(record.proposer()));
            json.addProperty("height", record.height());
            json.addProperty("readyPower", record.readyPower());
            json.addProperty("totalPower", record.totalPower());
            json.add("attested", Json.texts(record.attested().stream()));
            return json;
        });
        View view = new View(Json.object().put("plans", all).build());
        View.Table table = view.table(
                "No plan is settled yet.", "plan", "block", "proposer", "changes", "epoch", "ready", "status", "since");
        for (PlanRecord record : plans) {
            RulePlan plan = record.plan();
            table.row(
                    Text.shorter(plan.id()),
                    record.height(),
                    directory.nameOf(record.proposer()),
                    // a plan replaces what judged the chain then, and a node knows all of these
                    node.ruleSet(plan.from())
                            .map(from -> words(changes(from, plan.to())))
                            .orElseGet(() -> "all of "
                                    + plan.to().rules().stream()
                                            .map(ref -> ref.id() + " " + ref.version())
                                            .collect(Collectors.joining(", "))),
                    plan.activationEpoch(),
                    Text.share(record.readyPower(), record.totalPower()) + " of " + plan.leastReady(),
                    status(record.status()),
                    record.statusHeight());
        }
        return view;
    }

    /** The plan that waits, in one line. */
    static Optional<String> line(NodeService node) {
        return node.plan().map(record -> {
            RulePlan plan = record.plan();
            long first = node.parameters().firstHeight(plan.activationEpoch());
            return "plan " + Text.shorter(plan.id()) + ": " + status(record.status()) + ", ready "
                    + Ready.of(node, record).text(plan) + ", gate at the end of epoch " + plan.gateEpoch()
                    + ", epoch " + plan.activationEpoch() + " from block " + first + " on (pos:rules-plan-show)";
        });
    }

    /** What a plan says. */
    static JsonObject plan(RulePlan plan) {
        return Json.object()
                .put("planId", plan.id())
                .put("from", plan.from())
                .put("to", plan.to().id())
                .put("fallback", plan.fallback())
                .put("leastReady", plan.leastReady())
                .put("gateEpoch", plan.gateEpoch())
                .put("activationEpoch", plan.activationEpoch())
                .put("selfTest", plan.selfTest())
                .put("rules", Json.array(plan.to().rules().stream(), RuleViews::rule))
                .build();
    }

    private static JsonArray validators(ValidatorSet voters, PlanRecord record, Directory directory) {
        return Json.array(voters.members().stream(), member -> Json.object()
                .put("address", member.address())
                .put("name", directory.nameOf(member.address()))
                .put("power", member.power())
                .put("attested", record.attested().contains(member.address()))
                .build());
    }

    private static List<Change> changes(RuleSet from, RuleSet to) {
        List<Change> changes = new ArrayList<>();
        for (RuleRef before : from.rules()) {
            Optional<RuleRef> after =
                    before.kind().isMany() ? to.find(before.id()) : Optional.of(to.only(before.kind()));
            if (!after.equals(Optional.of(before))) {
                changes.add(new Change(Optional.of(before), after));
            }
        }
        for (RuleRef after : to.rules()) {
            if (after.kind().isMany() && from.find(after.id()).isEmpty()) {
                changes.add(new Change(Optional.empty(), Optional.of(after)));
            }
        }
        return changes;
    }

    private static void table(View view, List<Change> changes) {
        View.Table table = view.table("", "kind", "from", "sha256", "to", "sha256", "parameters");
        for (Change change : changes) {
            table.row(
                    change.either().kind().text(),
                    Change.text(change.before()),
                    Change.digest(change.before()),
                    Change.text(change.after()),
                    Change.digest(change.after()),
                    change.after()
                            .map(rule -> RuleViews.text(rule.parameters().asMap()))
                            .orElse(""));
        }
    }

    private static String words(List<Change> changes) {
        return String.join(
                ", ",
                changes.stream()
                        .map(change -> change.after().isEmpty()
                                ? "without " + Change.text(change.before())
                                : Change.text(change.after()))
                        .toList());
    }

    private static String status(PlanRecord record, RulePlan plan) {
        return status(record.status())
                + (record.status() == PlanStatus.READY
                        ? " since block " + record.statusHeight() + ": becomes active with epoch "
                                + plan.activationEpoch()
                        : "");
    }

    private static String status(PlanStatus status) {
        return switch (status) {
            case PROPOSED -> "waits for attestations";
            case READY -> "passed its gate";
            case ACTIVE -> "became active";
            case EXPIRED -> "expired";
            case CANCELLED -> "taken back";
            case ROLLED_BACK -> "rolled back";
        };
    }
}
