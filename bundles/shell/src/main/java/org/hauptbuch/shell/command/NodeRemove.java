package org.hauptbuch.shell.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.hauptbuch.api.node.NodeStatus;
import org.hauptbuch.shell.Nodes;
import org.hauptbuch.shell.Pause;
import org.hauptbuch.shell.complete.LateOptionCompleter;
import org.hauptbuch.shell.complete.NodeCompleter;
import org.hauptbuch.shell.view.Json;
import org.hauptbuch.shell.view.View;

/** Take a node out of this devnet; its keys and its store stay */
@Service
@Command(
        scope = "pos",
        name = "node-remove",
        description = "Take a node out of this devnet; its keys and its store stay")
public final class NodeRemove extends PosCommand {
    @Argument(index = 0, name = "NAME", required = true, description = "Which")
    @Completion(NodeCompleter.class)
    private String name;

    @Argument(index = 1, name = "options", multiValued = true, description = "Options may stand here, too")
    @Completion(LateOptionCompleter.class)
    private List<String> late;

    @Override
    protected View run() throws Exception {
        boolean validates = container().nodes().stream()
                .filter(node -> node.name().equals(name))
                .map(node -> node.status())
                .anyMatch(NodeStatus::signing);
        container().nodeAdmin().orElseThrow(Nodes::noAdmin).remove(name);
        new Nodes(container()).awaitUp(name, false, Pause.REAL);
        View view = new View(
                        Json.object().put("name", name).put("removed", true).build())
                .line("Node " + name + " is removed. Its keys and its store stay; pos:node-add " + name
                        + " uses them again.");
        if (validates) {
            view.warning("it was signing for a validator, which misses its blocks from now on and will be jailed");
        }
        return view;
    }
}
