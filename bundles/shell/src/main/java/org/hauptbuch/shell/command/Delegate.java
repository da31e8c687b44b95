package org.hauptbuch.shell.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.shell.Arguments;
import org.hauptbuch.shell.Directory;
import org.hauptbuch.shell.complete.AnyCompleter;
import org.hauptbuch.shell.complete.LateTxOptionCompleter;
import org.hauptbuch.shell.complete.ValidatorCompleter;

/** Stake with a validator */
@Service
@Command(scope = "pos", name = "delegate", description = "Stake with a validator")
public final class Delegate extends TxCommand {
    @Argument(index = 0, name = "VALIDATOR", required = true, description = "Its id or address")
    @Completion(ValidatorCompleter.class)
    private String validator;

    @Argument(index = 1, name = "AMOUNT", required = true, description = "Units, such as 1000 or 1_000")
    @Completion(AnyCompleter.class)
    private String amount;

    @Argument(index = 2, name = "options", multiValued = true, description = "Options may stand here, too")
    @Completion(LateTxOptionCompleter.class)
    private List<String> late;

    @Override
    protected Payload payload(NodeService node, Directory directory, Signer signer) {
        return new Payload.Delegate(
                directory.validator("VALIDATOR", validator).address(), Arguments.amount("AMOUNT", amount));
    }
}
