package org.hauptbuch.shell.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.hauptbuch.shell.RuleRetirement;
import org.hauptbuch.shell.complete.LateOptionCompleter;
import org.hauptbuch.shell.complete.RuleCompleter;
import org.hauptbuch.shell.complete.RuleVersionCompleter;
import org.hauptbuch.shell.view.StageViews;
import org.hauptbuch.shell.view.View;

/** Take a staged jar out that no chain here needs any more */
@Service
@Command(
        scope = "pos",
        name = "rules-retire",
        description = "Take a staged jar out that no chain here needs any more",
        detailedDescription =
                "Its classes go, no other bundle is touched, and its bytes stay kept by their SHA-256. Refused where the"
                        + " next block, the plan that waits, a fallback, the genesis or blocks that are kept need it, on any"
                        + " node of this container, and for what came with the distribution. A file in the rules folder"
                        + " should go too: it is staged again when the container starts.")
public final class RulesRetire extends PosCommand {
    @Argument(index = 0, name = "ID", required = true, description = "A rule of the jar, as pos:rules-list names it")
    @Completion(RuleCompleter.class)
    private String id;

    @Argument(index = 1, name = "VERSION", required = true, description = "Its version")
    @Completion(RuleVersionCompleter.class)
    private String version;

    @Argument(index = 2, name = "options", multiValued = true, description = "Options may stand here, too")
    @Completion(LateOptionCompleter.class)
    private List<String> late;

    @Override
    protected View run() throws Exception {
        return StageViews.retired(new RuleRetirement(container()).retire(id, version));
    }
}
