package org.hauptbuch.vdf.wesolowski;

import java.util.Locale;
import org.hauptbuch.api.vdf.DelayTask;

/**
 * How many iterations to set for a chain, from what this machine does in a second.
 *
 * <p>At most: the output of one epoch's mix has to be in a block before the next epoch ends, on a machine {@code slower}
 * times slower than this one, with half of the epoch to spare: for a turn in the first half, or for the search of the discriminant, the proof, late
 * blocks and a proposer that leaves it out. At least: whoever proposes an epoch's last block may withhold it, so nobody should
 * know the output before that block is due. How much faster than this machine a processor must be to know it sooner is
 * the lead; below 1 the delay hides nothing, and only a longer epoch helps.
 *
 * @param rate squarings in a second on this machine
 * @param blockTimeMillis the chain's time between blocks
 * @param epochLength its blocks in an epoch
 * @param slower how much slower the slowest validator may be
 */
record Advice(double rate, long blockTimeMillis, long epochLength, int slower) {
    private static final double SPARE = 0.5;

    /** Iterations to set: {@code rate * epoch / 2 / slower}, 1 or more. */
    long iterations() {
        double iterations = rate * epochLength * blockTimeMillis / 1_000 * SPARE / slower;
        return Math.max(1, Math.min(DelayTask.MAX_ITERATIONS, (long) iterations));
    }

    /** Seconds they take on this machine. */
    double seconds() {
        return iterations() / rate;
    }

    /** How many times faster than this machine a processor must be to know the output within a block's time. */
    double lead() {
        return seconds() * 1_000 / blockTimeMillis;
    }

    /** What was found, in lines. */
    String text(Measured measured) {
        StringBuilder out = new StringBuilder();
        line(out, "%,.0f squarings a second with a discriminant of %d bits", rate, measured.bits());
        line(
                out,
                "discriminant %.1f ms, proof %.0f %% of an evaluation, verification %.1f ms",
                measured.discriminantMillis(),
                100 * measured.proofShare(),
                measured.verifyMillis());
        line(
                out,
                "an epoch is %d blocks of %d ms; the slowest validator may be %d times slower than this machine",
                epochLength,
                blockTimeMillis,
                slower);
        line(out, "");
        line(out, "  \"vdfIterations\": %d,", iterations());
        line(out, "  \"vdfBits\": %d", measured.bits());
        line(out, "");
        line(
                out,
                "That is %.2f s here, and half an epoch there. Evaluate : verify = %.0f : 1.",
                seconds(),
                seconds() * 1_000 / measured.verifyMillis());
        line(out, "Who knows the output before the next block is due has a processor %.1f times faster.", lead());
        if (lead() < 1) {
            line(
                    out,
                    "That is slower than this one: the delay hides nothing. An epoch of %d blocks or more would.",
                    (long) Math.ceil(slower / SPARE) + 1);
        }
        return out.toString();
    }

    /** What was found, as one JSON object. */
    String json(Measured measured) {
        return String.format(
                Locale.ROOT,
                "{\"squaringsPerSecond\": %.0f, \"bits\": %d, \"discriminantMillis\": %.2f, \"proofShare\": %.4f, "
                        + "\"verifyMillis\": %.3f, \"blockTimeMillis\": %d, \"epochLength\": %d, \"slower\": %d, "
                        + "\"vdfIterations\": %d, \"seconds\": %.3f, \"evaluateToVerify\": %.1f, \"lead\": %.3f}%n",
                rate,
                measured.bits(),
                measured.discriminantMillis(),
                measured.proofShare(),
                measured.verifyMillis(),
                blockTimeMillis,
                epochLength,
                slower,
                iterations(),
                seconds(),
                seconds() * 1_000 / measured.verifyMillis(),
                lead());
    }

    private static void line(StringBuilder out, String format, Object... values) {
        out.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
