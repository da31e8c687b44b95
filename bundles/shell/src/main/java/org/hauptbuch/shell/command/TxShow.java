package org.hauptbuch.shell.command;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.shell.Arguments;
import org.hauptbuch.shell.view.ChainViews;
import org.hauptbuch.shell.view.View;

/** Where a transaction is */
@Service
@Parsing(OptionsAnywhere.class)
@Command(scope = "pos", name = "tx-show", description = "Where a transaction is")
public final class TxShow extends PosCommand {
    @Argument(index = 0, name = "ID", required = true, description = "The id of the transaction")
    private String id;

    @Override
    protected View run() throws Exception {
        NodeService node = node();
        return ChainViews.transaction(node.transaction(Arguments.hash("ID", id)), directory(node));
    }
}
