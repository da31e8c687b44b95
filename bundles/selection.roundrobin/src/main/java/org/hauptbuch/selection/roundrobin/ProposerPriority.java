package org.hauptbuch.selection.roundrobin;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.hauptbuch.api.chain.ValidatorSet.Member;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.value.Hash;

/**
 * The proposer priority of CometBFT, {@code spec/consensus/proposer-selection.md}, for a set that does not change: at
 * every step each priority grows by its validator's power, the highest proposes (the smaller address among equals) and
 * falls by the total power. Where priorities lie further apart than twice the total power, they are scaled down and
 * centred around zero first. From priorities of zero, every run of as many steps as there is total power gives each
 * validator exactly as many turns as it has power.
 *
 * <p>CometBFT bounds the total power to 2^60. Ours may reach 2^63: then the low bits of every power are dropped until it
 * fits, and nobody falls below 1. Not thread-safe.
 */
final class ProposerPriority {
    private static final int MAX_TOTAL_BITS = 60;

    private final List<Member> members;
    private final long[] powers;
    private final long[] priorities;
    private final long total;

    /** Priorities of zero for one or more members in the order of their addresses. */
    ProposerPriority(List<Member> members) {
        this.members = members;
        this.powers = new long[members.size()];
        this.priorities = new long[members.size()];
        long sum = members.stream().mapToLong(Member::power).reduce(0, Math::addExact);
        int drop = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(sum) - MAX_TOTAL_BITS);
        long scaled = 0;
        for (int i = 0; i < powers.length; i++) {
            powers[i] = Math.max(1, members.get(i).power() >>> drop);
            scaled = Math.addExact(scaled, powers[i]);
        }
        this.total = scaled;
    }

    /**
     * Begins somewhere in the sequence, as {@code seed} says, with the same chance everywhere: so that a chain whose
     * epochs are much shorter than a full run is fair over many epochs, and small validators get their turns.
     *
     * <p>Seen modulo the total power P, a step moves the priorities by a constant, so the uniform distribution modulo P
     * (over priorities with sum zero) is left alone by it. We draw from it: each priority is SHA-256(seed ‖ epoch ‖
     * address) modulo P, the last one what makes the sum a multiple of P; then P is taken from as many of the highest
     * as makes the sum zero. Two runs over all validators settle it. Where the distribution stays the same from one
     * step to the next, so does the mean priority, and its change is power − P × (chance to propose): the chance is
     * power / P at every step.
     */
    void shuffle(long epoch, Hash seed) {
        int n = priorities.length;
        BigInteger modulus = BigInteger.valueOf(total);
        BigInteger sum = BigInteger.ZERO;
        for (int i = 0; i < n - 1; i++) {
            byte[] input = new Writer()
                    .fixed(seed.bytes())
                    .u64(epoch)
                    .fixed(members.get(i).address().bytes())
                    .toArray();
            // 256 bits modulo at most 61: the bias is below 2^-190
            BigInteger drawn = new BigInteger(1, Hash.sha256(input).toArray()).mod(modulus);
            priorities[i] = drawn.longValueExact();
            sum = sum.add(drawn);
        }
        priorities[n - 1] = sum.negate().mod(modulus).longValueExact();
        int excess =
                sum.add(BigInteger.valueOf(priorities[n - 1])).divide(modulus).intValueExact();
        IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparingLong((Integer i) -> priorities[i]).reversed())
                .limit(excess)
                .forEach(i -> priorities[i] -= total);
        for (int i = 0; i < 2 * n; i++) {
            step();
        }
    }

    /** The place of the next proposer among the members. */
    int step() {
        long least = Long.MAX_VALUE;
        long most = Long.MIN_VALUE;
        for (long priority : priorities) {
            least = Math.min(least, priority);
            most = Math.max(most, priority);
        }
        if (most - least > 2 * total) {
            scaleDown(most - least);
        }
        int first = 0;
        for (int i = 0; i < priorities.length; i++) {
            priorities[i] += powers[i];
            if (priorities[i] > priorities[first]) {
                first = i;
            }
        }
        priorities[first] -= total;
        return first;
    }

    /** As CometBFT does: truncating division, then the mean, rounded down, is taken from all. */
    private void scaleDown(long distance) {
        long most = 2 * total;
        long ratio = (distance + most - 1) / most;
        BigInteger sum = BigInteger.ZERO;
        for (int i = 0; i < priorities.length; i++) {
            priorities[i] /= ratio;
            sum = sum.add(BigInteger.valueOf(priorities[i]));
        }
        long mean = Math.floorDiv(sum.longValueExact(), priorities.length);
        for (int i = 0; i < priorities.length; i++) {
            priorities[i] -= mean;
        }
    }
}
