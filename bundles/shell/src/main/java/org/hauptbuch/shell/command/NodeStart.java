package org.hauptbuch.shell.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.shell.Nodes;
import org.hauptbuch.shell.complete.LateOptionCompleter;
import org.hauptbuch.shell.complete.NodeCompleter;
import org.hauptbuch.shell.view.Json;
import org.hauptbuch.shell.view.View;

/** Start a node */
@Service
@Command(scope = "pos", name = "node-start", description = "Start a node")
public final class NodeStart extends PosCommand {
    @Argument(index = 0, name = "NAME", required = true, description = "Which")
    @Completion(NodeCompleter.class)
    private String name;

    @Argument(index = 1, name = "options", multiValued = true, description = "Options may stand here, too")
    @Completion(LateOptionCompleter.class)
    private List<String> late;

    @Override
    protected View run() throws Exception {
        NodeService node = new Nodes(container()).named("NAME", name);
        node.start();
        boolean running = node.status().running();
        return new View(Json.object().put("name", name).put("running", running).build())
                .line("Node " + name + " is started.");
    }
}
