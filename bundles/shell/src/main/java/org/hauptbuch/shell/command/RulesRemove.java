package org.hauptbuch.shell.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.api.rule.RuleChange;
import org.hauptbuch.shell.RuleAdoption;
import org.hauptbuch.shell.complete.ConditionCompleter;
import org.hauptbuch.shell.complete.LateTxOptionCompleter;

/** Takes a slashing condition out. */
@Service
@Command(
        scope = "pos",
        name = "rules-remove",
        description = "Do without a slashing condition from the next epoch on, as pos:rules-adopt")
public final class RulesRemove extends RuleChangeCommand {
    @Argument(index = 0, name = "ID", required = true, description = "The slashing condition")
    @Completion(ConditionCompleter.class)
    private String id;

    @Argument(index = 1, name = "options", multiValued = true, description = "Options may stand here, too")
    @Completion(LateTxOptionCompleter.class)
    private List<String> late;

    @Override
    protected RuleChange change(NodeService node) {
        return new RuleAdoption(container()).remove(node, id);
    }
}
