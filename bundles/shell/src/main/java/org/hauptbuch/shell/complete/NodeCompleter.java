package org.hauptbuch.shell.complete;

import java.util.Collection;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.shell.Container;

/** Names of nodes. */
@Service
public final class NodeCompleter extends NamesCompleter {
    @Override
    Collection<String> names(Container in, CommandLine line) {
        return in.nodes().stream().map(NodeService::name).toList();
    }
}
