package org.hauptbuch.shell.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.shell.complete.LateOptionCompleter;
import org.hauptbuch.shell.view.PlanViews;
import org.hauptbuch.shell.view.View;

/** The plan that waits: what it changes, who is ready, and when */
@Service
@Command(
        scope = "pos",
        name = "rules-plan-show",
        description = "The plan that waits: what it changes, who is ready, and when")
public final class RulesPlanShow extends PosCommand {
    @Argument(index = 0, name = "options", multiValued = true, description = "Options may stand here, too")
    @Completion(LateOptionCompleter.class)
    private List<String> late;

    @Override
    protected View run() throws Exception {
        NodeService node = node();
        return PlanViews.waiting(node, directory(node));
    }
}
