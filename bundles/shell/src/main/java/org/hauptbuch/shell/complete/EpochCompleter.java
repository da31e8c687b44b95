package org.hauptbuch.shell.complete;

import java.util.Collection;
import java.util.stream.LongStream;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.hauptbuch.shell.Container;

/** This epoch and the next ten. */
@Service
public final class EpochCompleter extends NamesCompleter {
    @Override
    Collection<String> names(Container in, CommandLine line) {
        return oneNode(in).stream()
                .mapToLong(node -> node.status().epoch())
                .flatMap(epoch -> LongStream.rangeClosed(epoch, epoch + 10))
                .mapToObj(Long::toString)
                .toList();
    }
}
