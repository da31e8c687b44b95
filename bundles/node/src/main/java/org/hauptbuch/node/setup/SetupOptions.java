package org.hauptbuch.node.setup;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hauptbuch.api.vdf.DelayTask;

/**
 * What a network is made of.
 *
 * @param devnet one process with all validators; otherwise one process for each
 * @param home where it is made
 * @param rulesDir where rule jars are looked for, in all folders below
 * @param portBase peer ports are the numbers after it, 1,024 to 65,000
 * @param blockTimeMillis 50 to 600,000
 * @param epochLength 2 to 1,000,000
 * @param validators 1 to 7
 * @param quantumResistance whether validators sign with hybrid keys
 * @param vdfIterations 0 to 2^40, 0 for no delay
 */
record SetupOptions(
        boolean devnet,
        Path home,
        Path rulesDir,
        int portBase,
        long blockTimeMillis,
        long epochLength,
        int validators,
        boolean quantumResistance,
        long vdfIterations) {
    static final List<String> NAMES = List.of("alice", "bob", "carol", "dave", "erin", "frank", "grace");

    private static final Set<String> KNOWN = Set.of(
            "--home",
            "--rules-dir",
            "--port-base",
            "--block-time",
            "--epoch-length",
            "--validators",
            "--quantum-resistance",
            "--vdf-iterations");

    /** Some 60 ms on a machine of 2025, so that four nodes on two cores have it well within ten blocks of 200 ms. */
    private static final String VDF_ITERATIONS = "5000";

    SetupOptions {
        check("--port-base", portBase, 1_024, 65_000);
        check("--block-time", blockTimeMillis, 50, 600_000);
        check("--epoch-length", epochLength, 2, 1_000_000);
        check("--validators", validators, 1, NAMES.size());
        check("--vdf-iterations", vdfIterations, 0, DelayTask.MAX_ITERATIONS);
    }

    /** Reads arguments. @throws IllegalArgumentException naming the argument, its value and what it must be */
    static SetupOptions parse(List<String> arguments) {
        String kind = arguments.isEmpty() ? "" : arguments.get(0);
        if (!kind.equals("devnet") && !kind.equals("testnet")) {
            throw new IllegalArgumentException("kind of network: '" + kind + "', must be devnet or testnet");
        }
        Map<String, String> given = new HashMap<>();
        for (int i = 1; i < arguments.size(); i += 2) {
            String name = arguments.get(i);
            if (!KNOWN.contains(name)) {
                throw new IllegalArgumentException("option: '" + name + "', must be one of "
                        + KNOWN.stream().sorted().toList());
            }
            if (i + 1 == arguments.size()) {
                throw new IllegalArgumentException(name + " needs a value");
            }
            if (given.put(name, arguments.get(i + 1)) != null) {
                throw new IllegalArgumentException(name + " stands twice");
            }
        }
        return new SetupOptions(
                kind.equals("devnet"),
                Path.of(needed(given, "--home")),
                Path.of(needed(given, "--rules-dir")),
                (int) whole(given, "--port-base", "27000", Integer.MAX_VALUE),
                whole(given, "--block-time", "1000", Long.MAX_VALUE),
                whole(given, "--epoch-length", "20", Long.MAX_VALUE),
                (int) whole(given, "--validators", "4", Integer.MAX_VALUE),
                onOrOff(given, "--quantum-resistance", "on"),
                whole(given, "--vdf-iterations", VDF_ITERATIONS, Long.MAX_VALUE));
    }

    List<String> names() {
        return NAMES.subList(0, validators);
    }

    int peerPort(String name) {
        return portBase + 1 + NAMES.indexOf(name);
    }

    /** The home of the process that runs {@code name}. */
    Path processHome(String name) {
        return devnet ? home : home.resolve(name);
    }

    private static String needed(Map<String, String> given, String name) {
        String value = given.get(name);
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException(name + " is absent, must be a folder");
        }
        return value;
    }

    private static boolean onOrOff(Map<String, String> given, String name, String otherwise) {
        String text = given.getOrDefault(name, otherwise);
        if (!text.equals("on") && !text.equals("off")) {
            throw new IllegalArgumentException(name + ": '" + text + "', must be on or off");
        }
        return text.equals("on");
    }

    private static long whole(Map<String, String> given, String name, String otherwise, long most) {
        String text = given.getOrDefault(name, otherwise);
        try {
            long value = Long.parseLong(text);
            if (value >= 0 && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + ": '" + text + "', must be a whole number", e);
        }
        throw new IllegalArgumentException(name + ": '" + text + "', must be 0 to " + most);
    }

    private static void check(String field, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(field + ": " + value + ", must be " + least + " to " + most);
        }
    }
}
