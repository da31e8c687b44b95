package org.hauptbuch.slashing.downtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hauptbuch.api.rule.KnownAnswer;
import org.hauptbuch.api.rule.Parameters;

/** What {@link DowntimeSlashing} is known to answer. */
final class DowntimeSlashingAnswers {
    private DowntimeSlashingAnswers() {}

    static List<KnownAnswer> all() {
        return List.of(
                new KnownAnswer(
                        "blocks that may be missed of 100 at 50 %, 99.1 % and 100 %",
                        "50 0 0", () -> mayMiss("50%") + " " + mayMiss("99.1%") + " " + mayMiss("100%")),
                new KnownAnswer(
                        "misses in a window of four while heights 1 to 8 go signed, missed, missed, missed, four signed",
                        "0 1 2 3 3 2 1 0",
                        DowntimeSlashingAnswers::misses));
    }

    private static int mayMiss(String minSigned) {
        return DowntimeSlashingParameters.from(Parameters.of(Map.of("minSigned", minSigned)))
                .mayMiss();
    }

    private static String misses() {
        SigningRecord record = SigningRecord.beginning(4, 1);
        List<String> misses = new ArrayList<>();
        for (long height = 1; height <= 8; height++) {
            boolean signed = height < 2 || height > 4;
            record = record.with(height, signed);
            misses.add(Integer.toString(record.misses()));
        }
        return String.join(" ", misses);
    }
}
