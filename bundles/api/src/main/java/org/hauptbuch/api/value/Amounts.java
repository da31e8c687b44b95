package org.hauptbuch.api.value;

import java.math.BigInteger;

/**
 * Checked arithmetic on amounts. An amount is a whole number of units, 8 bytes on the wire, 0 to 2<sup>63</sup>-1:
 * the supply is bounded so that every legal amount is a non-negative {@code long} and no total can wrap.
 */
public final class Amounts {
    /** The largest amount and the largest supply. */
    public static final long MAX = Long.MAX_VALUE;

    private Amounts() {}

    /**
     * Returns {@code amount}.
     *
     * @throws IllegalArgumentException where it is negative, naming {@code field}
     */
    public static long check(String field, long amount) {
        if (amount < 0) {
            throw new IllegalArgumentException(field + ": " + Long.toUnsignedString(amount) + ", must be 0 to " + MAX);
        }
        return amount;
    }

    /** {@code a + b}. @throws ArithmeticException where the sum is over {@link #MAX} */
    public static long add(long a, long b) {
        return Math.addExact(a, b);
    }

    /** {@code a - b}. @throws ArithmeticException where {@code b} is the greater */
    public static long subtract(long a, long b) {
        long difference = Math.subtractExact(a, b);
        if (difference < 0) {
            throw new ArithmeticException(a + " - " + b + " is negative");
        }
        return difference;
    }

    /** {@code a * b / c} rounded down, with a 128-bit product; {@code a, b >= 0}, {@code c > 0}. */
    public static long mulDivFloor(long a, long b, long c) {
        if (Math.multiplyHigh(a, b) == 0 && a * b >= 0) {
            return a * b / c;
        }
        return product(a, b).divide(BigInteger.valueOf(c)).longValueExact();
    }

    /** {@code a * b / c} rounded up, with a 128-bit product; {@code a, b >= 0}, {@code c > 0}. */
    public static long mulDivCeil(long a, long b, long c) {
        BigInteger[] parts = product(a, b).divideAndRemainder(BigInteger.valueOf(c));
        return parts[0].add(parts[1].signum() == 0 ? BigInteger.ZERO : BigInteger.ONE)
                .longValueExact();
    }

    /** Whether {@code part} is more than two thirds of {@code total}, exactly; both 0 or more. */
    public static boolean moreThanTwoThirds(long part, long total) {
        return product(part, 3).compareTo(product(total, 2)) > 0;
    }

    /** Whether {@code part} is more than one third of {@code total}, exactly; both 0 or more. */
    public static boolean moreThanOneThird(long part, long total) {
        return part > total / 3;
    }

    private static BigInteger product(long a, long b) {
        return BigInteger.valueOf(a).multiply(BigInteger.valueOf(b));
    }
}
