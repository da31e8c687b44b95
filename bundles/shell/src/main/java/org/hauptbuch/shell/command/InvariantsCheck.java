package org.hauptbuch.shell.command;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.shell.complete.LateOptionCompleter;
import org.hauptbuch.shell.view.Json;
import org.hauptbuch.shell.view.View;

/** Check every invariant of the ledger */
@Service
@Command(scope = "pos", name = "invariants-check", description = "Check every invariant of the ledger")
public final class InvariantsCheck extends PosCommand {
    @Argument(index = 0, name = "options", multiValued = true, description = "Options may stand here, too")
    @Completion(LateOptionCompleter.class)
    private List<String> late;

    @Override
    protected View run() throws Exception {
        Map<String, List<String>> broken = new TreeMap<>();
        for (NodeService node : nodes()) {
            List<String> names = node.brokenInvariants();
            if (!names.isEmpty()) {
                broken.put(node.name(), names);
            }
        }
        Json perNode = Json.object();
        broken.forEach((name, names) -> perNode.put(name, Json.texts(names.stream())));
        View view = new View(Json.object()
                .put("holds", broken.isEmpty())
                .put("broken", perNode.build())
                .build());
        if (broken.isEmpty()) {
            return view.line("Every invariant holds.");
        }
        broken.forEach((name, names) -> names.forEach(invariant -> view.line(name + ": " + invariant)));
        return view.failing("invariants of the ledger are broken on " + String.join(", ", broken.keySet()));
    }
}
