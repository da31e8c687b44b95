package org.hauptbuch.testkit;

/**
 * How messages travel.
 *
 * @param minDelayMicros the shortest delay, microseconds, 1 or more
 * @param maxDelayMicros the longest delay, microseconds
 * @param lossPerMille messages lost of a thousand, 0 to 1,000
 * @param duplicatesPerMille messages delivered twice of a thousand, 0 to 1,000
 * @param ordered whether messages of one link keep their order, as over TCP
 */
public record LinkQuality(
        int minDelayMicros, int maxDelayMicros, int lossPerMille, int duplicatesPerMille, boolean ordered) {
    /** One to twenty milliseconds, nothing lost. */
    public static final LinkQuality CALM = new LinkQuality(1_000, 20_000, 0, 0, true);

    public LinkQuality {
        check("minDelayMicros", minDelayMicros, 1, maxDelayMicros);
        check("lossPerMille", lossPerMille, 0, 1_000);
        check("duplicatesPerMille", duplicatesPerMille, 0, 1_000);
    }

    private static void check(String field, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(field + ": " + value + ", must be " + least + " to " + most);
        }
    }
}
