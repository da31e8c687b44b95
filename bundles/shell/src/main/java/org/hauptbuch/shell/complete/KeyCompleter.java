package org.hauptbuch.shell.complete;

import java.util.Collection;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.hauptbuch.api.node.KeyInfo;
import org.hauptbuch.shell.Container;

/** Names of keys. */
@Service
public final class KeyCompleter extends NamesCompleter {
    @Override
    Collection<String> names(Container in, CommandLine line) {
        return in.keyring().stream()
                .flatMap(keyring -> keyring.list().stream())
                .map(KeyInfo::name)
                .toList();
    }
}
