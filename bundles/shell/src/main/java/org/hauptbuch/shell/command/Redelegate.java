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

/** Move stake from one validator to another */
@Service
@Command(scope = "pos", name = "redelegate", description = "Move stake from one validator to another")
public final class Redelegate extends TxCommand {
    @Argument(index = 0, name = "SOURCE", required = true, description = "The validator that it leaves: id or address")
    @Completion(ValidatorCompleter.class)
    private String source;

    @Argument(
            index = 1,
            name = "DESTINATION",
            required = true,
            description = "The validator that it joins: id or address")
    @Completion(ValidatorCompleter.class)
    private String destination;

    @Argument(index = 2, name = "AMOUNT", required = true, description = "Units, such as 1000 or 1_000")
    @Completion(AnyCompleter.class)
    private String amount;

    @Argument(index = 3, name = "options", multiValued = true, description = "Options may stand here, too")
    @Completion(LateTxOptionCompleter.class)
    private List<String> late;

    @Override
    protected Payload payload(NodeService node, Directory directory, Signer signer) {
        return new Payload.Redelegate(
                directory.validator("SOURCE", source).address(),
                directory.validator("DESTINATION", destination).address(),
                Arguments.amount("AMOUNT", amount));
    }
}
