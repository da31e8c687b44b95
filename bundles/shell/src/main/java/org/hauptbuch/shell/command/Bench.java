package org.hauptbuch.shell.command;

import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.hauptbuch.shell.Arguments;
import org.hauptbuch.shell.bench.Benchmark;
import org.hauptbuch.shell.complete.LateOptionCompleter;
import org.hauptbuch.shell.view.View;

/** Puts load on the nodes of this container. */
@Service
@Command(
        scope = "pos",
        name = "bench",
        description = "On a development network: send transfers and measure what becomes final")
public final class Bench extends PosCommand {
    @Option(name = "--seconds", description = "How long to measure, 1 to 3600 (default: 20); warming up comes on top")
    private String seconds;

    @Option(name = "--rate", description = "Transfers a second, 1 to 1000000 (default: the highest that is sustained)")
    private String rate;

    @Argument(index = 0, name = "options", multiValued = true, description = "Options may stand here, too")
    @Completion(LateOptionCompleter.class)
    private List<String> late;

    @Override
    protected View run() throws Exception {
        int measured = seconds == null ? 20 : (int) Arguments.whole("--seconds", seconds, 1, 3600);
        Optional<Long> wanted = Optional.ofNullable(rate).map(text -> Arguments.whole("--rate", text, 1, 1_000_000));
        return new Benchmark(container()).run(measured, wanted);
    }
}
