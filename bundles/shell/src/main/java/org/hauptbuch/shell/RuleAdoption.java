package org.hauptbuch.shell;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hauptbuch.api.node.AvailableRule;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.rule.RuleChange;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.rule.RuleRef;
import org.hauptbuch.api.rule.RuleSet;

/** Makes rule changes of what people type, and refuses those that a node of this container could not follow. */
public final class RuleAdoption {
    private final Container container;

    public RuleAdoption(Container container) {
        this.container = container;
    }

    /**
     * The adoption of an available rule.
     *
     * @param parameters each {@code NAME=VALUE}; where there is none, a rule that the set names already keeps its own
     * @throws Failure where a running node does not have the rule, or has it with other bytes
     */
    public RuleChange adopt(NodeService node, String id, String version, List<String> parameters) {
        AvailableRule rule = available(node, id, version);
        for (NodeService other : container.nodes()) {
            if (other.status().running()
                    && !available(other, id, version).digest().equals(rule.digest())) {
                throw new Failure("rule " + id + " " + version + " has SHA-256 " + rule.digest() + " on " + node.name()
                        + " and other bytes on " + other.name() + ": not adopted");
            }
        }
        Parameters values = parameters.isEmpty() ? kept(node, rule) : parsed(parameters);
        return new RuleChange(RuleChange.Operation.ADOPT, new RuleRef(rule.kind(), id, version, rule.digest(), values));
    }

    /** What puts {@code rule} in place of its predecessor in the active set, with that one's parameters. */
    RuleChange replacement(NodeService node, AvailableRule rule) {
        return new RuleChange(
                RuleChange.Operation.ADOPT,
                new RuleRef(rule.kind(), rule.id(), rule.version(), rule.digest(), kept(node, rule)));
    }

    /** The removal of a slashing condition. @throws Failure where it is none of the chain's */
    public RuleChange remove(NodeService node, String id) {
        RuleSet set = node.activeRules();
        RuleRef rule = set.find(id)
                .filter(ref -> ref.kind() == RuleKind.SLASHING)
                .orElseThrow(() -> Failure.argument(
                        "ID",
                        id,
                        "a slashing condition of the chain: "
                                + set.all(RuleKind.SLASHING).stream()
                                        .map(RuleRef::id)
                                        .collect(Collectors.joining(", "))));
        return new RuleChange(RuleChange.Operation.REMOVE, rule);
    }

    private static AvailableRule available(NodeService node, String id, String version) {
        List<AvailableRule> sameId = node.availableRules().stream()
                .filter(rule -> rule.id().equals(id))
                .toList();
        if (sameId.isEmpty()) {
            throw Failure.argument("ID", id, "a rule that " + node.name() + " has: " + names(node));
        }
        List<AvailableRule> found =
                sameId.stream().filter(rule -> rule.version().equals(version)).toList();
        if (found.isEmpty()) {
            throw Failure.argument(
                    "VERSION",
                    version,
                    "a version of " + id + " that " + node.name() + " has: "
                            + String.join(
                                    ", ",
                                    new TreeSet<>(sameId.stream()
                                            .map(AvailableRule::version)
                                            .toList())));
        }
        if (found.stream().map(AvailableRule::digest).distinct().count() > 1) {
            throw new Failure("rule " + id + " " + version + " is here with different bytes, must be in one jar: "
                    + found.stream()
                            .map(rule -> rule.source() + " (SHA-256 " + rule.digest() + ")")
                            .collect(Collectors.joining(", ")));
        }
        return found.get(0);
    }

    private static String names(NodeService node) {
        return String.join(
                ", ",
                new TreeSet<>(
                        node.availableRules().stream().map(AvailableRule::id).toList()));
    }

    private static Parameters kept(NodeService node, AvailableRule rule) {
        // of the active set, because that is what a plan starts from
        Optional<RuleRef> current = node.activeRules().find(rule.id());
        return current.map(RuleRef::parameters).orElse(Parameters.NONE);
    }

    private static Parameters parsed(List<String> parameters) {
        Map<String, String> values = new TreeMap<>();
        for (String parameter : parameters) {
            int at = parameter.indexOf('=');
            if (at < 1 || at == parameter.length() - 1) {
                throw Failure.argument("--param", parameter, "NAME=VALUE");
            }
            if (values.put(parameter.substring(0, at), parameter.substring(at + 1)) != null) {
                throw Failure.argument("--param", parameter, "a name that is given once");
            }
        }
        return Parameters.of(values);
    }
}
