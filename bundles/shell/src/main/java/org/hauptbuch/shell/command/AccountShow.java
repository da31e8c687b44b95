package org.hauptbuch.shell.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.shell.Directory;
import org.hauptbuch.shell.complete.AccountCompleter;
import org.hauptbuch.shell.complete.LateOptionCompleter;
import org.hauptbuch.shell.view.ChainViews;
import org.hauptbuch.shell.view.StakeViews;
import org.hauptbuch.shell.view.View;

/** What an account has */
@Service
@Command(scope = "pos", name = "account-show", description = "What an account has")
public final class AccountShow extends PosCommand {
    @Argument(
            index = 0,
            name = "ACCOUNT",
            required = true,
            description = "A key of this home, the id of a validator, or an address")
    @Completion(AccountCompleter.class)
    private String account;

    @Option(name = "--proof", description = "With the proof of its balance and nonce by the state root of a block")
    private boolean proof;

    @Argument(index = 1, name = "options", multiValued = true, description = "Options may stand here, too")
    @Completion(LateOptionCompleter.class)
    private List<String> late;

    @Override
    protected View run() throws Exception {
        NodeService node = node();
        Directory directory = directory(node);
        Address address = directory.anyone("ACCOUNT", account);
        return proof
                ? ChainViews.proof(directory.nameOf(address), address, node.accountProof(address))
                : StakeViews.account(node, directory, address);
    }
}
