package org.hauptbuch.attacks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.hauptbuch.attacks.Report.Chart;
import org.hauptbuch.attacks.Report.Figure;
import org.hauptbuch.attacks.Report.Outcome;
import org.hauptbuch.attacks.Report.Row;
import org.hauptbuch.attacks.Report.Side;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class ReportsTest {
    /** A report of stakes 5 %, 10 %, ... where {@code off} and {@code on} say at which of them the attack succeeds. */
    static Report report(boolean[] off, boolean[] on) {
        List<Row> rows = IntStream.range(0, off.length)
                .mapToObj(i -> new Row(5 * (i + 1), List.of(outcome(off[i], i * 1_000L), outcome(on[i], -i * 2_500L))))
                .toList();
        return new Report(
                "made-up",
                "Made up: \"quoted\" & <marked>",
                7,
                List.of("One sentence."),
                List.of(new Side("off", "without"), new Side("on", "with \\ it")),
                rows,
                new Chart("gain", "Gain & loss", "units"));
    }

    private static Outcome outcome(boolean succeeds, long gain) {
        return new Outcome(
                succeeds, List.of(Figure.of("gain", "gain", gain), new Figure("seen", "seen", null, "for ever")));
    }

    private static boolean[] of(int... flags) {
        boolean[] booleans = new boolean[flags.length];
        for (int i = 0; i < flags.length; i++) {
            booleans[i] = flags[i] == 1;
        }
        return booleans;
    }

    @Test
    void verdictsAreComputed() {
        assertEquals(
                "fails at every stake from 5 % to 15 %",
                report(of(0, 0, 0), of(0, 0, 0)).verdict(0));
        assertEquals(
                "succeeds at every stake from 5 % to 15 %",
                report(of(1, 1, 1), of(0, 0, 0)).verdict(0));
        assertEquals(
                "succeeds from 10 % of the stake on",
                report(of(0, 1, 1), of(0, 0, 0)).verdict(0));
        assertEquals("succeeds at 5 %, 15 %", report(of(1, 0, 1), of(0, 0, 0)).verdict(0));
        assertTrue(report(of(0, 1), of(0, 0)).holds());
        assertFalse(report(of(0, 1), of(0, 1)).holds());
        assertFalse(report(of(0, 0), of(0, 0)).holds());
    }

    @Test
    void text() {
        assertEquals(
                """
                Made up: "quoted" & <marked>, seed 7

                One sentence.

                      | without                    | with \\ it
                stake |  gain      seen    attack |   gain      seen  attack
                  5 % |     0  for ever     fails |      0  for ever   fails
                 10 % | 1,000  for ever  succeeds | -2,500  for ever   fails

                verdict
                  without:   the attack succeeds from 10 % of the stake on
                  with \\ it: the attack fails at every stake from 5 % to 10 %
                  the mitigation holds
                """
                        .replace("without                    |", "without                   |"),
                TextReport.of(report(of(0, 1), of(0, 0))));
        assertTrue(TextReport.of(report(of(0, 1), of(1, 0))).endsWith("THE MITIGATION DOES NOT HOLD\n"));
        assertTrue(TextReport.of(report(of(0, 0), of(0, 0))).contains("nothing is shown about the mitigation"));
    }

    @Test
    void json() {
        JsonObject json = JsonParser.parseString(JsonReport.of(report(of(0, 1), of(0, 0))))
                .getAsJsonObject();
        assertEquals("Made up: \"quoted\" & <marked>", json.get("title").getAsString());
        assertTrue(json.get("mitigationHolds").getAsBoolean());
        JsonObject off = json.getAsJsonArray("sides").get(0).getAsJsonObject();
        assertEquals("[10]", off.get("succeedsAt").toString());
        JsonObject row = off.getAsJsonArray("rows").get(1).getAsJsonObject();
        assertEquals(10, row.get("stakePercent").getAsInt());
        assertEquals(1_000, row.get("gain").getAsLong());
        assertTrue(row.get("seen").isJsonNull());
        assertEquals("\"a\\u000ab\"", JsonReport.string("a\nb"));
    }

    @Test
    void svg() throws Exception {
        String svg = SvgChart.of(report(of(0, 1), of(0, 0)));
        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        assertEquals("svg", document.getDocumentElement().getTagName());
        assertEquals(4, document.getElementsByTagName("circle").getLength());
        assertEquals(2, document.getElementsByTagName("path").getLength());
        assertTrue(svg.contains("without: succeeds from 10 % of the stake on"));
        assertTrue(svg.contains("prefers-color-scheme: dark"));
        // zero lies between, and the axis has the units
        assertTrue(svg.contains(">-2,000<") && svg.contains(">1,000<") && svg.contains(">units<"), svg);
    }

    @Test
    void aChartOfNothingButZeroes() {
        String svg = SvgChart.of(report(of(0), of(0)));
        assertFalse(svg.contains("NaN"), svg);
    }
}
