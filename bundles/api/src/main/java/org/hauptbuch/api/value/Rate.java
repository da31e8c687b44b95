package org.hauptbuch.api.value;

import java.math.BigDecimal;

/**
 * A share of something in parts per million.
 *
 * @param ppm 0 (nothing) to 1,000,000 (all of it)
 */
public record Rate(int ppm) implements Comparable<Rate> {
    /** All of it, in parts per million. */
    public static final int WHOLE = 1_000_000;

    /** Nothing. */
    public static final Rate ZERO = new Rate(0);

    /** All of it. */
    public static final Rate ONE = new Rate(WHOLE);

    public Rate {
        if (ppm < 0 || ppm > WHOLE) {
            throw new IllegalArgumentException("rate: " + ppm + " ppm, must be 0 to " + WHOLE);
        }
    }

    /**
     * Reads {@code "5%"}, {@code "0.05"} or {@code "1"}.
     *
     * @throws IllegalArgumentException where the text is no such number, is outside 0 to 1, or is finer than one part
     *     per million
     */
    public static Rate parse(String text) {
        try {
            boolean percent = text.endsWith("%");
            BigDecimal share = new BigDecimal(percent ? text.substring(0, text.length() - 1) : text);
            return new Rate(share.movePointRight(percent ? 4 : 6).intValueExact());
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException(
                    "rate: '" + text + "', must be 0% to 100% in steps of 0.0001%, such as 5% or 0.05", e);
        }
    }

    /** The share of {@code amount} (0 or more), rounded down. */
    public long floorOf(long amount) {
        return Amounts.mulDivFloor(amount, ppm, WHOLE);
    }

    /** The share of {@code amount} (0 or more), rounded up. */
    public long ceilOf(long amount) {
        return Amounts.mulDivCeil(amount, ppm, WHOLE);
    }

    /** What is left of the whole. */
    public Rate complement() {
        return new Rate(WHOLE - ppm);
    }

    @Override
    public int compareTo(Rate other) {
        return Integer.compare(ppm, other.ppm);
    }

    /** A percentage without needless zeros, such as {@code 5%}. */
    @Override
    public String toString() {
        return BigDecimal.valueOf(ppm, 4).stripTrailingZeros().toPlainString() + "%";
    }
}
