package org.hauptbuch.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.hauptbuch.api.plan.RulePlan;
import org.hauptbuch.api.value.Rate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {
    @Test
    void readsPlainUnits() {
        assertEquals(1, Arguments.amount("AMOUNT", "1"));
        assertEquals(1_000_000, Arguments.amount("AMOUNT", "1_000_000"));
        assertEquals(Long.MAX_VALUE, Arguments.amount("AMOUNT", "9223372036854775807"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-1",
                "+1",
                "1.5",
                "1e6",
                "1,000",
                "_1",
                "1_",
                "1__0",
                "",
                " 1",
                "0x10",
                "٣",
                "9223372036854775808"
            })
    void refusesWhatIsNoAmountNamingArgumentValueAndRange(String text) {
        assertRefused(
                () -> Arguments.amount("AMOUNT", text),
                "AMOUNT is '" + text + "', must be a whole number from 1 to 9223372036854775807");
    }

    @Test
    void readsRates() {
        assertEquals(new Rate(50_000), Arguments.rate("--commission", "5%"));
        assertEquals(new Rate(50_000), Arguments.rate("--commission", "0.05"));
        assertRefused(
                () -> Arguments.rate("--commission", "101%"),
                "--commission is '101%', must be 0% to 100% in steps of 0.0001%, such as 0.05 or '5%'");
    }

    @Test
    void readsPerCentWithOrWithoutTheirSign() {
        assertEquals(new Rate(800_000), Arguments.percent("--ready", "80", RulePlan.LEAST_READY));
        assertEquals(new Rate(667_000), Arguments.percent("--ready", "66.7%", RulePlan.LEAST_READY));
        assertEquals(RulePlan.LEAST_READY, Arguments.percent("--ready", "66.6667", RulePlan.LEAST_READY));
        assertEquals(Rate.ONE, Arguments.percent("--ready", "100", RulePlan.LEAST_READY));
        for (String wrong : List.of("0.8", "66.6666", "100.1", "eighty", "", "-80", "80%%")) {
            assertRefused(
                    () -> Arguments.percent("--ready", wrong, RulePlan.LEAST_READY),
                    "--ready is '" + wrong + "', must be per cent, 66.6667 to 100, such as 80");
        }
    }

    @Test
    void readsSecondsWithinTheirRange() {
        assertEquals(Duration.ofMinutes(1), Arguments.seconds("--timeout", "60", 1, 100));
        assertRefused(
                () -> Arguments.seconds("--timeout", "101", 1, 100),
                "--timeout is '101', must be a whole number from 1 to 100");
    }

    @Test
    void readsHexadecimal() {
        assertTrue(Arguments.isAddress("aB".repeat(20)));
        assertFalse(Arguments.isAddress("ab".repeat(19)));
        assertFalse(Arguments.isAddress("xy".repeat(20)));
        assertEquals("ab".repeat(32), Arguments.hash("ID", "ab".repeat(32)).toString());
        assertRefused(() -> Arguments.hash("ID", "abc"), "ID is 'abc', must be 64 hexadecimal digits");
        assertRefused(
                () -> Arguments.bytes("EVIDENCE", "abc"),
                "EVIDENCE is 'abc', must be an even number of hexadecimal digits, at least two");
        Failure refused = assertThrows(Failure.class, () -> Arguments.bytes("EVIDENCE", "x".repeat(1000)));
        assertTrue(refused.getMessage().length() < 200, "a long value is cut: " + refused.getMessage());
    }

    private static void assertRefused(Executable call, String message) {
        assertEquals(message, assertThrows(Failure.class, call).getMessage());
    }
}
