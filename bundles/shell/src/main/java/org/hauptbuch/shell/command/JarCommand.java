package org.hauptbuch.shell.command;

import java.util.Optional;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.shell.JarSource;
import org.hauptbuch.shell.JarTrial;
import org.hauptbuch.shell.Pause;
import org.hauptbuch.shell.view.StageViews;
import org.hauptbuch.shell.view.View;

/** A command that looks into a rule jar. */
abstract class JarCommand extends PosCommand {
    static final String DETAILS =
            "JAR is a file of the machine that the node runs on, at most 16 MiB. Only a URL makes the node use the network."
                    + " The jar is never active by that: pos:rules-propose asks for it. The self-test is that of the"
                    + " active rule set with each rule of the jar in place of its predecessor; pos:rules-verify runs it"
                    + " where the jar is installed already. Exit code 1 where the jar is refused or a test fails.";

    final Bytes read(String jar) {
        return new JarSource(Pause.REAL).read("JAR", jar);
    }

    final JarTrial trial() {
        return new JarTrial(container(), Pause.REAL);
    }

    /** The node that tests; a container without nodes can have jars staged, too. */
    final Optional<NodeService> tester() {
        return container().nodes().isEmpty() && nodeName().isEmpty() ? Optional.empty() : Optional.of(node());
    }

    final View answer(JarTrial.Result result) {
        return StageViews.jar(result);
    }
}
