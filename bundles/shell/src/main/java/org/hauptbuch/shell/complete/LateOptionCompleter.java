package org.hauptbuch.shell.complete;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** The options that every command has. */
@Service
public final class LateOptionCompleter extends OptionCompleter {
    public LateOptionCompleter() {
        super(List.of("--json", "--node"));
    }
}
