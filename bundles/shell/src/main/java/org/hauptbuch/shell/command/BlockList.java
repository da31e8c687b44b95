package org.hauptbuch.shell.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.shell.Arguments;
import org.hauptbuch.shell.complete.BlockCompleter;
import org.hauptbuch.shell.complete.LateOptionCompleter;
import org.hauptbuch.shell.view.ChainViews;
import org.hauptbuch.shell.view.View;

/** Final blocks, the newest first */
@Service
@Command(scope = "pos", name = "block-list", description = "Final blocks, the newest first")
public final class BlockList extends PosCommand {
    @Option(name = "--from", description = "The highest block (default: the last final one)")
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
        long height = from == null ? last : Arguments.whole("--from", from, 0, last);
        int most = count == null ? 10 : (int) Arguments.whole("--count", count, 1, 1000);
        long kept = Math.max(0, height - node.earliestBlock() + 1);
        return ChainViews.blocks(node, directory(node), height, (int) Math.min(most, kept));
    }
}
