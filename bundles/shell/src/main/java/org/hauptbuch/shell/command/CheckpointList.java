package org.hauptbuch.shell.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.hauptbuch.shell.Arguments;
import org.hauptbuch.shell.complete.LateOptionCompleter;
import org.hauptbuch.shell.view.CheckpointViews;
import org.hauptbuch.shell.view.View;

/** Checkpoints, the newest first */
@Service
@Command(
        scope = "pos",
        name = "checkpoint-list",
        description = "Checkpoints at which new nodes can begin, the newest first")
public final class CheckpointList extends PosCommand {
    @Option(name = "--count", description = "How many, 1 to 1000 (default: 10)")
    private String count;

    @Argument(index = 0, name = "options", multiValued = true, description = "Options may stand here, too")
    @Completion(LateOptionCompleter.class)
    private List<String> late;

    @Override
    protected View run() throws Exception {
        return CheckpointViews.list(node(), count == null ? 10 : (int) Arguments.whole("--count", count, 1, 1000));
    }
}
