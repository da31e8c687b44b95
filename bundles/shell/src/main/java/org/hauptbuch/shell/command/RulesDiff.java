package org.hauptbuch.shell.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.hauptbuch.shell.complete.LateOptionCompleter;
import org.hauptbuch.shell.view.StageViews;
import org.hauptbuch.shell.view.View;

/** Where the rules of the plan that waits give other results than the active ones */
@Service
@Command(
        scope = "pos",
        name = "rules-diff",
        description = "Where the rules of the plan that waits give other results than the active ones")
public final class RulesDiff extends PosCommand {
    @Argument(index = 0, name = "options", multiValued = true, description = "Options may stand here, too")
    @Completion(LateOptionCompleter.class)
    private List<String> late;

    @Override
    protected View run() throws Exception {
        return StageViews.shadow(node());
    }
}
