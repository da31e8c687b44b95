package org.hauptbuch.api.chain;

import org.hauptbuch.api.codec.Reader;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.value.Rate;

/**
 * What a validator keeps of its delegators' rewards.
 *
 * @param rate the share kept now
 * @param maximum {@code rate} never goes over it; fixed at registration
 * @param maxDailyChange {@code rate} moves at most so far within a day of block time; fixed at registration
 * @param changedAtMillis block time of the last change, milliseconds since 1970
 */
public record Commission(Rate rate, Rate maximum, Rate maxDailyChange, long changedAtMillis) {
    public Commission {
        if (rate.compareTo(maximum) > 0) {
            throw new IllegalArgumentException("commission: " + rate + ", must be at most the maximum " + maximum);
        }
        if (maxDailyChange.compareTo(maximum) > 0) {
            throw new IllegalArgumentException(
                    "commission.maxDailyChange: " + maxDailyChange + ", must be at most the maximum " + maximum);
        }
    }

    /** With another rate, changed at {@code nowMillis}. */
    public Commission changed(Rate newRate, long nowMillis) {
        return new Commission(newRate, maximum, maxDailyChange, nowMillis);
    }

    void write(Writer out) {
        out.u32(rate.ppm()).u32(maximum.ppm()).u32(maxDailyChange.ppm()).u64(changedAtMillis);
    }

    static Commission read(Reader in) {
        Rate rate = in.rate("commission.rate");
        Rate maximum = in.rate("commission.maximum");
        Rate maxDailyChange = in.rate("commission.maxDailyChange");
        long changedAt = in.u64("commission.changedAt");
        return in.make("commission", () -> new Commission(rate, maximum, maxDailyChange, changedAt));
    }
}
