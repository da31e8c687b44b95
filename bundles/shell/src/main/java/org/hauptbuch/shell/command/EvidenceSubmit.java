package org.hauptbuch.shell.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.shell.Arguments;
import org.hauptbuch.shell.Directory;
import org.hauptbuch.shell.Failure;
import org.hauptbuch.shell.complete.AnyCompleter;
import org.hauptbuch.shell.complete.LateTxOptionCompleter;

/** Report an offence */
@Service
@Command(scope = "pos", name = "evidence-submit", description = "Report an offence")
public final class EvidenceSubmit extends TxCommand {
    @Argument(
            index = 0,
            name = "EVIDENCE",
            description = "Its encoding in hexadecimal, as pos:evidence-list --json gives it")
    @Completion(AnyCompleter.class)
    private String evidence;

    @Option(name = "--file", description = "Read the hexadecimal text from this file")
    private String file;

    @Argument(index = 1, name = "options", multiValued = true, description = "Options may stand here, too")
    @Completion(LateTxOptionCompleter.class)
    private List<String> late;

    @Override
    protected Payload payload(NodeService node, Directory directory, Signer signer) {
        if ((evidence == null) == (file == null)) {
            throw new Failure("one of EVIDENCE and --file PATH must be given");
        }
        String argument = evidence != null ? "EVIDENCE" : "--file";
        String text = evidence != null ? evidence : read();
        return new Payload.SubmitEvidence(Evidence.decode(Arguments.bytes(argument, text.strip())));
    }

    private String read() {
        try {
            Path path = Path.of(file);
            long most = 4L * Evidence.MAX_PAYLOAD;
            if (Files.size(path) > most) {
                throw Failure.argument("--file", file, "a file of at most " + most + " bytes");
            }
            return Files.readString(path);
        } catch (IOException e) {
            throw new Failure("--file " + file + " cannot be read: " + e, e);
        }
    }
}
