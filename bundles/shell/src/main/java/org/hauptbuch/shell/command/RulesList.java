package org.hauptbuch.shell.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.hauptbuch.shell.complete.LateOptionCompleter;
import org.hauptbuch.shell.view.RuleViews;
import org.hauptbuch.shell.view.View;

/** The rules that are here, with version, digest and use */
@Service
@Command(scope = "pos", name = "rules-list", description = "The rules that are here, with version, digest and use")
public final class RulesList extends PosCommand {
    @Argument(index = 0, name = "options", multiValued = true, description = "Options may stand here, too")
    @Completion(LateOptionCompleter.class)
    private List<String> late;

    @Override
    protected View run() throws Exception {
        return RuleViews.available(node().availableRules());
    }
}
