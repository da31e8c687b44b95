package org.hauptbuch.shell.view;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.value.Hash;

/** How values are written for people. */
public final class Text {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

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
