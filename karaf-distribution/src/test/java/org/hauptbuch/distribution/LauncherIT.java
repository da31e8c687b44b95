package org.hauptbuch.distribution;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The launcher of the built distribution, called wrongly: one clear line on standard error, and nothing is made. */
public class LauncherIT {
    private static final Path LAUNCHER = Path.of(System.getProperty("hauptbuch.assembly"), "bin", "hauptbuch");

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private record Result(int status, String out, String err) {}

    @Test
    public void helpIsThereForEveryCommand() throws Exception {
        assertEquals(0, run("--help").status());
        for (String command :
                List.of("bench", "devnet", "exec", "log", "signer", "status", "stop", "testnet", "vdf-measure")) {
            Result help = run(command, "--help");
            assertEquals(command, 0, help.status());
            assertTrue(help.out(), help.out().startsWith("usage: hauptbuch " + command));
            assertTrue(help.out(), help.out().contains("--home DIR"));
        }
    }

    @Test
    public void wrongCallsAreNamed() throws Exception {
        refused(2, "there is no command 'deploy'; hauptbuch --help lists them", "deploy");
        refused(2, "unknown option --peers; hauptbuch devnet --help lists them", "devnet", "--peers", "3");
        refused(2, "devnet takes no argument 'now'; hauptbuch devnet --help", "devnet", "now");
        refused(2, "--home needs a value", "devnet", "--home");
        refused(2, "exec needs a command, as in hauptbuch exec 'pos:status'", "exec");
    }

    @Test
    public void valuesOutOfRangeAreNamedWithTheirRange() throws Exception {
        for (String value : List.of("0", "8", "-1", "four", "99999999999")) {
            refused(
                    2,
                    "--validators " + value + ": must be a whole number from 1 to 7",
                    "devnet",
                    "--validators",
                    value);
        }
        refused(2, "--port-base 80: must be a whole number from 1024 to 65000", "devnet", "--port-base", "80");
        refused(2, "--epoch-length 1: must be a whole number from 2 to 1000000", "devnet", "--epoch-length", "1");
        for (String value : List.of("99ms", "61s", "1", "1m", "fast")) {
            refused(
                    2,
                    "--block-time " + value + ": must be from 100ms to 60s, written like 200ms or 1s",
                    "devnet",
                    "--block-time",
                    value);
        }
        refused(2, "--seconds 0: must be a whole number from 1 to 3600", "bench", "--seconds", "0");
        refused(2, "--seconds 601: must be a whole number from 1 to 600", "vdf-measure", "--seconds", "601");
        refused(2, "--bits 240: must be a whole number from 256 to 4096", "vdf-measure", "--bits", "240");
        refused(2, "--bits 1030: must be a multiple of 16", "vdf-measure", "--bits", "1030");
        refused(2, "signer needs --home DIR; hauptbuch signer --help", "signer", "--key", "alice");
        refused(2, "signer needs --key NAME; hauptbuch signer --help", "signer", "--home", "/");
        refused(2, "--slower 0: must be a whole number from 1 to 1000", "vdf-measure", "--slower", "0");
    }

    @Test
    public void theMachineIsMeasuredWithoutANetwork() throws Exception {
        Result result = run("vdf-measure", "--seconds", "1", "--bits", "256", "--block-time", "1s", "--json");
        assertEquals(result.err(), 0, result.status());
        assertTrue(result.out(), result.out().startsWith("{\"squaringsPerSecond\": "));
        assertTrue(
                result.out(), result.out().contains("\"blockTimeMillis\": 1000, \"epochLength\": 100, \"slower\": 10"));
    }

    @Test
    public void attacksRunWithoutANetworkAndTheSameSeedGivesTheSameReport() throws Exception {
        assertTrue(run("attack", "--help").out().startsWith("usage: hauptbuch attack ATTACK"));
        String four = "nothing-at-stake, long-range, grinding or collusion";
        refused(2, "there is no attack 'eclipse'; must be " + four, "attack", "eclipse");
        refused(2, "attack needs one of: " + four.replace(" or", ","), "attack");
        refused(2, "--stake 46: must be a whole number from 1 to 45", "attack", "grinding", "--stake", "46");
        refused(2, "--epochs 99: must be a whole number from 100 to 1000000", "attack", "grinding", "--epochs", "99");
        Path json = folder.getRoot().toPath().resolve("report.json");
        Result first = run("attack", "nothing-at-stake", "--seed", "7", "--stake", "35", "--json", "" + json);
        assertEquals(first.err(), 0, first.status());
        assertTrue(first.out(), first.out().endsWith("the mitigation holds\n"));
        assertEquals("[1/1] stake 35 %\n", first.err());
        assertTrue(Files.readString(json).contains("\"mitigationHolds\": true"));
        assertEquals(first, run("attack", "nothing-at-stake", "--seed", "7", "--stake", "35"));
        assertEquals(0, run("attack", "long-range", "--stake", "20").status());
        assertEquals(0, run("attack", "collusion", "--epochs", "100").status());
    }

    @Test
    public void whatIsNoHomeIsLeftAlone() throws Exception {
        Path mine = folder.newFolder("mine").toPath();
        Files.writeString(mine.resolve("letter.txt"), "dear all");
        for (String command : List.of("stop", "status", "log")) {
            refused(1, mine + " is not a home of Hauptbuch (it has no network.conf)", command, "--home", "" + mine);
        }
        refused(
                1,
                mine + " is not a home of Hauptbuch (it has files but no network.conf)",
                "devnet",
                "--home",
                "" + mine);
        assertEquals(List.of("letter.txt"), names(mine));
    }

    @Test
    public void aJavaThatKarafCannotRunOnIsRefused() throws Exception {
        String wanted = "Hauptbuch needs Java 17 to 21; set JAVA_HOME to one";
        Path old = java("11");
        refused(old, 1, "Java 11 is too old (" + old + "/bin/java): " + wanted, "devnet");
        for (String version : List.of("22", "24", "25")) {
            Path java = java(version);
            refused(
                    java,
                    1,
                    "Java " + version + " is too new (" + java + "/bin/java): the shell of Karaf 4.4 runs on Java 17 to"
                            + " 21; set JAVA_HOME to one",
                    "devnet");
        }
        Path none = folder.getRoot().toPath().resolve("none");
        refused(none, 1, "no Java at JAVA_HOME=" + none + "; set JAVA_HOME to a Java 17 to 21", "devnet");
    }

    @Test
    public void aPortInUseIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int base = taken.getLocalPort() - 2;
            refused(
                    1,
                    "port " + taken.getLocalPort()
                            + " (peer port of validator 2) is in use; stop what uses it, or start"
                            + " with another --home and --port-base",
                    "devnet",
                    "--port-base",
                    "" + base);
        }
    }

    @Test
    public void aPortInUseByANetworkOfOursIsNamedWithItsHome() throws Exception {
        Path other = folder.newFolder("other").toPath();
        Files.createDirectories(other.resolve("alice/etc"));
        Files.writeString(other.resolve("network.conf"), "kind=testnet\n");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            Files.writeString(
                    other.resolve("alice/etc/org.hauptbuch.node-alice.cfg"), "name = alice\nbindPort = " + port + "\n");
            Process node =
                    new ProcessBuilder("bash", "-c", "read -r", "-Dhauptbuch.home=" + other.resolve("alice")).start();
            try {
                refused(
                        1,
                        "port " + port + " (peer port of validator 2) is in use by the network in " + other + " (pid "
                                + node.pid() + "); hauptbuch stop --home " + other + " stops it, or start with another"
                                + " --home and --port-base",
                        "devnet",
                        "--port-base",
                        "" + (port - 2));
            } finally {
                node.destroy();
            }
        }
    }

    @Test
    public void aHomeKeepsWhatItWasStartedWith() throws Exception {
        Path home = folder.newFolder("home").toPath();
        Files.writeString(
                home.resolve("network.conf"),
                "kind=devnet\nportBase=27000\nblockTimeMillis=1000\nepochLength=20\nvalidators=4\nready=yes\n");
        refused(
                1,
                home + " was started with --validators 4 and keeps it; use another --home for --validators 5",
                "devnet",
                "--home",
                "" + home,
                "--validators",
                "5");
        refused(1, home + " is the home of a devnet, not of a testnet", "testnet", "--home", "" + home);
        refused(
                1,
                home
                        + " was started with --vdf-iterations 5000 and keeps it; use another --home for --vdf-iterations 0",
                "devnet",
                "--home",
                "" + home,
                "--vdf-iterations",
                "0");
        refused(
                2,
                "--checkpoint: must stand with --add NAME; a running process has blocks already",
                "testnet",
                "--checkpoint",
                "5:ab");
        refused(
                2,
                "--checkpoint 5:ab: must be HEIGHT:HASH, a block above 0 and 64 hexadecimal digits in lower case",
                "testnet",
                "--add",
                "erin",
                "--checkpoint",
                "5:ab");
        refused(
                1,
                home + " is the home of a devnet; pos:node-add in its shell adds a node",
                "testnet",
                "--add",
                "erin",
                "--home",
                "" + home);
        refused(
                1,
                "no node runs in " + home + "; start it with hauptbuch devnet --home " + home,
                "exec",
                "--home",
                "" + home,
                "pos:status");
        assertEquals("not running is 3", 3, run("status", "--home", "" + home).status());
        assertEquals(
                "stopping again is no error",
                0,
                run("stop", "--home", "" + home).status());
    }

    private void refused(int status, String line, String... call) throws Exception {
        refused(null, status, line, call);
    }

    private void refused(Path javaHome, int status, String line, String... call) throws Exception {
        Result result = start(javaHome, call);
        assertEquals("hauptbuch: " + line + "\n", result.err());
        assertEquals(status, result.status());
        assertEquals("", result.out());
    }

    private Result run(String... call) throws Exception {
        return start(null, call);
    }

    private Result start(Path javaHome, String... call) throws IOException, InterruptedException {
        Path out = folder.newFile().toPath();
        Path err = folder.newFile().toPath();
        List<String> command = new ArrayList<>(List.of("bash", LAUNCHER.toString()));
        command.addAll(List.of(call));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.newFolder())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().remove("HAUPTBUCH_HOME");
        builder.environment()
                .put("JAVA_HOME", javaHome == null ? System.getProperty("java.home") : javaHome.toString());
        Process process = builder.start();
        assertTrue("ends within seconds", process.waitFor(30, TimeUnit.SECONDS));
        return new Result(process.exitValue(), read(out), read(err));
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }

    /** A Java that only says which one it is. */
    private Path java(String version) throws IOException {
        Path home = folder.newFolder("java" + version).toPath();
        Path bin = Files.createDirectory(home.resolve("bin"));
        Files.writeString(bin.resolve("java"), "#!/bin/sh\necho '    java.specification.version = " + version + "'\n");
        Files.setPosixFilePermissions(bin.resolve("java"), PosixFilePermissions.fromString("rwx------"));
        return home;
    }

    private static List<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
