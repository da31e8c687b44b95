package org.hauptbuch.shell.complete;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** The options of commands that send a transaction. */
@Service
public final class LateTxOptionCompleter extends OptionCompleter {
    public LateTxOptionCompleter() {
        super(List.of("--from", "--fee", "--expiry", "--wait", "--no-wait", "--timeout", "--json", "--node"));
    }
}
