package org.hauptbuch.shell.complete;

import java.util.Collection;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.hauptbuch.api.node.AvailableRule;
import org.hauptbuch.shell.Container;

/** Ids of rules that are here. */
@Service
public final class RuleCompleter extends NamesCompleter {
    @Override
    Collection<String> names(Container in, CommandLine line) {
        return oneNode(in).stream()
                .flatMap(node -> node.availableRules().stream())
                .map(AvailableRule::id)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
