package org.hauptbuch.shell.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.shell.Arguments;
import org.hauptbuch.shell.complete.AnyCompleter;
import org.hauptbuch.shell.complete.LateOptionCompleter;
import org.hauptbuch.shell.view.ChainViews;
import org.hauptbuch.shell.view.View;

/** Where a transaction is */
@Service
@Command(scope = "pos", name = "tx-show", description = "Where a transaction is")
public final class TxShow extends PosCommand {
    @Argument(index = 0, name = "ID", required = true, description = "The id of the transaction")
    @Completion(AnyCompleter.class)
    private String id;

    @Argument(index = 1, name = "options", multiValued = true, description = "Options may stand here, too")
    @Completion(LateOptionCompleter.class)
    private List<String> late;

    @Override
    protected View run() throws Exception {
        NodeService node = node();
        return ChainViews.transaction(node.transaction(Arguments.hash("ID", id)), directory(node));
    }
}
