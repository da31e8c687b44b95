package org.hauptbuch.vdf.wesolowski;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hauptbuch.api.vdf.DelayTask;

/** The tool behind {@code hauptbuch vdf-measure}: what this machine does in a second, and what to set for a chain. */
public final class Measure {
    private static final Map<String, Integer> DEFAULTS =
            Map.of("--seconds", 10, "--bits", 1_024, "--block-time", 12_000, "--epoch-length", 100, "--slower", 10);

    private Measure() {}

    /** Measures; a refusal is one line on standard error and exit code 2. */
    public static void main(String[] arguments) {
        try {
            System.out.print(run(List.of(arguments)));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    /** What to print. @throws IllegalArgumentException where an argument is wrong, naming it */
    static String run(List<String> arguments) {
        Map<String, Integer> given = new HashMap<>(DEFAULTS);
        boolean json = false;
        for (int i = 0; i < arguments.size(); i++) {
            String name = arguments.get(i);
            if (name.equals("--json")) {
                json = true;
            } else if (!DEFAULTS.containsKey(name)) {
                throw new IllegalArgumentException("option: '" + name + "', must be --json or one of "
                        + DEFAULTS.keySet().stream().sorted().toList());
            } else if (++i == arguments.size()) {
                throw new IllegalArgumentException(name + " needs a value");
            } else {
                given.put(name, whole(name, arguments.get(i)));
            }
        }
        int bits = in(given, "--bits", DelayTask.MIN_BITS, DelayTask.MAX_BITS);
        if (bits % 16 != 0) {
            throw new IllegalArgumentException("--bits: " + bits + ", must be a multiple of 16");
        }
        int seconds = in(given, "--seconds", 1, 600);
        int blockTime = in(given, "--block-time", 50, 600_000);
        int epochLength = in(given, "--epoch-length", 2, 1_000_000);
        int slower = in(given, "--slower", 1, 1_000);
        Measured measured = Measured.measure(bits, seconds, System::nanoTime);
        Advice advice = new Advice(measured.squaringsPerSecond(), blockTime, epochLength, slower);
        return json ? advice.json(measured) : advice.text(measured);
    }

    private static int whole(String name, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + ": '" + text + "', must be a whole number", e);
        }
    }

    private static int in(Map<String, Integer> given, String name, int least, int most) {
        int value = given.get(name);
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + ": " + value + ", must be " + least + " to " + most);
        }
        return value;
    }
}
