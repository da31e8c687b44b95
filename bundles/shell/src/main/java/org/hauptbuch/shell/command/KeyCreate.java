package org.hauptbuch.shell.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.hauptbuch.api.node.KeyInfo;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.shell.Arguments;
import org.hauptbuch.shell.Directory;
import org.hauptbuch.shell.complete.AnyCompleter;
import org.hauptbuch.shell.complete.KeyTypeCompleter;
import org.hauptbuch.shell.complete.LateOptionCompleter;
import org.hauptbuch.shell.view.StakeViews;
import org.hauptbuch.shell.view.View;

/** Make a key in this home */
@Service
@Command(scope = "pos", name = "key-create", description = "Make a key in this home")
public final class KeyCreate extends PosCommand {
    @Argument(index = 0, name = "NAME", required = true, description = "Its name: 1 to 64 of a-z 0-9 _ . -")
    @Completion(AnyCompleter.class)
    private String name;

    @Option(
            name = "--type",
            description =
                    "ed25519, ml-dsa-65 or hybrid of both; validators on a chain with quantum resistance sign with"
                            + " hybrid keys")
    @Completion(KeyTypeCompleter.class)
    private String type = KeyType.ED25519.label();

    @Argument(index = 1, name = "options", multiValued = true, description = "Options may stand here, too")
    @Completion(LateOptionCompleter.class)
    private List<String> late;

    @Override
    protected View run() throws Exception {
        KeyInfo key = Directory.keyring(container()).create(name, Arguments.keyType("--type", type));
        return new View(StakeViews.key(key))
                .field("key", key.name())
                .field("type", key.publicKey().type().label())
                .field("address", key.address());
    }
}
