package org.hauptbuch.shell.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.shell.complete.AnyCompleter;
import org.hauptbuch.shell.complete.LateOptionCompleter;
import org.hauptbuch.shell.view.View;

/** Check a rule jar, install it beside what runs, and test it */
@Service
@Command(
        scope = "pos",
        name = "rules-stage",
        description = "Check a rule jar, install it beside what runs, and test it",
        detailedDescription = JarCommand.DETAILS)
public final class RulesStage extends JarCommand {
    @Argument(index = 0, name = "JAR", required = true, description = "A file, or a file:, http: or https: URL")
    @Completion(AnyCompleter.class)
    private String jar;

    @Argument(index = 1, name = "options", multiValued = true, description = "Options may stand here, too")
    @Completion(LateOptionCompleter.class)
    private List<String> late;

    @Override
    protected View run() throws Exception {
        Bytes bytes = read(jar);
        return answer(trial().stage(bytes, jar, tester()));
    }
}
