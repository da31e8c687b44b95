package org.hauptbuch.shell.command;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.console.Session;
import org.hauptbuch.api.node.Keyring;
import org.hauptbuch.shell.Failure;
import org.hauptbuch.shell.complete.AnyCompleter;

/** A command about a key's file, which has a passphrase of its own. */
abstract class KeyFileCommand extends PosCommand {
    @Reference
    private Session session;

    @Option(
            name = "--passphrase-file",
            description = "The file with FILE's passphrase, one line, readable by its owner only (default: ask for it)")
    @Completion(AnyCompleter.class)
    private String passphraseFile;

    /** FILE's passphrase: from the file that was named, else from the one who types. */
    final String passphrase(Keyring keyring, String question) {
        if (passphraseFile != null) {
            return keyring.passphrase(Path.of(passphraseFile));
        }
        if (session.getTerminal() == null) {
            throw new Failure("nobody is there to be asked for the passphrase: --passphrase-file must name a file");
        }
        try {
            String typed = session.readLine(question, '*');
            if (typed == null) {
                throw new Failure("no passphrase was typed");
            }
            return typed;
        } catch (IOException e) {
            throw new Failure("the passphrase cannot be read: " + e, e);
        }
    }

    /** Whether a passphrase is typed, which can be mistyped. */
    final boolean isTyped() {
        return passphraseFile == null;
    }
}
