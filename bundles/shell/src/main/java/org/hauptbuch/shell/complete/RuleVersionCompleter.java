package org.hauptbuch.shell.complete;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.hauptbuch.api.node.AvailableRule;
import org.hauptbuch.shell.Container;

/** Versions of the rule that is typed before it. */
@Service
public final class RuleVersionCompleter extends NamesCompleter {
    @Override
    Collection<String> names(Container in, CommandLine line) {
        List<String> typed = List.of(line.getArguments());
        return oneNode(in).stream()
                .flatMap(node -> node.availableRules().stream())
                .filter(rule -> typed.contains(rule.id()))
                .map(AvailableRule::version)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
