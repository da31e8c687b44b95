package org.hauptbuch.shell.view;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.value.Amounts;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.Rate;

/** How values are written for people. */
public final class Text {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final int BAR = 40;

    private Text() {}

    /** The first sixteen digits, enough to tell digests apart in a table. */
    public static String shorter(Hash hash) {
        return hash.toString().substring(0, 16);
    }

    /** A time of the chain, in UTC. */
    public static String time(long millis) {
        return TIME.format(Instant.ofEpochMilli(millis));
    }

    /** A share in percent with one digit behind the point. */
    public static String share(long part, long whole) {
        return whole == 0 ? "-" : String.format(Locale.ROOT, "%.1f%%", 100.0 * part / whole);
    }

    /**
     * A bar of forty cells, {@code #} for the {@code part} of {@code whole}, with a mark at {@code needed} that is only
     * reached where the part reaches it.
     */
    public static String bar(long part, long whole, Rate needed) {
        int mark = (int) needed.ceilOf(BAR);
        int filled = whole == 0 ? 0 : (int) Amounts.mulDivFloor(part, BAR, whole);
        filled = part >= needed.ceilOf(whole) ? Math.max(filled, mark) : Math.min(filled, mark - 1);
        String cells = "#".repeat(filled) + ".".repeat(BAR - filled);
        return "[" + cells.substring(0, mark) + "|" + cells.substring(mark) + "]";
    }

    /** How long {@code blocks} take, where each takes its time. */
    public static String blocksToGo(long blocks, long blockTimeMillis) {
        return blocks + (blocks == 1 ? " block" : " blocks") + " to go, about "
                + Math.multiplyExact(blocks, blockTimeMillis) / 1000 + " s";
    }

    /** The name of a payload's type as programs see it, such as {@code registerValidator}. */
    public static String type(Payload payload) {
        return camel(payload.type().name());
    }

    /** {@code REGISTER_VALIDATOR} as {@code registerValidator}. */
    public static String camel(String constant) {
        StringBuilder out = new StringBuilder();
        for (String word : constant.toLowerCase(Locale.ROOT).split("_")) {
            out.append(out.length() == 0 ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return out.toString();
    }
}
