package org.hauptbuch.shell.complete;

import java.util.Collection;
import java.util.stream.LongStream;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.hauptbuch.shell.Container;

/** The last final heights. */
@Service
public final class BlockCompleter extends NamesCompleter {
    @Override
    Collection<String> names(Container in, CommandLine line) {
        return oneNode(in).stream()
                .mapToLong(node -> node.status().finalizedHeight())
                .flatMap(last -> LongStream.rangeClosed(Math.max(1, last - 19), last))
                .mapToObj(Long::toString)
                .toList();
    }
}
