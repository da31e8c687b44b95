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

/** Add to the own stake of a validator */
@Service
@Command(scope = "pos", name = "stake", description = "Add to the own stake of a validator")
public final class Stake extends TxCommand {
    @Argument(index = 0, name = "AMOUNT", required = true, description = "Units, such as 1000 or 1_000")
    @Completion(AnyCompleter.class)
    private String amount;

    @Argument(index = 1, name = "options", multiValued = true, description = "Options may stand here, too")
    @Completion(LateTxOptionCompleter.class)
    private List<String> late;

    @Override
    protected Payload payload(NodeService node, Directory directory, Signer signer) {
        return new Payload.Stake(Arguments.amount("AMOUNT", amount));
    }
}
