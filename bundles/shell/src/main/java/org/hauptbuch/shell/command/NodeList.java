package org.hauptbuch.shell.command;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.shell.view.StatusViews;
import org.hauptbuch.shell.view.View;

/** The nodes of this container */
@Service
@Parsing(OptionsAnywhere.class)
@Command(scope = "pos", name = "node-list", description = "The nodes of this container")
public final class NodeList extends PosCommand {
    @Override
    protected View run() throws Exception {
        return StatusViews.nodes(nodes().stream().map(NodeService::status).toList(), missing());
    }
}
