package org.hauptbuch.attacks;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The command line: {@code SCENARIO [--seed N] [--stake N] [--epochs N] [--json FILE] [--svg FILE]}. The report goes to standard
 * output, progress to standard error. Exit codes: 0 the attack succeeds without the mitigation and fails with it, 1 it
 * does not, or a file cannot be written, 2 a wrong call.
 */
public final class Main {
    static final int HOLDS = 0;
    static final int BROKEN = 1;
    static final int USAGE = 2;

    private static final long MAX_SEED = 999_999_999;
    private static final int MAX_EPOCHS = 1_000_000;

    private final List<Scenario> scenarios;
    private final Sweep sweep;
    private final PrintStream out;
    private final PrintStream err;

    Main(List<Scenario> scenarios, Sweep sweep, PrintStream out, PrintStream err) {
        this.scenarios = scenarios;
        this.sweep = sweep;
        this.out = out;
        this.err = err;
    }

    /** Runs one scenario and ends the process. */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        System.exit(new Main(all(), Sweep.DEFAULT, out, err).run(List.of(arguments)));
    }

    static List<Scenario> all() {
        return List.of(new NothingAtStake(), new LongRange(), new Grinding(), new Collusion());
    }

    private record Call(Scenario scenario, long seed, Sweep sweep, Optional<Path> json, Optional<Path> svg) {}

    private static final class WrongCall extends RuntimeException {
        private static final long serialVersionUID = 1;

        WrongCall(String message) {
            super(message);
        }
    }

    int run(List<String> arguments) {
        Call call;
        try {
            call = parse(arguments);
        } catch (WrongCall wrong) {
            err.println("hauptbuch: " + wrong.getMessage());
            return USAGE;
        }
        Report report = call.scenario.run(call.seed, call.sweep, this::progress);
        out.print(TextReport.of(report));
        try {
            call.json.ifPresent(file -> write(file, JsonReport.of(report)));
            call.svg.ifPresent(file -> write(file, SvgChart.of(report)));
        } catch (UncheckedIOException failed) {
            err.println("hauptbuch: " + failed.getMessage() + ": " + failed.getCause());
            return BROKEN;
        }
        return report.holds() ? HOLDS : BROKEN;
    }

    private Call parse(List<String> arguments) {
        if (arguments.isEmpty()) {
            throw new WrongCall("an attack is missing: " + names());
        }
        Scenario scenario = scenarios.stream()
                .filter(s -> s.name().equals(arguments.get(0)))
                .findFirst()
                .orElseThrow(() -> new WrongCall("attack '" + arguments.get(0) + "': must be " + names()));
        Map<String, String> options = new TreeMap<>();
        for (int i = 1; i < arguments.size(); i += 2) {
            String name = arguments.get(i);
            if (!List.of("--seed", "--stake", "--epochs", "--json", "--svg").contains(name)) {
                throw new WrongCall("unknown option " + name);
            }
            if (i + 1 == arguments.size()) {
                throw new WrongCall(name + " needs a value");
            }
            options.put(name, arguments.get(i + 1));
        }
        Sweep asked = sweep.withEpochs((int) whole(options, "--epochs", sweep.epochs(), 100, MAX_EPOCHS));
        if (options.containsKey("--stake")) {
            asked = asked.withStake((int) whole(options, "--stake", 0, 1, Sweep.MOST));
        }
        return new Call(
                scenario,
                whole(options, "--seed", 1, 0, MAX_SEED),
                asked,
                Optional.ofNullable(options.get("--json")).map(Path::of),
                Optional.ofNullable(options.get("--svg")).map(Path::of));
    }

    private String names() {
        return String.join(", ", scenarios.stream().map(Scenario::name).toList());
    }

    private static long whole(Map<String, String> options, String name, long absent, long least, long most) {
        String value = options.get(name);
        if (value == null) {
            return absent;
        }
        if (!value.matches("[0-9]{1,9}") || Long.parseLong(value) < least || Long.parseLong(value) > most) {
            throw new WrongCall(name + " " + value + ": must be a whole number from " + least + " to " + most);
        }
        return Long.parseLong(value);
    }

    private void progress(String what, int done, int all) {
        err.println("[" + (done + 1) + "/" + all + "] " + what);
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
