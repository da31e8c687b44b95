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

/** The nodes of this container */
@Service
@Command(scope = "pos", name = "node-list", description = "The nodes of this container")
public final class NodeList extends PosCommand {
    @Argument(index = 0, name = "options", multiValued = true, description = "Options may stand here, too")
    @Completion(LateOptionCompleter.class)
    private List<String> late;

    @Override
    protected View run() throws Exception {
        return StatusViews.nodes(nodes().stream().map(NodeService::status).toList(), missing());
    }
}
