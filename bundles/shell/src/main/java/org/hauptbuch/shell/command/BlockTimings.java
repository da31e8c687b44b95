package org.hauptbuch.shell.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.hauptbuch.api.node.BlockTiming;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.shell.Arguments;
import org.hauptbuch.shell.complete.BlockCompleter;
import org.hauptbuch.shell.complete.LateOptionCompleter;
import org.hauptbuch.shell.view.StatusViews;
import org.hauptbuch.shell.view.View;

/** How long after a block the next was proposed, as a node saw it */
@Service
@Command(
        scope = "pos",
        name = "block-timings",
        description = "How long after a block the next was proposed, as a node saw it",
        detailedDescription =
                "Of the heights that it decided last, at most 4096. 'ready' is the time from the commit of"
                        + " the block before until rules and schedule were in place, 'proposal' until the first proposal left"
                        + " this node or had arrived; 'wait' is the part of it that the block time makes.")
public final class BlockTimings extends PosCommand {
    @Option(name = "--from", description = "The lowest block (default: the last ones)")
    @Completion(BlockCompleter.class)
    private String from;

    @Option(name = "--count", description = "How many, 1 to 1000 (default: 10)")
    private String count;

    @Argument(index = 0, name = "options", multiValued = true, description = "Options may stand here, too")
    @Completion(LateOptionCompleter.class)
    private List<String> late;

    @Override
    protected View run() throws Exception {
        NodeService node = node();
        long last = node.status().finalizedHeight();
        int most = count == null ? 10 : (int) Arguments.whole("--count", count, 1, 1000);
        long least = from == null ? last - most + 1 : Arguments.whole("--from", from, 0, last);
        List<BlockTiming> timings = node.timings().stream()
                .filter(timing -> timing.height() >= least && timing.height() < least + most)
                .toList();
        return StatusViews.timings(timings);
    }
}
