package org.hauptbuch.shell.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.shell.Directory;
import org.hauptbuch.shell.complete.AccountCompleter;
import org.hauptbuch.shell.complete.LateOptionCompleter;
import org.hauptbuch.shell.view.StakeViews;
import org.hauptbuch.shell.view.View;

/** What an account is owed */
@Service
@Command(scope = "pos", name = "rewards-show", description = "What an account is owed")
public final class RewardsShow extends PosCommand {
    @Argument(
            index = 0,
            name = "ACCOUNT",
            required = true,
            description = "A key of this home, the id of a validator, or an address")
    @Completion(AccountCompleter.class)
    private String account;

    @Argument(index = 1, name = "options", multiValued = true, description = "Options may stand here, too")
    @Completion(LateOptionCompleter.class)
    private List<String> late;

    @Override
    protected View run() throws Exception {
        NodeService node = node();
        Directory directory = directory(node);
        return StakeViews.rewards(node, directory, directory.anyone("ACCOUNT", account));
    }
}
