package org.hauptbuch.shell.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.hauptbuch.api.node.NodeAdmin;
import org.hauptbuch.shell.Nodes;
import org.hauptbuch.shell.Pause;
import org.hauptbuch.shell.complete.AnyCompleter;
import org.hauptbuch.shell.complete.LateOptionCompleter;
import org.hauptbuch.shell.view.Json;
import org.hauptbuch.shell.view.View;

/** Add a node to this devnet */
@Service
@Command(scope = "pos", name = "node-add", description = "Add a node to this devnet")
public final class NodeAdd extends PosCommand {
    @Argument(index = 0, name = "NAME", required = true, description = "Its name: 1 to 64 of a-z 0-9 _ . -")
    @Completion(AnyCompleter.class)
    private String name;

    @Argument(index = 1, name = "options", multiValued = true, description = "Options may stand here, too")
    @Completion(LateOptionCompleter.class)
    private List<String> late;

    @Override
    protected View run() throws Exception {
        NodeAdmin.Added added =
                container().nodeAdmin().orElseThrow(Nodes::noAdmin).add(name);
        new Nodes(container()).awaitUp(name, true, Pause.REAL);
        return new View(Json.object()
                        .put("name", name)
                        .put("port", added.port())
                        .put("address", added.account().address())
                        .put("consensusKey", added.consensusKey().publicKey())
                        .build())
                .field("node", name)
                .field("port", added.port())
                .field(
                        "account key",
                        added.account().name() + "  " + added.account().address())
                .field("consensus key", added.consensusKey().name())
                .line("It follows the chain. pos:validator-register --from "
                        + added.account().name()
                        + " --consensus-key " + added.consensusKey().name()
                        + " STAKE makes it a validator, once its account has the stake.");
    }
}
