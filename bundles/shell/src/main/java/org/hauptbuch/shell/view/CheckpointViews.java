package org.hauptbuch.shell.view;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Optional;
import org.hauptbuch.api.chain.ChainParameters;
import org.hauptbuch.api.chain.WeakSubjectivity;
import org.hauptbuch.api.node.CheckpointView;
import org.hauptbuch.api.node.NodeService;

/** Checkpoints, in the form that a new node takes. */
public final class CheckpointViews {
    private CheckpointViews() {}

    /** Adds the last checkpoint of {@code node} and how long one can be trusted to the answer that {@code view} is. */
    public static View addLast(View view, NodeService node) {
        Optional<CheckpointView> last = node.checkpoints(1).stream().findFirst();
        long period = WeakSubjectivity.periodEpochs(node.parameters());
        JsonObject json = view.json();
        json.addProperty("weakSubjectivityEpochs", period);
        json.addProperty("weakSubjectivityBlocks", WeakSubjectivity.periodBlocks(node.parameters()));
        json.add(
                "checkpoint",
                last.<JsonElement>map(checkpoint -> json(node, checkpoint)).orElse(JsonNull.INSTANCE));
        return view.field(
                "checkpoint",
                last.map(checkpoint -> checkpoint.checkpoint() + "  (" + epochs(age(node, checkpoint))
                                + " old, safe to trust for "
                                + epochs(period) + ", " + WeakSubjectivity.periodBlocks(node.parameters())
                                + " blocks)")
                        .orElse("none before the end of the first epoch"));
    }

    /** The last checkpoints. */
    public static View list(NodeService node, int most) {
        List<CheckpointView> checkpoints = node.checkpoints(most);
        View view = new View(Json.object()
                .put("node", node.name())
                .put("weakSubjectivityEpochs", WeakSubjectivity.periodEpochs(node.parameters()))
                .put("weakSubjectivityBlocks", WeakSubjectivity.periodBlocks(node.parameters()))
                .put("checkpoints", Json.array(checkpoints.stream(), checkpoint -> json(node, checkpoint)))
                .build());
        View.Table table = view.table(
                "No checkpoint: the first epoch has not ended.", "checkpoint", "epoch", "time", "trust", "snapshot");
        checkpoints.forEach(checkpoint -> table.row(
                checkpoint.checkpoint(),
                checkpoint.epoch(),
                Text.time(checkpoint.timeMillis()),
                isTrustworthy(node, checkpoint) ? "yes" : "too old",
                checkpoint.snapshot() ? "yes" : "-"));
        return view;
    }

    /** One checkpoint. */
    public static View show(NodeService node, CheckpointView checkpoint) {
        ChainParameters parameters = node.parameters();
        View view = new View(json(node, checkpoint))
                .field("checkpoint", checkpoint.checkpoint())
                .field("epoch", checkpoint.epoch() + ", " + epochs(age(node, checkpoint)) + " ago")
                .field("time", Text.time(checkpoint.timeMillis()))
                .field("block", checkpoint.kept() ? "kept here with its certificate" : "not kept here any more")
                .field("snapshot", checkpoint.snapshot() ? "handed to new nodes from here" : "none here");
        if (isTrustworthy(node, checkpoint)) {
            return view.line("A new node begins there with checkpoint = " + checkpoint.checkpoint());
        }
        return view.warning("older than the weak-subjectivity period of " + WeakSubjectivity.periodBlocks(parameters)
                + " blocks: do not trust it without having followed the chain since");
    }

    private static JsonObject json(NodeService node, CheckpointView checkpoint) {
        return Json.object()
                .put("checkpoint", checkpoint.checkpoint().toString())
                .put("height", checkpoint.checkpoint().height())
                .put("hash", checkpoint.checkpoint().hash())
                .put("epoch", checkpoint.epoch())
                .put("ageEpochs", age(node, checkpoint))
                .put("timeMillis", checkpoint.timeMillis())
                .put("trustworthy", isTrustworthy(node, checkpoint))
                .put("kept", checkpoint.kept())
                .put("snapshot", checkpoint.snapshot())
                .build();
    }

    /** Epochs that have begun since it. */
    private static long age(NodeService node, CheckpointView checkpoint) {
        return Math.max(0, node.status().epoch() - checkpoint.epoch() - 1);
    }

    private static boolean isTrustworthy(NodeService node, CheckpointView checkpoint) {
        return node.status().finalizedHeight() - checkpoint.checkpoint().height()
                <= WeakSubjectivity.periodBlocks(node.parameters());
    }

    private static String epochs(long count) {
        return count == 1 ? "1 epoch" : count + " epochs";
    }
}
