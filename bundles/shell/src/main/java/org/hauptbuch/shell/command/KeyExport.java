package org.hauptbuch.shell.command;

import java.nio.file.Path;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.hauptbuch.api.node.KeyInfo;
import org.hauptbuch.api.node.Keyring;
import org.hauptbuch.shell.Directory;
import org.hauptbuch.shell.Failure;
import org.hauptbuch.shell.complete.AnyCompleter;
import org.hauptbuch.shell.complete.KeyCompleter;
import org.hauptbuch.shell.complete.LateKeyFileOptionCompleter;
import org.hauptbuch.shell.view.StakeViews;
import org.hauptbuch.shell.view.View;

/** Write a key to a file, encrypted with a passphrase of its own */
@Service
@Command(
        scope = "pos",
        name = "key-export",
        description = "Write a key to a file, encrypted with a passphrase of its own")
public final class KeyExport extends KeyFileCommand {
    @Argument(index = 0, name = "NAME", required = true, description = "The key")
    @Completion(KeyCompleter.class)
    private String name;

    @Argument(index = 1, name = "FILE", required = true, description = "A file that does not exist yet")
    @Completion(AnyCompleter.class)
    private String file;

    @Argument(index = 2, name = "options", multiValued = true, description = "Options may stand here, too")
    @Completion(LateKeyFileOptionCompleter.class)
    private List<String> late;

    @Override
    protected View run() throws Exception {
        Keyring keyring = Directory.keyring(container());
        KeyInfo key = keyring.exportKey(name, Path.of(file), () -> chosen(keyring));
        return new View(StakeViews.key(key))
                .field("key", key.name())
                .field("file", file)
                .line("Never let two nodes sign with one consensus key.");
    }

    private String chosen(Keyring keyring) {
        String chosen = passphrase(keyring, "Passphrase for " + file + ": ");
        if (isTyped() && !passphrase(keyring, "Once more: ").equals(chosen)) {
            throw new Failure("the two passphrases are not the same");
        }
        return chosen;
    }
}
