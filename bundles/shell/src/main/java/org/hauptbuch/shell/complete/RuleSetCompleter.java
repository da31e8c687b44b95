package org.hauptbuch.shell.complete;

import java.util.Collection;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.shell.Container;
import org.hauptbuch.shell.KnownRuleSets;

/** Ids of rule sets that have judged the chain. */
@Service
public final class RuleSetCompleter extends NamesCompleter {
    @Override
    Collection<String> names(Container in, CommandLine line) {
        return oneNode(in).stream()
                .map(node -> new KnownRuleSets(node).ids())
                .flatMap(Collection<Hash>::stream)
                .map(Hash::toString)
                .toList();
    }
}
