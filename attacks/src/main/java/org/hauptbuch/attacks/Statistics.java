package org.hauptbuch.attacks;

/**
 * The chi-squared test. All arithmetic is {@link StrictMath}'s, so that a report is the same on every machine.
 */
final class Statistics {
    private static final double EPSILON = 1e-15;
    private static final double TINY = 1e-300;
    private static final int MAX_STEPS = 10_000;

    /** Lanczos' coefficients for g = 7, n = 9, as P. Godfrey computed them in 2001. */
    private static final double[] LANCZOS = {
        0.99999999999980993,
        676.5203681218851,
        -1259.1392167224028,
        771.32342877765313,
        -176.61502916214059,
        12.507343278686905,
        -0.13857109526572012,
        9.9843695780195716e-6,
        1.5056327351493116e-7
    };

    private Statistics() {}

    /**
     * Pearson's statistic of {@code hits} among {@code draws} that should each be one with probability {@code chance},
     * over the two classes hit and miss: one degree of freedom.
     */
    static double chiSquared(long hits, long draws, double chance) {
        double expected = draws * chance;
        double difference = hits - expected;
        return difference * difference / expected + difference * difference / (draws - expected);
    }

    /** The chance of a statistic of {@code chiSquared}, 0 or more, or of a larger one: Q(degrees / 2, chiSquared / 2). */
    static double pValue(double chiSquared, int degrees) {
        return upperGamma(degrees / 2.0, chiSquared / 2);
    }

    /**
     * The regularized upper incomplete gamma function Q(a, x) = Γ(a, x) / Γ(a) for a over 0 and x of 0 or more: by the
     * series DLMF 8.7.1 for P = 1 - Q where x is below a + 1, else by the continued fraction DLMF 8.9.2 in the form of
     * W. Press et al.: Numerical Recipes, third edition, section 6.2 (evaluated by Lentz's method).
     */
    static double upperGamma(double a, double x) {
        if (!(a > 0) || !(x >= 0)) {
            throw new IllegalArgumentException("a and x: " + a + ", " + x + ", must be over 0, and 0 or more");
        }
        if (x == 0) {
            return 1;
        }
        double scale = StrictMath.exp(a * StrictMath.log(x) - x - logGamma(a));
        return x < a + 1 ? 1 - scale * series(a, x) : scale * fraction(a, x);
    }

    private static double series(double a, double x) {
        double term = 1 / a;
        double sum = term;
        for (int n = 1; n < MAX_STEPS && term > sum * EPSILON; n++) {
            term *= x / (a + n);
            sum += term;
        }
        return sum;
    }

    private static double fraction(double a, double x) {
        double b = x + 1 - a;
        double c = 1 / TINY;
        double d = 1 / b;
        double value = d;
        for (int n = 1; n < MAX_STEPS; n++) {
            double numerator = -n * (n - a);
            b += 2;
            d = 1 / nonZero(numerator * d + b);
            c = nonZero(b + numerator / c);
            value *= c * d;
            if (Math.abs(c * d - 1) < EPSILON) {
                break;
            }
        }
        return value;
    }

    private static double nonZero(double value) {
        return Math.abs(value) < TINY ? TINY : value;
    }

    /** ln Γ(z) for z over 0, by C. Lanczos: A Precision Approximation of the Gamma Function, SIAM J. Num. Anal. 1 (1964). */
    static double logGamma(double z) {
        if (z < 0.5) {
            return StrictMath.log(Math.PI / StrictMath.sin(Math.PI * z)) - logGamma(1 - z);
        }
        double sum = LANCZOS[0];
        for (int i = 1; i < LANCZOS.length; i++) {
            sum += LANCZOS[i] / (z - 1 + i);
        }
        double t = z - 1 + 7.5;
        return 0.5 * StrictMath.log(2 * Math.PI) + (z - 0.5) * StrictMath.log(t) - t + StrictMath.log(sum);
    }
}
