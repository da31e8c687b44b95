package org.hauptbuch.shell.command;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.hauptbuch.api.node.KeyInfo;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.api.node.NodeStatus;
import org.hauptbuch.api.node.Randomness;
import org.hauptbuch.shell.complete.LateOptionCompleter;
import org.hauptbuch.shell.view.CheckpointViews;
import org.hauptbuch.shell.view.StatusViews;
import org.hauptbuch.shell.view.View;

/** Where the chain and its nodes stand */
@Service
@Command(scope = "pos", name = "status", description = "Where the chain and its nodes stand")
public final class Status extends PosCommand {
    @Argument(index = 0, name = "options", multiValued = true, description = "Options may stand here, too")
    @Completion(LateOptionCompleter.class)
    private List<String> late;

    @Override
    protected View run() throws Exception {
        List<NodeService> services = nodes();
        List<NodeStatus> nodes = services.stream().map(NodeService::status).toList();
        boolean development = container()
                .keyring()
                .map(keyring -> keyring.list().stream().anyMatch(KeyInfo::development))
                .orElse(false);
        Optional<Randomness> randomness = services.stream()
                .flatMap(node -> node.randomness().stream())
                .max(Comparator.comparing(Randomness::epoch));
        NodeService best = services.stream()
                .max(Comparator.comparing(node -> node.status().finalizedHeight()))
                .orElseThrow();
        return CheckpointViews.addLast(StatusViews.status(nodes, missing(), development, randomness), best);
    }
}
