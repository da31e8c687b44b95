package org.hauptbuch.shell.command;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.shell.Directory;

/** Bring a jailed validator back */
@Service
@Parsing(OptionsAnywhere.class)
@Command(scope = "pos", name = "unjail", description = "Bring a jailed validator back")
public final class Unjail extends TxCommand {
    @Override
    protected Payload payload(NodeService node, Directory directory, Signer signer) {
        return new Payload.Unjail();
    }
}
