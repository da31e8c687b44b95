package org.hauptbuch.shell.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.api.node.ReplayReport;
import org.hauptbuch.shell.complete.LateOptionCompleter;
import org.hauptbuch.shell.view.Json;
import org.hauptbuch.shell.view.View;

/** Execute a node's stored chain again and check all of it */
@Service
@Command(
        scope = "pos",
        name = "chain-verify",
        description = "Execute a node's stored chain again, from genesis, each block under the rules of its time, and"
                + " check every certificate, signature and state root")
public final class ChainVerify extends PosCommand {
    @Argument(index = 0, name = "options", multiValued = true, description = "Options may stand here, too")
    @Completion(LateOptionCompleter.class)
    private List<String> late;

    @Override
    protected View run() throws Exception {
        NodeService node = node();
        ReplayReport report = node.replay(height -> {});
        return new View(Json.object()
                        .put("node", node.name())
                        .put("height", report.height())
                        .put("hash", report.hash().toString())
                        .put("stateRoot", report.stateRoot().toString())
                        .put("transactions", report.transactions())
                        .put("ruleSets", report.ruleSets())
                        .build())
                .line("The chain of " + node.name() + " is right up to block " + report.height() + ": "
                        + report.transactions() + " transactions, " + report.ruleSets()
                        + " rule sets, state root " + report.stateRoot());
    }
}
