package org.hauptbuch.shell.complete;

import java.util.Collection;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.rule.RuleRef;
import org.hauptbuch.shell.Container;

/** Ids of the slashing conditions that the chain uses. */
@Service
public final class ConditionCompleter extends NamesCompleter {
    @Override
    Collection<String> names(Container in, CommandLine line) {
        return oneNode(in).stream()
                .flatMap(node -> node.activeRules().all(RuleKind.SLASHING).stream())
                .map(RuleRef::id)
                .toList();
    }
}
