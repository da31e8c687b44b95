package org.hauptbuch.shell.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.shell.Arguments;
import org.hauptbuch.shell.Directory;
import org.hauptbuch.shell.Failure;
import org.hauptbuch.shell.complete.KeyCompleter;
import org.hauptbuch.shell.complete.LateTxOptionCompleter;

/** Change the commission or the consensus key of a validator */
@Service
@Command(
        scope = "pos",
        name = "validator-edit",
        description = "Change the commission or the consensus key of a validator")
public final class ValidatorEdit extends TxCommand {
    @Option(name = "--commission", description = "What it keeps of rewards from now on")
    private String commission;

    @Option(name = "--consensus-key", description = "The key that signs from the next epoch on")
    @Completion(KeyCompleter.class)
    private String consensusKey;

    @Argument(index = 0, name = "options", multiValued = true, description = "Options may stand here, too")
    @Completion(LateTxOptionCompleter.class)
    private List<String> late;

    @Override
    protected Payload payload(NodeService node, Directory directory, Signer signer) {
        if ((commission == null) == (consensusKey == null)) {
            throw new Failure("one of --commission RATE and --consensus-key KEY must be given");
        }
        if (commission != null) {
            return new Payload.EditValidator(Arguments.rate("--commission", commission));
        }
        Signer next = directory.signer("--consensus-key", consensusKey);
        Bytes possession =
                Transaction.possessionBytes(node.status().chainId(), Address.of(signer.publicKey()), next.publicKey());
        return new Payload.RotateKey(next.publicKey(), next.sign(possession));
    }
}
