package org.hauptbuch.shell.complete;

import java.util.Collection;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.hauptbuch.shell.Container;

/** The heights of the last checkpoints. */
@Service
public final class CheckpointCompleter extends NamesCompleter {
    @Override
    Collection<String> names(Container in, CommandLine line) {
        return oneNode(in).stream()
                .flatMap(node -> node.checkpoints(20).stream())
                .map(checkpoint -> Long.toString(checkpoint.checkpoint().height()))
                .toList();
    }
}
