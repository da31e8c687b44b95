package org.hauptbuch.shell.command;

import java.time.Duration;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.hauptbuch.api.node.NodeStatus;
import org.hauptbuch.shell.Arguments;
import org.hauptbuch.shell.Failure;
import org.hauptbuch.shell.Pause;
import org.hauptbuch.shell.Waiter;
import org.hauptbuch.shell.complete.LateOptionCompleter;
import org.hauptbuch.shell.view.Json;
import org.hauptbuch.shell.view.View;

/** Wait until all nodes of this container have reached something */
@Service
@Command(scope = "pos", name = "wait", description = "Wait until all nodes of this container have reached something")
public final class Wait extends PosCommand {
    @Option(name = "--final", description = "Until this block is final")
    private String finalized;

    @Option(name = "--height", description = "Until this block is being decided")
    private String height;

    @Option(name = "--epoch", description = "Until a block of this epoch is being decided")
    private String epoch;

    @Option(
            name = "--ready",
            description = "Until every node runs, nothing keeps it from signing, and a block is final")
    private boolean ready;

    @Option(name = "--timeout", description = "Seconds to wait, 1 to 86400 (default: 60)")
    private String timeout;

    @Argument(index = 0, name = "options", multiValued = true, description = "Options may stand here, too")
    @Completion(LateOptionCompleter.class)
    private List<String> late;

    @Override
    protected View run() throws Exception {
        Duration limit = timeout == null ? Duration.ofSeconds(60) : Arguments.seconds("--timeout", timeout, 1, 86_400);
        long begin = Pause.REAL.nanoTime();
        List<NodeStatus> nodes = new Waiter(container(), Pause.REAL).await(goal(), nodeName(), limit);
        long millis = (Pause.REAL.nanoTime() - begin) / 1_000_000;
        long least = nodes.stream().mapToLong(NodeStatus::finalizedHeight).min().orElse(0);
        return new View(Json.object()
                        .put("reached", true)
                        .put("finalizedHeight", least)
                        .put("waitedMillis", millis)
                        .put("nodes", Json.texts(nodes.stream().map(NodeStatus::name)))
                        .build())
                .line("Reached after " + millis + " ms; block " + least + " is final on all of "
                        + String.join(", ", nodes.stream().map(NodeStatus::name).toList()));
    }

    private Waiter.Goal goal() {
        if ((finalized == null ? 0 : 1) + (height == null ? 0 : 1) + (epoch == null ? 0 : 1) + (ready ? 1 : 0) != 1) {
            throw new Failure("one of --final HEIGHT, --height HEIGHT, --epoch N and --ready must be given");
        }
        if (ready) {
            return Waiter.Goal.ready();
        }
        if (epoch != null) {
            return Waiter.Goal.epoch(Arguments.whole("--epoch", epoch, 0, Long.MAX_VALUE));
        }
        return finalized != null
                ? Waiter.Goal.finalized(Arguments.whole("--final", finalized, 0, Long.MAX_VALUE))
                : Waiter.Goal.height(Arguments.whole("--height", height, 0, Long.MAX_VALUE));
    }
}
