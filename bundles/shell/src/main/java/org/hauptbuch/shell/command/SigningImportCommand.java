package org.hauptbuch.shell.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.api.node.SigningImport;
import org.hauptbuch.shell.Failure;
import org.hauptbuch.shell.complete.AnyCompleter;
import org.hauptbuch.shell.complete.LateOptionCompleter;
import org.hauptbuch.shell.view.Json;
import org.hauptbuch.shell.view.View;

/** Take what a validator's key has signed elsewhere, so that nothing is signed twice */
@Service
@Command(
        scope = "pos",
        name = "signing-import",
        description = "Take what a validator's key has signed elsewhere, so that nothing is signed twice")
public final class SigningImportCommand extends PosCommand {
    private static final long MAX_BYTES = 4 << 20;

    @Argument(index = 0, name = "FILE", required = true, description = "A file that pos:signing-export wrote")
    @Completion(AnyCompleter.class)
    private String file;

    @Argument(index = 1, name = "options", multiValued = true, description = "Options may stand here, too")
    @Completion(LateOptionCompleter.class)
    private List<String> late;

    @Override
    protected View run() throws Exception {
        NodeService node = node();
        SigningImport imported = node.importSigningRecords(read());
        return new View(Json.object()
                        .put("node", node.name())
                        .put("records", imported.records())
                        .put("otherKeys", imported.otherKeys())
                        .put("signsFrom", imported.signsFrom())
                        .build())
                .field("node", node.name())
                .field("records", imported.records())
                .field("other keys", imported.otherKeys() + " passed over")
                .field("signs from", "height " + imported.signsFrom());
    }

    private String read() {
        try {
            Path path = Path.of(file);
            if (Files.size(path) > MAX_BYTES) {
                throw Failure.argument("FILE", file, "a file of at most " + MAX_BYTES + " bytes");
            }
            return Files.readString(path);
        } catch (IOException e) {
            throw new Failure("FILE " + file + " cannot be read: " + e, e);
        }
    }
}
