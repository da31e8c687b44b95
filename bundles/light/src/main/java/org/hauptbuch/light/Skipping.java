package org.hauptbuch.light;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.hauptbuch.api.block.Certificate.VoterSignature;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.value.Amounts;

/**
 * Verifies a header from an earlier trusted one without those between (arXiv:2010.07031, skipping verification): more
 * than a third of the trusted set's power signed it, so at least one correct validator did as long as less than a third
 * lies; and more than two thirds of its own set's power did. Where too few of the trusted set are left, a header half
 * way is verified first. Remembers nothing; as thread-safe as the scheme is.
 */
final class Skipping {
    private final String chainId;
    private final SignatureScheme scheme;
    private final long trustMillis;
    private final long driftMillis;

    Skipping(String chainId, SignatureScheme scheme, long trustMillis, long driftMillis) {
        this.chainId = chainId;
        this.scheme = scheme;
        this.trustMillis = trustMillis;
        this.driftMillis = driftMillis;
    }

    /**
     * The headers that lead from {@code trusted} to {@code target}, ascending, {@code target} last.
     *
     * @throws PoSException where {@code trusted} is too old, or anything does not verify
     */
    List<LightBlock> verify(LightBlock trusted, LightBlock target, Provider provider, long nowMillis) {
        checkFresh(trusted, nowMillis);
        List<LightBlock> verified = new ArrayList<>();
        Deque<LightBlock> open = new ArrayDeque<>(List.of(target));
        LightBlock last = trusted;
        while (!open.isEmpty()) {
            LightBlock next = open.peek();
            checkNext(last, next, nowMillis);
            if (overlaps(last.validators(), next)) {
                last = open.pop();
                verified.add(last);
            } else if (next.height() == last.height() + 1) {
                throw new PoSException(
                        PoSError.SECURITY_VALIDATION_FAILED,
                        "the certificate of height " + next.height() + " has no more than a third of the power that"
                                + " decided height " + last.height() + ", and nothing is between them");
            } else {
                open.push(fetch(provider, last.height() + (next.height() - last.height()) / 2));
            }
        }
        return verified;
    }

    /** Refuses to go on from a header whose validators may have their stake back. */
    void checkFresh(LightBlock trusted, long nowMillis) {
        long age = nowMillis - trusted.header().timeMillis();
        if (age > trustMillis) {
            throw PoSException.outOfRange(
                    PoSError.SECURITY_VALIDATION_FAILED,
                    "age of trusted height " + trusted.height(),
                    age + " ms",
                    "at most " + trustMillis + " ms, the trust period: take a newer checkpoint");
        }
    }

    static LightBlock fetch(Provider provider, long height) {
        LightBlock block = provider.at(height)
                .orElseThrow(() -> new PoSException(
                        PoSError.SECURITY_VALIDATION_FAILED, provider.name() + " has nothing of height " + height));
        if (block.height() != height) {
            throw PoSException.outOfRange(
                    PoSError.SECURITY_VALIDATION_FAILED,
                    "height of what " + provider.name() + " sent",
                    block.height(),
                    Long.toString(height));
        }
        return block;
    }

    private void checkNext(LightBlock last, LightBlock next, long nowMillis) {
        long time = next.header().timeMillis();
        if (time <= last.header().timeMillis() || time > nowMillis + driftMillis) {
            throw PoSException.outOfRange(
                    PoSError.SECURITY_VALIDATION_FAILED,
                    "time of height " + next.height(),
                    time,
                    "over " + last.header().timeMillis() + ", that of height " + last.height() + ", and at most "
                            + (nowMillis + driftMillis));
        }
        if (next.height() == last.height() + 1 && !next.header().parent().equals(last.hash())) {
            throw PoSException.outOfRange(
                    PoSError.SECURITY_VALIDATION_FAILED,
                    "parent of height " + next.height(),
                    next.header().parent(),
                    last.hash().toString());
        }
        next.check(chainId, scheme);
    }

    /** Whether more than a third of {@code trusted} signed: with the key that is trusted, not with any other. */
    private static boolean overlaps(ValidatorSet trusted, LightBlock next) {
        long power = 0;
        for (VoterSignature signature : next.certificate().signatures()) {
            boolean same = trusted.member(signature.validator())
                    .filter(member -> next.validators()
                            .member(signature.validator())
                            .filter(voter -> voter.key().equals(member.key()))
                            .isPresent())
                    .isPresent();
            if (same) {
                power = Amounts.add(power, trusted.power(signature.validator()));
            }
        }
        // 3 * power > total, without leaving the range of a long
        return power > trusted.totalPower() / 3;
    }
}
