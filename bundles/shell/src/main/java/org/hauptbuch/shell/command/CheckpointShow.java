package org.hauptbuch.shell.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.hauptbuch.api.node.CheckpointView;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.shell.Arguments;
import org.hauptbuch.shell.Failure;
import org.hauptbuch.shell.complete.CheckpointCompleter;
import org.hauptbuch.shell.complete.LateOptionCompleter;
import org.hauptbuch.shell.view.CheckpointViews;
import org.hauptbuch.shell.view.View;

/** One checkpoint */
@Service
@Command(scope = "pos", name = "checkpoint-show", description = "One checkpoint, and whether it can be trusted")
public final class CheckpointShow extends PosCommand {
    @Argument(index = 0, name = "HEIGHT", description = "Its height (default: the last one)")
    @Completion(CheckpointCompleter.class)
    private String height;

    @Argument(index = 1, name = "options", multiValued = true, description = "Options may stand here, too")
    @Completion(LateOptionCompleter.class)
    private List<String> late;

    @Override
    protected View run() throws Exception {
        NodeService node = node();
        List<CheckpointView> all = node.checkpoints(height == null ? 1 : Integer.MAX_VALUE);
        if (all.isEmpty()) {
            throw new Failure("there is no checkpoint yet: the first epoch has not ended");
        }
        if (height == null) {
            return CheckpointViews.show(node, all.get(0));
        }
        long wanted = Arguments.whole("HEIGHT", height, 1, node.status().finalizedHeight());
        return CheckpointViews.show(
                node,
                all.stream()
                        .filter(checkpoint -> checkpoint.checkpoint().height() == wanted)
                        .findFirst()
                        .orElseThrow(() -> Failure.argument(
                                "HEIGHT",
                                height,
                                "the last height of an epoch, a multiple of "
                                        + node.parameters().epochLength()
                                        + " from "
                                        + all.get(all.size() - 1).checkpoint().height() + " on")));
    }
}
