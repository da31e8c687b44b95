package org.hauptbuch.shell.view;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hauptbuch.api.chain.ChainParameters;
import org.hauptbuch.api.node.AvailableRule;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.api.rule.RuleRef;
import org.hauptbuch.api.rule.RuleSet;

/** Rules: those that the chain uses and those that are here. */
public final class RuleViews {
    private RuleViews() {}

    /** The rules that judge the next block, those of the next epoch where they differ, and a plan that waits. */
    public static View active(NodeService node) {
        RuleSet active = node.activeRules();
        Optional<RuleSet> next = node.nextRules();
        ChainParameters parameters = node.parameters();
        long nextHeight = parameters.firstHeight(node.status().epoch() + 1);
        JsonObject json = Json.object()
                .put("ruleSetId", active.id())
                .put("rules", Json.array(active.rules().stream(), RuleViews::rule))
                .put("next", next.map(set -> Json.object()
                        .put("ruleSetId", set.id())
                        .put("fromHeight", nextHeight)
                        .put("rules", Json.array(set.rules().stream(), RuleViews::rule))
                        .build()))
                .put("plan", node.plan().map(record -> PlanViews.plan(record.plan())))
                .build();
        View view = new View(json).field("rule set", active.id());
        table(view, active);
        next.ifPresent(set -> {
            view.field("from block " + nextHeight, set.id());
            table(view, set);
        });
        PlanViews.line(node).ifPresent(view::line);
        return view;
    }

    /** The rules that are here, with what the chain does with them. */
    public static View available(List<AvailableRule> rules) {
        View view = new View(Json.object()
                .put("rules", Json.array(rules.stream(), rule -> Json.object()
                        .put("kind", rule.kind().text())
                        .put("id", rule.id())
                        .put("version", rule.version())
                        .put("digest", rule.digest())
                        .put("active", rule.active())
                        .put("next", rule.next())
                        .put("source", rule.source())
                        .build()))
                .build());
        View.Table table = view.table("No rule is here.", "kind", "id", "version", "sha256", "used", "from");
        rules.forEach(rule -> table.row(
                rule.kind().text(),
                rule.id(),
                rule.version(),
                Text.shorter(rule.digest()),
                rule.active() ? rule.next() ? "now" : "until the epoch's end" : rule.next() ? "next epoch" : "",
                rule.source()));
        return view;
    }

    static JsonObject rule(RuleRef rule) {
        return Json.object()
                .put("kind", rule.kind().text())
                .put("id", rule.id())
                .put("version", rule.version())
                .put("digest", rule.digest())
                .put("parameters", Json.map(rule.parameters().asMap()))
                .build();
    }

    private static void table(View view, RuleSet set) {
        View.Table table = view.table("", "kind", "id", "version", "sha256", "parameters");
        set.rules()
                .forEach(rule -> table.row(
                        rule.kind().text(),
                        rule.id(),
                        rule.version(),
                        Text.shorter(rule.digest()),
                        text(rule.parameters().asMap())));
    }

    /** Parameters as they are typed. */
    public static String text(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue())
                .collect(Collectors.joining(" "));
    }
}
