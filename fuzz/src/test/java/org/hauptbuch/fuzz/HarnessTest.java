package org.hauptbuch.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.value.Bytes;
import org.junit.jupiter.api.Test;

/** The harness can say no: each kind of wrong decoder is found, and the fuzzer finds those that chance does not. */
class HarnessTest {
    private static String refused(Decoder decoder, String input) {
        return assertThrows(Finding.class, () -> Harness.judge(decoder, Bytes.fromHex(input)))
                .getMessage();
    }

    @Test
    void anotherExceptionThanTheDocumentedOneIsAFinding() {
        assertFalse(Harness.judge(WrongTarget.GUIDED, Bytes.fromHex("00")));
        String said = refused(WrongTarget.GUIDED, "686248424c4b05");
        assertTrue(said.startsWith("guided: java.lang.ArrayIndexOutOfBoundsException"), said);
        assertTrue(said.endsWith("; input 686248424c4b05"), said);
    }

    @Test
    void aSecondEncodingIsAFinding() {
        assertTrue(Harness.judge(WrongTarget.LENIENT, Bytes.fromHex("01")));
        assertTrue(refused(WrongTarget.LENIENT, "02").contains("encoded again it is 01"));
    }

    @Test
    void anAllocationOutOfProportionIsAFinding() {
        assertTrue(Harness.judge(WrongTarget.GREEDY, Bytes.fromHex("00000100")));
        assertTrue(refused(WrongTarget.GREEDY, "02000000").contains("allocates 335"));
    }

    @Test
    void aRefusalWithoutAMessageIsAFinding() {
        Decoder silent = Decoder.of(
                "silent",
                IllegalArgumentException.class,
                in -> {
                    throw new IllegalArgumentException();
                },
                Bytes.EMPTY);
        assertTrue(refused(silent, "").contains("without a message"));
    }

    @Test
    void anInputIsRunAgainByItsText() {
        Harness harness = new Harness(List.of(WrongTarget.LENIENT, WrongTarget.GUIDED));
        byte[] input = harness.input(WrongTarget.GUIDED, Bytes.fromHex("686248424c4b05"));
        assertEquals(WrongTarget.GUIDED, harness.pick(input));
        assertThrows(Finding.class, () -> harness.run(input));
        String text = Harness.text(harness.pick(input), Harness.rest(input));
        assertEquals("guided:686248424c4b05", text);
        assertThrows(Finding.class, () -> harness.again(text));
        assertTrue(harness.again("lenient:01"));
        assertThrows(IllegalArgumentException.class, () -> harness.again("nobody:01"));
        assertThrows(
                IllegalArgumentException.class, () -> new Harness(List.of(WrongTarget.GUIDED, WrongTarget.GUIDED)));
        harness.run(new byte[0]);
    }

    @Test
    void theFuzzerFindsTheWrongDecoder() throws Exception {
        assumeTrue(Fuzzer.unsupported().isEmpty());
        Harness harness = new Harness(List.of(WrongTarget.GUIDED));
        Fuzzer fuzzer = new Fuzzer(WrongTarget.class, harness, folder("wrong"), 60, 5, List.of());
        Fuzzer.Outcome outcome = fuzzer.run(1);
        assertNotEquals(0, outcome.exit(), () -> fuzzer.report(outcome));
        byte[] input = outcome.found().orElseThrow();
        assertThrows(Finding.class, () -> harness.run(input));
        String report = fuzzer.report(outcome);
        assertTrue(report.startsWith("decoder 'guided', input 6862"), report);
        assertTrue(report.contains("-Dfuzz.input=guided:6862"), report);
        assertTrue(report.contains("ArrayIndexOutOfBoundsException"), report);
    }

    @Test
    void theFuzzerFindsTheEndlessDecoder() throws Exception {
        assumeTrue(Fuzzer.unsupported().isEmpty());
        Harness harness = new Harness(List.of(WrongTarget.ENDLESS));
        Fuzzer fuzzer =
                new Fuzzer(WrongTarget.class, harness, folder("endless"), 60, 1, List.of("-Dfuzz.wrong=endless"));
        Fuzzer.Outcome outcome = fuzzer.run(1);
        assertNotEquals(0, outcome.exit(), () -> fuzzer.report(outcome));
        assertEquals(7, outcome.found().orElseThrow()[1]);
        assertTrue(fuzzer.report(outcome).startsWith("decoder 'endless', input 07"), () -> fuzzer.report(outcome));
    }

    @Test
    void aSeedThatIsRefusedIsNotTaken() {
        assertThrows(PoSException.class, () -> WrongTarget.GUIDED.body().read(Bytes.fromHex("00")));
    }

    private static Path folder(String name) {
        return Path.of("target", "fuzz", name).toAbsolutePath();
    }
}
