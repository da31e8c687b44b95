package org.hauptbuch.shell.complete;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** The options of commands about a key's file. */
@Service
public final class LateKeyFileOptionCompleter extends OptionCompleter {
    public LateKeyFileOptionCompleter() {
        super(List.of("--json", "--name", "--node", "--passphrase-file"));
    }
}
