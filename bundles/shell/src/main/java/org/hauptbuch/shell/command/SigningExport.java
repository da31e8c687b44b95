package org.hauptbuch.shell.command;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.shell.Failure;
import org.hauptbuch.shell.complete.AnyCompleter;
import org.hauptbuch.shell.complete.LateOptionCompleter;
import org.hauptbuch.shell.view.Json;
import org.hauptbuch.shell.view.View;

/** Write what a validator has signed to a file, in the format of EIP-3076 */
@Service
@Command(
        scope = "pos",
        name = "signing-export",
        description = "Write what a validator has signed to a file, in the format of EIP-3076")
public final class SigningExport extends PosCommand {
    @Argument(index = 0, name = "FILE", required = true, description = "A file that does not exist yet")
    @Completion(AnyCompleter.class)
    private String file;

    @Argument(index = 1, name = "options", multiValued = true, description = "Options may stand here, too")
    @Completion(LateOptionCompleter.class)
    private List<String> late;

    @Override
    protected View run() throws Exception {
        NodeService node = node();
        String records = node.signingRecords();
        try (FileChannel out =
                FileChannel.open(Path.of(file), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer left = ByteBuffer.wrap(records.getBytes(StandardCharsets.UTF_8));
            while (left.hasRemaining()) {
                out.write(left);
            }
            out.force(true);
        } catch (FileAlreadyExistsException e) {
            throw new Failure("FILE " + file + " exists already, must be a new one", e);
        } catch (IOException e) {
            throw new Failure("FILE " + file + " cannot be written: " + e, e);
        }
        View view = new View(Json.object()
                        .put("node", node.name())
                        .put("file", file)
                        .put("running", node.status().running())
                        .build())
                .field("node", node.name())
                .field("file", file);
        return node.status().running()
                ? view.line(
                        "Node " + node.name() + " runs and signs more: to move its key, stop it first and export then.")
                : view;
    }
}
