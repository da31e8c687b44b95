package org.hauptbuch.selection.vrf;

import java.math.BigInteger;
import java.util.OptionalLong;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.selection.PrivateSchedule;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;

/**
 * An exponential race. Let u be a draw's output, read as a number in (0, 1], w the validator's power and W all power.
 * −ln(u) / w is exponentially distributed with rate w; the least of all is exponential with rate W, and a validator's is
 * the least with probability w / W, independently of when. Source: order statistics of exponentials, as in P. S.
 * Efraimidis, P. G. Spirakis: Weighted random sampling with a reservoir, Information Processing Letters 97 (2006); draws
 * by private proofs as in Y. Gilad, R. Hemo, S. Micali, G. Vlachos, N. Zeldovich: Algorand, SOSP 2017.
 *
 * <p>A validator may propose where −ln(u) · W / w ≤ τ. Nobody may with probability e^−τ; a validator may with probability
 * 1 − e^(−τ·w/W), so that at most τ do on average. The rank is −log2(u) · W / w in units in which the limit, τ / ln 2, is
 * {@link #MAX_RANK}. The logarithm has 96 bits after the point, so that even the draw of a validator with a share of 2^-60
 * has 2^36 different ranks.
 */
final class VrfSchedule implements PrivateSchedule {
    /** u is the first so many bytes of the output and one, divided by 2^256. */
    private static final int DRAWN_BYTES = 32;

    /** floor(2^96 / ln 2). */
    private static final BigInteger PER_LN_2 = new BigInteger("114302077158074026402637675936");

    private final long firstHeight;
    private final ValidatorSet validators;
    private final BigInteger limit;

    /**
     * The schedule of an epoch.
     *
     * @param candidates τ, 1 to 100
     */
    VrfSchedule(long firstHeight, ValidatorSet validators, int candidates) {
        this.firstHeight = firstHeight;
        this.validators = validators;
        this.limit = PER_LN_2.multiply(BigInteger.valueOf(candidates));
    }

    @Override
    public OptionalLong rank(long height, int round, Address validator, Bytes output) {
        check("height", height, height >= firstHeight, "at least " + firstHeight);
        check("round", round, round >= 0, "0 or more");
        check(
                "bytes of output",
                output.length(),
                output.length() == SignatureScheme.PROOF_OUTPUT_LENGTH,
                String.valueOf(SignatureScheme.PROOF_OUTPUT_LENGTH));
        return validators
                .member(validator)
                .map(member -> rank(output, member.power()))
                .orElse(OptionalLong.empty());
    }

    private OptionalLong rank(Bytes output, long power) {
        BigInteger drawn = new BigInteger(1, output.toArray(), 0, DRAWN_BYTES).add(BigInteger.ONE);
        // −log2(u) · 2^96, and u · 2^256 is what was drawn
        BigInteger waited = BigInteger.valueOf(8L * DRAWN_BYTES)
                .shiftLeft(BinaryLogarithm.BITS)
                .subtract(BinaryLogarithm.of(drawn));
        BigInteger rank = waited.multiply(BigInteger.valueOf(validators.totalPower()))
                .multiply(BigInteger.valueOf(MAX_RANK))
                .divide(limit.multiply(BigInteger.valueOf(power)));
        return rank.bitLength() < Long.SIZE && rank.longValue() <= MAX_RANK
                ? OptionalLong.of(rank.longValue())
                : OptionalLong.empty();
    }

    private static void check(String field, long value, boolean right, String range) {
        if (!right) {
            throw PoSException.outOfRange(PoSError.VALIDATOR_SELECTION_FAILED, field, value, range);
        }
    }
}
