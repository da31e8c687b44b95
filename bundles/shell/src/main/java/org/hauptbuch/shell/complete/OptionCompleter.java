package org.hauptbuch.shell.complete;

import java.util.List;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.ArgumentCommandLine;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** Offers names of options behind the arguments. */
abstract class OptionCompleter implements Completer {
    private final List<String> options;

    OptionCompleter(List<String> options) {
        this.options = options;
    }

    @Override
    public final int complete(Session session, CommandLine line, List<String> candidates) {
        if (line instanceof ArgumentCommandLine) {
            // Karaf asks whether a word before the cursor may stand there: options and their values may
            candidates.add(line.getCursorArgument());
            return 0;
        }
        return new StringsCompleter(options).complete(session, line, candidates);
    }
}
