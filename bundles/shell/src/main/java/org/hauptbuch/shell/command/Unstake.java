package org.hauptbuch.shell.command;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.shell.Arguments;
import org.hauptbuch.shell.Directory;

/** Begin to unbond own stake of a validator */
@Service
@Parsing(OptionsAnywhere.class)
@Command(scope = "pos", name = "unstake", description = "Begin to unbond own stake of a validator")
public final class Unstake extends TxCommand {
    @Argument(index = 0, name = "AMOUNT", required = true, description = "Units, such as 1000 or 1_000")
    private String amount;

    @Override
    protected Payload payload(NodeService node, Directory directory, Signer signer) {
        return new Payload.Unstake(Arguments.amount("AMOUNT", amount));
    }
}
