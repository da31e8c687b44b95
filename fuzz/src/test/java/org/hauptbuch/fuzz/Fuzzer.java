package org.hauptbuch.fuzz;

import com.code_intelligence.jazzer.Jazzer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.hauptbuch.api.value.Bytes;

/**
 * Jazzer, in a process of its own with a bounded heap: it ends its process with what it finds.
 *
 * @param target the class that it calls
 * @param harness the decoders behind it
 * @param folder where it works; emptied first
 * @param seconds how long it runs
 * @param timeout after how many seconds an input counts as endless
 * @param options of the JVM
 */
record Fuzzer(Class<?> target, Harness harness, Path folder, int seconds, int timeout, List<String> options) {
    /** The most bytes of an input: two hybrid signatures and what stands around them. */
    private static final int MAX_INPUT = 10_000;

    /** A process that does not end by itself is ended after so much more than it was given. */
    private static final int GRACE_SECONDS = 120;

    /**
     * What a run gave.
     *
     * @param exit 0 where nothing was found
     * @param output what the process printed
     * @param found the input that it stopped at
     */
    record Outcome(int exit, List<String> output, Optional<byte[]> found) {
        /** How many inputs were run, as the fuzzer's last line says; 0 where it says nothing. */
        long runs() {
            return output.stream()
                    .filter(line -> line.startsWith("Done "))
                    .map(line -> line.split(" ")[1])
                    .mapToLong(Long::parseLong)
                    .findFirst()
                    .orElse(0);
        }
    }

    /** Why there is no native driver for this machine, if there is none. */
    static Optional<String> unsupported() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String processor = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        String name = system.contains("linux") ? "linux" : system.contains("mac") ? "macos" : "windows";
        boolean arm = processor.equals("aarch64");
        String driver = "driver/jazzer_driver_" + name + (arm ? "_aarch64" : "_x86_64");
        return (arm || processor.equals("amd64") || processor.equals("x86_64"))
                        && Jazzer.class.getResource(driver) != null
                ? Optional.empty()
                : Optional.of("the decoders are not fuzzed here: Jazzer has no native driver for " + system + " on "
                        + processor);
    }

    /** Runs to the end of its time or to the first finding. */
    Outcome run(long seed) throws IOException, InterruptedException {
        empty(folder);
        Path seeds = Files.createDirectories(folder.resolve("seeds"));
        Path corpus = Files.createDirectories(folder.resolve("corpus"));
        Path found = Files.createDirectories(folder.resolve("found"));
        for (Decoder decoder : harness.decoders()) {
            for (int i = 0; i < decoder.seeds().size(); i++) {
                Files.write(
                        seeds.resolve(decoder.name().replace(' ', '-') + "-" + i),
                        harness.input(decoder, decoder.seeds().get(i)));
            }
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-Xss512k", "-XX:+EnableDynamicAgentLoading", "-cp"));
        command.add(System.getProperty("java.class.path"));
        command.addAll(options);
        command.addAll(List.of(
                Jazzer.class.getName(),
                "--target_class=" + target.getName(),
                "--instrumentation_includes=org.hauptbuch.**",
                "--custom_hook_includes=org.hauptbuch.**",
                // its detectors are for programs that open files and run commands; here only the decoders are judged
                "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.**",
                "-max_total_time=" + seconds,
                "-timeout=" + timeout,
                "-rss_limit_mb=2048",
                "-max_len=" + MAX_INPUT,
                "-len_control=0",
                "-seed=" + seed,
                "-print_final_stats=0",
                "-artifact_prefix=" + found + "/",
                corpus.toString(),
                seeds.toString()));
        Path log = folder.resolve("output.txt");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!process.waitFor(seconds + GRACE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the fuzzer does not end; see " + log);
            }
        } finally {
            process.destroyForcibly();
        }
        List<String> output = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
        try (Stream<Path> files = Files.list(found)) {
            Optional<Path> first = files.filter(
                            file -> file.getFileName().toString().matches("(crash|timeout|oom)-.*"))
                    .min(Comparator.naturalOrder());
            return new Outcome(
                    process.exitValue(),
                    output,
                    first.isPresent() ? Optional.of(Files.readAllBytes(first.get())) : Optional.empty());
        }
    }

    /** What to tell people about a finding. */
    String report(Outcome outcome) {
        StringBuilder text = new StringBuilder();
        outcome.found().filter(input -> input.length > 0).ifPresent(input -> {
            String again = Harness.text(harness.pick(input), Harness.rest(input));
            text.append("decoder '").append(harness.pick(input).name()).append("', input ");
            text.append(Bytes.of(Harness.rest(input).toArray()).hex());
            text.append("\nrun it again: mvn -pl fuzz -am verify '-Dfuzz.input=")
                    .append(again)
                    .append("'\n");
        });
        List<String> output = outcome.output().stream()
                .filter(line -> !line.startsWith("INFO: Instrumented"))
                .toList();
        int from = Math.max(0, output.size() - 60);
        text.append("exit code ").append(outcome.exit()).append("; the end of ").append(folder.resolve("output.txt"));
        output.subList(from, output.size()).forEach(line -> text.append("\n  ").append(line));
        return text.toString();
    }

    private static void empty(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        Files.createDirectories(folder);
    }
}
