package org.hauptbuch.attacks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatisticsTest {
    /** NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.4: upper critical values of the chi-squared distribution. */
    @ParameterizedTest
    @CsvSource({
        "0.10, 1, 2.706",
        "0.05, 1, 3.841",
        "0.01, 1, 6.635",
        "0.001, 1, 10.828",
        "0.05, 2, 5.991",
        "0.05, 10, 18.307",
        "0.001, 10, 29.588",
        "0.05, 100, 124.342",
        "0.90, 10, 4.865"
    })
    void criticalValues(double p, int degrees, double critical) {
        assertEquals(p, Statistics.pValue(critical, degrees), 3e-4 * Math.max(p, 0.2));
    }

    @Test
    void farOut() {
        // with two degrees of freedom Q is exp(-x / 2): one value on each side of the change of method, one far out
        for (double x : new double[] {0.5, 2.9, 3.1, 40, 1_000}) {
            double exact = StrictMath.exp(-x / 2);
            assertEquals(exact, Statistics.pValue(x, 2), exact * 1e-12);
        }
        // erfc(5 / sqrt(2)), the two tails of five standard deviations
        assertEquals(5.733031437583892e-7, Statistics.pValue(25, 1), 1e-17);
        assertEquals(1, Statistics.pValue(0, 1));
        assertEquals(0, Statistics.pValue(1e6, 1));
    }

    @Test
    void theStatistic() {
        // 60 heads of 100: (60 - 50)^2 / 50 twice
        assertEquals(4, Statistics.chiSquared(60, 100, 0.5), 1e-12);
        assertEquals(4, Statistics.chiSquared(40, 100, 0.5), 1e-12);
        assertEquals(0, Statistics.chiSquared(5, 100, 0.05), 1e-12);
    }

    @Test
    void whatHasNoValueIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Statistics.pValue(-1, 1));
        assertThrows(IllegalArgumentException.class, () -> Statistics.pValue(Double.NaN, 1));
        assertThrows(IllegalArgumentException.class, () -> Statistics.pValue(1, 0));
    }
}
