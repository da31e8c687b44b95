package org.hauptbuch.shell.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.shell.Arguments;
import org.hauptbuch.shell.Failure;
import org.hauptbuch.shell.Nodes;
import org.hauptbuch.shell.Pause;
import org.hauptbuch.shell.bench.SwapRun;
import org.hauptbuch.shell.complete.RuleChangeCompleter;
import org.hauptbuch.shell.view.View;

/** On a development network: attest every plan, and swap rules to and fro */
@Service
@Command(
        scope = "pos",
        name = "bench-swaps",
        description = "On a development network: attest every plan, and swap rules to and fro",
        detailedDescription = "For measuring: run it once on every process of a testnet, on one of them with the rules"
                + " to swap. They change with every second epoch. Ends when they have changed as often as it says;"
                + " pos:block-timings shows what it cost.")
public final class BenchSwaps extends PosCommand {
    @Option(name = "--swaps", description = "How many, 1 to 1000 (default: 50)")
    private String swaps;

    @Option(name = "--timeout", description = "Seconds to wait for all of them, 1 to 86400 (default: 600)")
    private String timeout;

    @Argument(
            index = 0,
            name = "RULE",
            multiValued = true,
            description = "KIND=ID:VERSION, two of one kind that take turns; without any, other processes propose")
    @Completion(RuleChangeCompleter.class)
    private List<String> rules;

    @Override
    protected View run() throws Exception {
        int wanted = swaps == null ? 50 : (int) Arguments.whole("--swaps", swaps, 1, 1000);
        String limit = timeout == null ? "600" : timeout;
        Nodes nodes = new Nodes(container());
        nodes.running(nodeName());
        List<NodeService> validators = nodes.all(nodeName()).stream()
                .filter(node -> node.status().validator().isPresent())
                .toList();
        if (validators.isEmpty()) {
            throw new Failure("no node of this container validates");
        }
        return new SwapRun(container(), validators, rules == null ? List.of() : rules, Pause.REAL)
                .run(wanted, Arguments.seconds("--timeout", limit, 1, 86_400));
    }
}
