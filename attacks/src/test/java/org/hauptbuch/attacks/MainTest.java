package org.hauptbuch.attacks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private record MadeUp(String name, boolean holds) implements Scenario {
        @Override
        public Report run(long seed, Sweep sweep, Progress progress) {
            progress.at("seed " + seed + ", " + sweep.stakes().size() + " stakes, " + sweep.epochs() + " epochs", 0, 1);
            return ReportsTest.report(new boolean[] {true}, new boolean[] {!holds});
        }
    }

    private int run(String... arguments) {
        out.reset();
        err.reset();
        return new Main(
                        List.of(new MadeUp("good", true), new MadeUp("bad", false)),
                        Sweep.DEFAULT,
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(List.of(arguments));
    }

    private void refused(String message, String... arguments) {
        assertEquals(Main.USAGE, run(arguments));
        assertEquals("hauptbuch: " + message + "\n", err.toString(StandardCharsets.UTF_8));
        assertEquals("", out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void theExitCodeSaysWhetherTheMitigationHolds() {
        assertEquals(Main.HOLDS, run("good"));
        assertEquals("[1/1] seed 1, 9 stakes, 50000 epochs\n", err.toString(StandardCharsets.UTF_8));
        assertTrue(out.toString(StandardCharsets.UTF_8).endsWith("the mitigation holds\n"));
        assertEquals(Main.BROKEN, run("bad", "--seed", "12", "--stake", "35", "--epochs", "100"));
        assertEquals("[1/1] seed 12, 1 stakes, 100 epochs\n", err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void filesAreWritten() throws IOException {
        Path json = folder.resolve("report.json");
        Path svg = folder.resolve("report.svg");
        assertEquals(Main.HOLDS, run("good", "--json", "" + json, "--svg", "" + svg));
        assertTrue(Files.readString(json).startsWith("{\n  \"attack\": \"made-up\""));
        assertTrue(Files.readString(svg).startsWith("<svg "));
        Path nowhere = folder.resolve("no/such/folder.json");
        assertEquals(Main.BROKEN, run("good", "--json", "" + nowhere));
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("cannot write " + nowhere));
        assertFalse(Files.exists(nowhere));
    }

    @Test
    void wrongCallsAreNamed() {
        refused("an attack is missing: good, bad");
        refused("attack 'worse': must be good, bad", "worse");
        refused("unknown option --speed", "good", "--speed", "1");
        refused("--json needs a value", "good", "--json");
        refused("--seed -1: must be a whole number from 0 to 999999999", "good", "--seed", "-1");
        refused("--seed 1000000000: must be a whole number from 0 to 999999999", "good", "--seed", "1000000000");
        refused("--stake 46: must be a whole number from 1 to 45", "good", "--stake", "46");
        refused("--epochs 99: must be a whole number from 100 to 1000000", "good", "--epochs", "99");
    }

    @Test
    void theFourAttacksOfTheSpecification() {
        assertEquals(
                List.of("nothing-at-stake", "long-range", "grinding", "collusion"),
                Main.all().stream().map(Scenario::name).toList());
    }
}
