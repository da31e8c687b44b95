package org.hauptbuch.shell.complete;

import java.util.Arrays;
import java.util.Collection;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.shell.Container;

/** Types of keys. */
@Service
public final class KeyTypeCompleter extends NamesCompleter {
    @Override
    Collection<String> names(Container in, CommandLine line) {
        return Arrays.stream(KeyType.values()).map(KeyType::label).toList();
    }
}
