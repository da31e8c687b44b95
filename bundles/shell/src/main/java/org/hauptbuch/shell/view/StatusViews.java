package org.hauptbuch.shell.view;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hauptbuch.api.chain.ChainParameters;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.net.Links;
import org.hauptbuch.api.node.BlockTiming;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.api.node.NodeStatus;
import org.hauptbuch.api.node.Randomness;
import org.hauptbuch.shell.Directory;

/** Where the chain and its nodes stand. */
public final class StatusViews {
    private StatusViews() {}

    /** How a node came to its proposals. */
    public static View timings(List<BlockTiming> timings) {
        View view = new View(Json.object()
                .put("timings", Json.array(timings.stream(), timing -> Json.object()
                        .put("height", timing.height())
                        .put("ruleSetId", timing.ruleSet())
                        .put("swapped", timing.swapped())
                        .put("own", timing.own())
                        .put("round", timing.round())
                        .put("waitMillis", timing.waitMillis())
                        .put("readyMicros", timing.readyNanos() / 1_000)
                        .put("proposalMicros", timing.proposalNanos() / 1_000)
                        .build()))
                .build());
        View.Table table = view.table(
                "No height was decided here yet.",
                "height",
                "rule set",
                "swap",
                "proposed",
                "round",
                "ready ms",
                "wait ms",
                "proposal ms");
        timings.forEach(timing -> table.row(
                timing.height(),
                Text.shorter(timing.ruleSet()),
                timing.swapped() ? "yes" : "",
                timing.own() ? "here" : "elsewhere",
                timing.round(),
                timing.readyNanos() / 10_000 / 100.0,
                timing.waitMillis(),
                timing.proposalNanos() / 10_000 / 100.0));
        return view;
    }

    /**
     * The chain as the most advanced of {@code nodes} has it, and each node.
     *
     * @param missing names of nodes that are configured here and not up
     * @param development whether the keys of this home are for development
     * @param randomness of the epoch, where a node has a state
     */
    public static View status(
            List<NodeStatus> nodes, SortedSet<String> missing, boolean development, Optional<Randomness> randomness) {
        NodeStatus best = nodes.stream()
                .max(Comparator.comparing(NodeStatus::finalizedHeight).thenComparing(NodeStatus::running))
                .orElseThrow();
        Json json = Json.object()
                .put("chainId", best.chainId())
                .put("height", best.height())
                .put("finalizedHeight", best.finalizedHeight())
                .put("finalizedHash", best.finalizedHash())
                .put("finalizedTimeMillis", best.finalizedTimeMillis())
                .put("stateRoot", best.stateRoot())
                .put("epoch", best.epoch())
                .put("ruleSetId", best.ruleSetId())
                .put("seed", randomness.map(Randomness::seed))
                .put("seedStretched", randomness.map(Randomness::stretched).orElse(false))
                .put("vdf", vdf(randomness))
                .put("development", development)
                .put("agree", agree(nodes))
                .put("nodes", nodesJson(nodes, missing));
        View view = new View(json.build())
                .field("chain", best.chainId())
                .field("height", best.height() + " (round " + best.round() + ", " + best.step() + ")")
                .field("final block", best.finalizedHeight() + "  " + best.finalizedHash())
                .field("final since", Text.time(best.finalizedTimeMillis()))
                .field("state root", best.stateRoot())
                .field("epoch", best.epoch())
                .field("rule set", best.ruleSetId());
        randomness.ifPresent(known -> {
            view.field("seed", known.seed() + (known.stretched() ? "  (stretched: no output came in time)" : ""));
            known.delay()
                    .ifPresent(delay -> view.field(
                            "vdf",
                            delay.state() + "  (" + delay.iterations() + " squarings, " + delay.bits() + " bits)"));
        });
        if (development) {
            view.line("A development network: its keys are worth nothing, anybody may have them.");
        }
        if (!agree(nodes)) {
            view.line("THE NODES DISAGREE: different final blocks at one height.");
        }
        nodeTable(view, nodes, missing);
        return view;
    }

    /** Each node. */
    public static View nodes(List<NodeStatus> nodes, SortedSet<String> missing) {
        View view =
                new View(Json.object().put("nodes", nodesJson(nodes, missing)).build());
        nodeTable(view, nodes, missing);
        return view;
    }

    /** The epoch of the height that is being decided. */
    public static View epoch(NodeService node, Directory directory) {
        NodeStatus status = node.status();
        ChainParameters parameters = node.parameters();
        long first = parameters.firstHeight(status.epoch());
        long last = first + parameters.epochLength() - 1;
        long left = Math.max(0, last - status.finalizedHeight());
        ValidatorSet set = node.validatorSet();
        JsonObject json = Json.object()
                .put("epoch", status.epoch())
                .put("firstHeight", first)
                .put("lastHeight", last)
                .put("finalizedHeight", status.finalizedHeight())
                .put("blocksLeft", left)
                .put("ruleSetId", status.ruleSetId())
                .put("nextRuleSetId", node.nextRules().map(rules -> rules.id()))
                .put("totalPower", set.totalPower())
                .put("validators", Json.array(set.members().stream(), member -> Json.object()
                        .put("address", member.address())
                        .put("name", directory.nameOf(member.address()))
                        .put("power", member.power())
                        .build()))
                .build();
        View view = new View(json)
                .field("epoch", status.epoch())
                .field("blocks", first + " to " + last)
                .field("blocks left", left + " (about " + left * parameters.blockTimeMillis() / 1000 + " s)")
                .field("rule set", status.ruleSetId());
        node.nextRules().ifPresent(next -> view.field("next rule set", next.id() + " from block " + (last + 1)));
        View.Table table = view.table("No validator.", "validator", "address", "power", "share");
        set.members()
                .forEach(member -> table.row(
                        directory.nameOf(member.address()),
                        member.address(),
                        member.power(),
                        Text.share(member.power(), set.totalPower())));
        return view;
    }

    /** The figures of {@code nodes}, one column each. */
    public static View metrics(List<NodeService> nodes) {
        Map<String, Map<String, Long>> byNode = new TreeMap<>();
        nodes.forEach(node -> byNode.put(node.name(), node.metrics()));
        Json each = Json.object();
        byNode.forEach((name, figures) -> each.put(name, Json.map(figures)));
        View view = new View(Json.object().put("nodes", each.build()).build());
        SortedSet<String> names = new TreeSet<>();
        byNode.values().forEach(figures -> names.addAll(figures.keySet()));
        String[] columns = new String[byNode.size() + 1];
        columns[0] = "metric";
        int column = 1;
        for (String node : byNode.keySet()) {
            columns[column++] = node;
        }
        View.Table table = view.table("No figures.", columns);
        for (String name : names) {
            Object[] row = new Object[columns.length];
            row[0] = name;
            int cell = 1;
            for (Map<String, Long> figures : byNode.values()) {
                Long value = figures.get(name);
                row[cell++] = value == null ? "-" : value;
            }
            table.row(row);
        }
        return view;
    }

    /** The delay of the epoch; empty where there is none. */
    private static JsonObject vdf(Optional<Randomness> randomness) {
        return randomness
                .flatMap(Randomness::delay)
                .map(delay -> Json.object()
                        .put("state", delay.state())
                        .put("iterations", delay.iterations())
                        .put("bits", delay.bits())
                        .put("height", delay.height())
                        .put("done", delay.done())
                        .put("ready", delay.ready())
                        .build())
                .orElseGet(() -> Json.object().build());
    }

    private static boolean agree(List<NodeStatus> nodes) {
        Map<Long, NodeStatus> byHeight = new TreeMap<>();
        for (NodeStatus node : nodes) {
            NodeStatus other = byHeight.putIfAbsent(node.finalizedHeight(), node);
            if (other != null
                    && (!other.finalizedHash().equals(node.finalizedHash())
                            || !other.stateRoot().equals(node.stateRoot()))) {
                return false;
            }
        }
        return true;
    }

    private static JsonArray nodesJson(List<NodeStatus> nodes, SortedSet<String> missing) {
        JsonArray all = Json.array(nodes.stream(), node -> Json.object()
                .put("name", node.name())
                .put("up", true)
                .put("running", node.running())
                .put("validator", node.validator())
                .put("height", node.height())
                .put("round", node.round())
                .put("step", node.step())
                .put("finalizedHeight", node.finalizedHeight())
                .put("finalizedHash", node.finalizedHash())
                .put("signing", node.signing())
                .put("halt", node.halt())
                .put("peers", Json.texts(node.peers().stream()))
                .put("poolTransactions", node.poolTransactions())
                .build());
        missing.forEach(name -> all.add(Json.object()
                .put("name", name)
                .put("up", false)
                .put("running", false)
                .put("height", 0)
                .put("finalizedHeight", 0)
                .put("finalizedHash", Optional.empty())
                .build()));
        return all;
    }

    /** How many, and with a plus how many of them the configuration does not name. */
    private static String peers(NodeStatus node) {
        long strangers = node.peers().stream()
                .filter(peer -> peer.startsWith(Links.STRANGER))
                .count();
        return node.peers().size() - strangers + (strangers == 0 ? "" : "+" + strangers);
    }

    private static void nodeTable(View view, List<NodeStatus> nodes, SortedSet<String> missing) {
        View.Table table =
                view.table("No node.", "node", "runs", "signs", "height", "final", "final block", "peers", "pool");
        for (NodeStatus node : nodes) {
            table.row(
                    node.name(),
                    node.running() ? "yes" : "no",
                    node.validator().isEmpty() ? "-" : node.signing() ? "yes" : "no",
                    node.height(),
                    node.finalizedHeight(),
                    Text.shorter(node.finalizedHash()),
                    peers(node),
                    node.poolTransactions());
        }
        missing.forEach(name -> table.row(name, "not up", "-", "-", "-", "-", "-", "-"));
        nodes.forEach(node -> node.halt().ifPresent(halt -> view.line(node.name() + " does not sign: " + halt)));
    }
}
