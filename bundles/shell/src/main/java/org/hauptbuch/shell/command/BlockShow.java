package org.hauptbuch.shell.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.shell.Arguments;
import org.hauptbuch.shell.Failure;
import org.hauptbuch.shell.complete.BlockCompleter;
import org.hauptbuch.shell.complete.LateOptionCompleter;
import org.hauptbuch.shell.view.ChainViews;
import org.hauptbuch.shell.view.View;

/** One block with all that is in it */
@Service
@Command(scope = "pos", name = "block-show", description = "One block with all that is in it")
public final class BlockShow extends PosCommand {
    @Argument(index = 0, name = "BLOCK", description = "Its height or its hash (default: the last final block)")
    @Completion(BlockCompleter.class)
    private String block;

    @Argument(index = 1, name = "options", multiValued = true, description = "Options may stand here, too")
    @Completion(LateOptionCompleter.class)
    private List<String> late;

    @Override
    protected View run() throws Exception {
        NodeService node = node();
        long height = height(node);
        if (height < node.earliestBlock()) {
            throw new Failure("block " + height + " is not kept here any more: " + node.name() + " keeps those from "
                    + node.earliestBlock() + " on; a node with keepBlocks = all has it");
        }
        return ChainViews.block(node, directory(node), height);
    }

    private long height(NodeService node) {
        long last = node.status().finalizedHeight();
        if (block == null) {
            if (last == 0) {
                throw new Failure("no block is final yet");
            }
            return last;
        }
        if (block.length() == Hash.LENGTH * 2) {
            return node.heightOf(Arguments.hash("BLOCK", block))
                    .orElseThrow(() -> Failure.argument("BLOCK", block, "the hash of a final block"));
        }
        return Arguments.whole("BLOCK", block, 1, last);
    }
}
