package org.hauptbuch.shell.complete;

import java.util.Collection;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.shell.Container;

/** Offers names that the container knows at the moment. */
abstract class NamesCompleter implements Completer {
    @Reference
    private Container container;

    /** The names for what is typed so far. */
    abstract Collection<String> names(Container in, CommandLine line);

    @Override
    public final int complete(Session session, CommandLine line, List<String> candidates) {
        return new StringsCompleter(names(container, line)).complete(session, line, candidates);
    }

    /** The first node that is there; none, no names. */
    static List<NodeService> oneNode(Container in) {
        return in.nodes().stream().limit(1).toList();
    }

    /** Whether something of the word is typed: only then addresses are worth their length. */
    static boolean begun(CommandLine line) {
        String word = line.getCursorArgument();
        return word != null && !word.isEmpty();
    }
}
