package org.hauptbuch.shell.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.shell.complete.LateOptionCompleter;
import org.hauptbuch.shell.view.StatusViews;
import org.hauptbuch.shell.view.View;

/** The current epoch and who validates in it */
@Service
@Command(scope = "pos", name = "epoch-show", description = "The current epoch and who validates in it")
public final class EpochShow extends PosCommand {
    @Argument(index = 0, name = "options", multiValued = true, description = "Options may stand here, too")
    @Completion(LateOptionCompleter.class)
    private List<String> late;

    @Override
    protected View run() throws Exception {
        NodeService node = node();
        return StatusViews.epoch(node, directory(node));
    }
}
