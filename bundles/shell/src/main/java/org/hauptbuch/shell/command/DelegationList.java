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
import org.hauptbuch.shell.Failure;
import org.hauptbuch.shell.complete.AccountCompleter;
import org.hauptbuch.shell.complete.LateOptionCompleter;
import org.hauptbuch.shell.complete.ValidatorCompleter;
import org.hauptbuch.shell.view.StakeViews;
import org.hauptbuch.shell.view.View;

/** Stake of an account, or with a validator, and what is unbonding */
@Service
@Command(
        scope = "pos",
        name = "delegation-list",
        description = "Stake of an account, or with a validator, and what is unbonding")
public final class DelegationList extends PosCommand {
    @Argument(index = 0, name = "ACCOUNT", description = "A key of this home, the id of a validator, or an address")
    @Completion(AccountCompleter.class)
    private String account;

    @Option(name = "--validator", description = "All stake with this validator")
    @Completion(ValidatorCompleter.class)
    private String validator;

    @Argument(index = 1, name = "options", multiValued = true, description = "Options may stand here, too")
    @Completion(LateOptionCompleter.class)
    private List<String> late;

    @Override
    protected View run() throws Exception {
        NodeService node = node();
        Directory directory = directory(node);
        if ((account == null) == (validator == null)) {
            throw new Failure("one of ACCOUNT and --validator must be given");
        }
        if (validator != null) {
            Address address = directory.validator("--validator", validator).address();
            return StakeViews.delegations(directory, node.delegationsTo(address), List.of());
        }
        Address address = directory.anyone("ACCOUNT", account);
        return StakeViews.delegations(directory, node.delegations(address), node.unbondings(address));
    }
}
