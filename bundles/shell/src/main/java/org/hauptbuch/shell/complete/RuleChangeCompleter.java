package org.hauptbuch.shell.complete;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.support.completers.ArgumentCommandLine;
import org.hauptbuch.api.node.AvailableRule;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.rule.RuleRef;
import org.hauptbuch.shell.Container;

/** Changes of the rule set, once a kind is begun with the ids and versions that are here, and the options behind them. */
@Service
public final class RuleChangeCompleter extends NamesCompleter {
    private static final List<String> OPTIONS = List.of(
            "--activate-at",
            "--attest",
            "--expiry",
            "--fallback",
            "--fee",
            "--from",
            "--gate",
            "--json",
            "--no-wait",
            "--node",
            "--param",
            "--ready",
            "--timeout",
            "--wait");

    @Override
    Collection<String> names(Container in, CommandLine line) {
        if (line instanceof ArgumentCommandLine) {
            // Karaf asks whether a word before the cursor may stand there
            return List.of(line.getCursorArgument());
        }
        TreeSet<String> names = new TreeSet<>(OPTIONS);
        for (NodeService node : oneNode(in)) {
            for (AvailableRule rule : node.availableRules()) {
                names.add(rule.kind().text() + "=" + rule.id() + ":" + rule.version());
            }
            for (RuleRef condition : node.activeRules().all(RuleKind.SLASHING)) {
                names.add(condition.kind().text() + "=-" + condition.id());
            }
        }
        return names;
    }
}
