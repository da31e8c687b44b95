package org.hauptbuch.shell.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.hauptbuch.api.node.KeyInfo;
import org.hauptbuch.api.node.Keyring;
import org.hauptbuch.shell.Directory;
import org.hauptbuch.shell.complete.AnyCompleter;
import org.hauptbuch.shell.complete.LateKeyFileOptionCompleter;
import org.hauptbuch.shell.view.StakeViews;
import org.hauptbuch.shell.view.View;

/** Take a key that was exported, or encrypt one of an earlier build */
@Service
@Command(
        scope = "pos",
        name = "key-import",
        description = "Take a key that was exported, or encrypt one of an earlier build")
public final class KeyImport extends KeyFileCommand {
    @Argument(index = 0, name = "FILE", required = true, description = "The file, readable by its owner only")
    @Completion(AnyCompleter.class)
    private String file;

    @Option(name = "--name", description = "What it is called here (default: as in the file)")
    @Completion(AnyCompleter.class)
    private String name;

    @Argument(index = 1, name = "options", multiValued = true, description = "Options may stand here, too")
    @Completion(LateKeyFileOptionCompleter.class)
    private List<String> late;

    @Override
    protected View run() throws Exception {
        Keyring keyring = Directory.keyring(container());
        KeyInfo key = keyring.importKey(
                Path.of(file), Optional.ofNullable(name), () -> passphrase(keyring, "Passphrase of " + file + ": "));
        return new View(StakeViews.key(key))
                .field("key", key.name())
                .field("type", key.publicKey().type().label())
                .field("address", key.address())
                .line("It is encrypted with this home's passphrase. Delete " + file
                        + " unless it is this home's own. Where a validator has signed with the key elsewhere,"
                        + " pos:signing-import its records before a node signs with it here.");
    }
}
