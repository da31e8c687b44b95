package org.hauptbuch.shell.command;

import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.PublicKey;
import org.hauptbuch.api.value.Rate;
import org.hauptbuch.shell.Arguments;
import org.hauptbuch.shell.Directory;
import org.hauptbuch.shell.Failure;
import org.hauptbuch.shell.Sender;
import org.hauptbuch.shell.complete.AnyCompleter;
import org.hauptbuch.shell.complete.KeyCompleter;
import org.hauptbuch.shell.complete.LateTxOptionCompleter;
import org.hauptbuch.shell.view.View;

/** Make an account a validator */
@Service
@Command(scope = "pos", name = "validator-register", description = "Make an account a validator")
public final class ValidatorRegister extends TxCommand {
    @Argument(index = 0, name = "STAKE", required = true, description = "Its first own stake, units")
    @Completion(AnyCompleter.class)
    private String stake;

    @Option(name = "--id", description = "Its name, unique on the chain (default: the name of the key)")
    private String id;

    @Option(name = "--commission", description = "What it keeps of rewards (default: 10%)")
    private String commission;

    @Option(name = "--max-commission", description = "The most that it may ever keep (default: 20%)")
    private String maxCommission;

    @Option(name = "--max-daily-change", description = "The most that its commission may change in a day (default: 1%)")
    private String maxDailyChange;

    @Option(
            name = "--consensus-key",
            description = "The key that will sign blocks and votes (default: the one of --from)")
    @Completion(KeyCompleter.class)
    private String consensusKey;

    @Argument(index = 1, name = "options", multiValued = true, description = "Options may stand here, too")
    @Completion(LateTxOptionCompleter.class)
    private List<String> late;

    @Override
    protected Payload payload(NodeService node, Directory directory, Signer signer) {
        Address owner = Address.of(signer.publicKey());
        Signer consensus = consensusKey == null ? signer : directory.signer("--consensus-key", consensusKey);
        PublicKey key = consensus.publicKey();
        Bytes possession = Transaction.possessionBytes(node.status().chainId(), owner, key);
        return new Payload.RegisterValidator(
                id(directory, owner),
                key,
                consensus.sign(possession),
                rate("--commission", commission, "10%"),
                rate("--max-commission", maxCommission, "20%"),
                rate("--max-daily-change", maxDailyChange, "1%"),
                Arguments.amount("STAKE", stake));
    }

    @Override
    protected View answer(NodeService node, List<Sender.Sent> sent) {
        View view = super.answer(node, sent);
        PublicKey key = ((Payload.RegisterValidator) sent.get(0).transaction().payload()).consensusKey();
        Optional<NodeService> signs = container().nodes().stream()
                .filter(here -> here.consensusKey().equals(Optional.of(key)))
                .findFirst();
        String misses = ": the validator misses its blocks and will be jailed unless ";
        if (signs.isEmpty()) {
            view.warning("no node of this container signs with consensus key " + key.shortText() + misses
                    + "a node runs with that key");
        } else if (!signs.get().status().running()) {
            String name = signs.get().name();
            view.warning("node " + name + ", which signs with its consensus key, is stopped" + misses
                    + "pos:node-start " + name + " starts it");
        }
        return view;
    }

    private String id(Directory directory, Address owner) {
        String name = id == null ? directory.keyOf(owner, "this validator") : id;
        if (!Validator.validId(name)) {
            throw Failure.argument("--id", name, "1 to 64 characters of a-z 0-9 _ . -");
        }
        return name;
    }

    private static Rate rate(String name, String text, String otherwise) {
        return Arguments.rate(name, text == null ? otherwise : text);
    }
}
