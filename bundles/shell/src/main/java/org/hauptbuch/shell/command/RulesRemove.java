package org.hauptbuch.shell.command;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.api.rule.RuleChange;
import org.hauptbuch.shell.RuleAdoption;
import org.hauptbuch.shell.complete.ConditionCompleter;

/** Takes a slashing condition out. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
        scope = "pos",
        name = "rules-remove",
        description = "Do without a slashing condition from the next epoch on")
public final class RulesRemove extends RuleChangeCommand {
    @Argument(index = 0, name = "ID", required = true, description = "The slashing condition")
    @Completion(ConditionCompleter.class)
    private String id;

    @Override
    protected RuleChange change(NodeService node) {
        return new RuleAdoption(container()).remove(node, id);
    }
}
