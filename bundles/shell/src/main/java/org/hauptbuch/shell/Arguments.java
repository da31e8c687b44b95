package org.hauptbuch.shell;

import java.time.Duration;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Amounts;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.api.value.Rate;

/** Reads what people type. Every refusal is a {@link Failure} that names argument, value and range. */
public final class Arguments {
    // digits, in groups if one likes: 1_000_000
    private static final Pattern WHOLE = Pattern.compile("[0-9]+(_[0-9]+)*");
    private static final Pattern HEX = Pattern.compile("([0-9a-fA-F]{2})*");

    private Arguments() {}

    /** A whole number of {@code least} to {@code most}, 0 or more. */
    public static long whole(String name, String text, long least, long most) {
        if (WHOLE.matcher(text).matches()) {
            try {
                long value = Long.parseLong(text.replace("_", ""));
                if (value >= least && value <= most) {
                    return value;
                }
            } catch (NumberFormatException e) {
                throw refuseWhole(name, text, least, most);
            }
        }
        throw refuseWhole(name, text, least, most);
    }

    /** Units: 1 to the largest amount. */
    public static long amount(String name, String text) {
        return whole(name, text, 1, Amounts.MAX);
    }

    /** A share of something, such as {@code 5%} or {@code 0.05}. */
    public static Rate rate(String name, String text) {
        try {
            return Rate.parse(text);
        } catch (IllegalArgumentException e) {
            throw Failure.argument(name, text, "0% to 100% in steps of 0.0001%, such as 0.05 or '5%'");
        }
    }

    /** Per cent, with or without their sign: {@code 80} and {@code 80%} are the same; {@code least} to 100. */
    public static Rate percent(String name, String text, Rate least) {
        try {
            Rate rate = Rate.parse(text.endsWith("%") ? text : text + "%");
            if (rate.compareTo(least) >= 0) {
                return rate;
            }
        } catch (IllegalArgumentException e) {
            throw refusePercent(name, text, least);
        }
        throw refusePercent(name, text, least);
    }

    /** Whole seconds of {@code least} to {@code most}. */
    public static Duration seconds(String name, String text, long least, long most) {
        return Duration.ofSeconds(whole(name, text, least, most));
    }

    /** A digest: 64 hexadecimal digits. */
    public static Hash hash(String name, String text) {
        if (!isHex(text, Hash.LENGTH)) {
            throw Failure.argument(name, text, "64 hexadecimal digits");
        }
        return Hash.fromHex(text);
    }

    /** Whether {@code text} is an address: 40 hexadecimal digits. */
    public static boolean isAddress(String text) {
        return isHex(text, Address.LENGTH);
    }

    /** A type of key, by its label. */
    public static KeyType keyType(String name, String text) {
        return Arrays.stream(KeyType.values())
                .filter(type -> type.label().equals(text))
                .findFirst()
                .orElseThrow(() -> Failure.argument(
                        name,
                        text,
                        Arrays.stream(KeyType.values()).map(KeyType::label).collect(Collectors.joining(", "))));
    }

    /** Any bytes, as hexadecimal digits. */
    public static Bytes bytes(String name, String text) {
        if (text.isEmpty() || !HEX.matcher(text).matches()) {
            String shown = text.length() <= 80 ? text : text.substring(0, 80) + "...";
            throw Failure.argument(name, shown, "an even number of hexadecimal digits, at least two");
        }
        return Bytes.fromHex(text);
    }

    private static boolean isHex(String text, int bytes) {
        return text.length() == bytes * 2 && HEX.matcher(text).matches();
    }

    private static Failure refusePercent(String name, String text, Rate least) {
        String from = least.toString().replace("%", "");
        return Failure.argument(name, text, "per cent, " + from + " to 100, such as 80");
    }

    private static Failure refuseWhole(String name, String text, long least, long most) {
        return Failure.argument(name, text, "a whole number from " + least + " to " + most);
    }
}
