package org.hauptbuch.shell.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.api.rule.RuleChange;
import org.hauptbuch.shell.RuleAdoption;
import org.hauptbuch.shell.complete.LateTxOptionCompleter;
import org.hauptbuch.shell.complete.RuleCompleter;
import org.hauptbuch.shell.complete.RuleVersionCompleter;

/** Replaces the rule of the same kind, or adds a slashing condition. */
@Service
@Command(
        scope = "pos",
        name = "rules-adopt",
        description = "Use a rule from the next epoch on, where enough validators run in this container",
        detailedDescription =
                "Proposes a plan with the attestations of all validators that run here, in one transaction of"
                        + " one of their operators. They need 80% of the voting power; with less, use pos:rules-propose and"
                        + " pos:rules-attest. With fewer than three blocks left in the epoch the rules change one epoch later."
                        + " Waits while another plan that has its attestations is not active yet; --no-wait does not.")
public final class RulesAdopt extends RuleChangeCommand {
    @Argument(index = 0, name = "ID", required = true, description = "The rule, as pos:rules-list names it")
    @Completion(RuleCompleter.class)
    private String id;

    @Argument(index = 1, name = "VERSION", required = true, description = "Its version")
    @Completion(RuleVersionCompleter.class)
    private String version;

    @Option(
            name = "--param",
            multiValued = true,
            description = "A parameter of the rule; without any, a new version of an active rule keeps the old one's,"
                    + " and another rule has its defaults")
    private List<String> parameters;

    @Argument(index = 2, name = "options", multiValued = true, description = "Options may stand here, too")
    @Completion(LateTxOptionCompleter.class)
    private List<String> late;

    @Override
    protected RuleChange change(NodeService node) {
        return new RuleAdoption(container()).adopt(node, id, version, parameters == null ? List.of() : parameters);
    }
}
