package org.hauptbuch.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hauptbuch.api.node.AvailableRule;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.api.node.RuleStaging;
import org.hauptbuch.api.value.Hash;

/** Takes jars out of the container that no chain here needs any more. */
public final class RuleRetirement {
    private final Container container;

    /**
     * What is out.
     *
     * @param digest the SHA-256 of the jar
     * @param rules all the rules that were in it, with their version
     */
    public record Retired(Hash digest, List<String> rules) {
        public Retired {
            rules = List.copyOf(rules);
        }
    }

    public RuleRetirement(Container container) {
        this.container = container;
    }

    /**
     * Takes the jar with this rule out.
     *
     * @throws Failure where there is no such rule, a chain of this container needs it or cannot be asked, or it came with
     *     the distribution
     */
    public Retired retire(String id, String version) {
        List<NodeService> nodes = container.nodes();
        TreeSet<String> silent = new TreeSet<>(container.configured());
        nodes.forEach(node -> silent.remove(node.name()));
        if (nodes.isEmpty() || !silent.isEmpty()) {
            throw new Failure("nothing is retired: every node of this container must be asked first, and "
                    + (silent.isEmpty() ? "there is none" : String.join(", ", silent) + " cannot answer"));
        }
        RuleStaging staging =
                container.staging().orElseThrow(() -> new Failure("rule jars cannot be retired: staging is not up"));
        Map<Hash, TreeSet<String>> jars = jars(nodes, id, version);
        if (jars.isEmpty()) {
            throw new Failure("there is no rule " + id + " " + version + " here; pos:rules-list shows all");
        }
        List<String> refusals = new ArrayList<>();
        for (Map.Entry<Hash, TreeSet<String>> jar : jars.entrySet()) {
            List<String> needed = needs(nodes, jar.getKey());
            String what = id + " " + version + " (SHA-256 " + jar.getKey() + ")";
            if (!needed.isEmpty()) {
                refusals.add(what + " is needed: " + String.join("; ", needed));
            } else if (staging.retire(jar.getKey())) {
                return new Retired(jar.getKey(), List.copyOf(jar.getValue()));
            } else {
                refusals.add(what + " came with the distribution and stays");
            }
        }
        throw new Failure("nothing is retired: " + String.join("; ", refusals));
    }

    /** The jars with this rule, and all that is in each. */
    private static Map<Hash, TreeSet<String>> jars(List<NodeService> nodes, String id, String version) {
        Map<Hash, TreeSet<String>> jars = new TreeMap<>();
        List<AvailableRule> rules =
                nodes.stream().flatMap(node -> node.availableRules().stream()).toList();
        rules.stream()
                .filter(rule -> rule.id().equals(id) && rule.version().equals(version))
                .forEach(rule -> jars.put(rule.digest(), new TreeSet<>()));
        rules.stream().filter(rule -> jars.containsKey(rule.digest())).forEach(rule -> jars.get(rule.digest())
                .add(rule.id() + " " + rule.version()));
        return jars;
    }

    private static List<String> needs(List<NodeService> nodes, Hash digest) {
        List<String> needs = new ArrayList<>();
        for (NodeService node : nodes) {
            String why = node.namedJars().get(digest);
            if (why != null) {
                needs.add("on " + node.name() + " " + why);
            }
        }
        return needs;
    }
}
