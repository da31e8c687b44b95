package org.hauptbuch.shell.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.shell.Directory;
import org.hauptbuch.shell.complete.LateTxOptionCompleter;

/** Bring a jailed validator back */
@Service
@Command(scope = "pos", name = "unjail", description = "Bring a jailed validator back")
public final class Unjail extends TxCommand {
    @Argument(index = 0, name = "options", multiValued = true, description = "Options may stand here, too")
    @Completion(LateTxOptionCompleter.class)
    private List<String> late;

    @Override
    protected Payload payload(NodeService node, Directory directory, Signer signer) {
        return new Payload.Unjail();
    }
}
