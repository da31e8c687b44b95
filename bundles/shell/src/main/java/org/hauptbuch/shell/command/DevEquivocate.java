package org.hauptbuch.shell.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.shell.Directory;
import org.hauptbuch.shell.Nodes;
import org.hauptbuch.shell.complete.LateOptionCompleter;
import org.hauptbuch.shell.complete.NodeCompleter;
import org.hauptbuch.shell.view.Json;
import org.hauptbuch.shell.view.View;

/** On a development network: make a validator sign two blocks of one height */
@Service
@Command(
        scope = "pos",
        name = "dev-equivocate",
        description = "On a development network: make a validator sign two blocks of one height")
public final class DevEquivocate extends PosCommand {
    @Argument(index = 0, name = "NAME", required = true, description = "The node of the validator")
    @Completion(NodeCompleter.class)
    private String name;

    @Argument(index = 1, name = "options", multiValued = true, description = "Options may stand here, too")
    @Completion(LateOptionCompleter.class)
    private List<String> late;

    @Override
    protected View run() throws Exception {
        Directory.requireDevelopment(container());
        NodeService node = new Nodes(container()).named("NAME", name);
        node.equivocate();
        return new View(Json.object()
                        .put("name", name)
                        .put("height", node.status().height())
                        .build())
                .line("Node " + name
                        + " signs two blocks of the next height: watch pos:slashing-list and pos:validator-show.");
    }
}
