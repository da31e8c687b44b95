package org.hauptbuch.distribution;

import static org.ops4j.pax.exam.CoreOptions.systemProperty;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.replaceConfigurationFile;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ops4j.pax.exam.Option;

/** A network's home, made by the set-up tool of the distribution under test, as the launcher makes it. */
final class TestHome {
    private static final int PORTS = 16;

    private TestHome() {}

    /** Makes a devnet of four in a new folder; the options point a container at it. */
    static Option[] devnet(int blockTimeMillis, int epochLength) {
        try {
            Path homes = Path.of(System.getProperty("hauptbuch.homes"));
            Files.createDirectories(homes);
            Path home = Files.createTempDirectory(homes, "devnet");
            setUp(
                    "devnet",
                    "--home",
                    home.toString(),
                    "--rules-dir",
                    system().toString(),
                    "--port-base",
                    Integer.toString(freePorts()),
                    "--block-time",
                    Integer.toString(blockTimeMillis),
                    "--epoch-length",
                    Integer.toString(epochLength),
                    "--validators",
                    "4");
            List<Option> options = new ArrayList<>();
            options.add(systemProperty("hauptbuch.home").value(home.toString()));
            options.add(systemProperty("hauptbuch.examples").value(System.getProperty("hauptbuch.examples")));
            for (File configuration : home.resolve("etc").toFile().listFiles()) {
                options.add(replaceConfigurationFile("etc/" + configuration.getName(), configuration));
            }
            return options.toArray(new Option[0]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static void setUp(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath(),
                "org.hauptbuch.node.setup.NetworkSetup"));
        command.addAll(List.of(arguments));
        int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (exit != 0) {
            throw new IllegalStateException("the set-up tool ended with " + exit);
        }
    }

    private static String classPath() throws IOException {
        try (Stream<Path> files = Files.walk(system())) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .filter(file -> Stream.of("org/hauptbuch", "bcprov", "gson")
                            .anyMatch(part -> file.toString().contains(part)))
                    .map(Path::toString)
                    .collect(Collectors.joining(File.pathSeparator));
        }
    }

    private static Path system() {
        return Path.of(System.getProperty("hauptbuch.assembly"), "system");
    }

    /** The base of a range of loopback ports that nobody listens on now. */
    private static int freePorts() throws IOException {
        for (int base = 21_000; base < 60_000; base += PORTS) {
            if (allFree(base)) {
                return base;
            }
        }
        throw new IOException("no free range of " + PORTS + " ports between 21000 and 60000");
    }

    private static boolean allFree(int base) throws IOException {
        for (int port = base; port < base + PORTS; port++) {
            try (ServerSocket probe = new ServerSocket()) {
                probe.bind(new java.net.InetSocketAddress("127.0.0.1", port));
            } catch (java.net.BindException e) {
                return false;
            }
        }
        return true;
    }
}
