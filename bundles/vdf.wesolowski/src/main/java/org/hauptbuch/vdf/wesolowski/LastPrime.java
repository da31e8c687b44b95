package org.hauptbuch.vdf.wesolowski;

import java.math.BigInteger;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.vdf.DelayTask;

/**
 * Remembers the last prime: a node evaluates and verifies for the same seed, and finding its prime takes longer than
 * the rest of a verification. Thread-safe.
 */
final class LastPrime {
    private record Found(Bytes seed, int bits, BigInteger prime) {}

    private volatile Found last;

    /**
     * The prime of {@code task}'s seed.
     *
     * @throws CancellationException where {@code goesOn} said no
     */
    BigInteger of(DelayTask task, BooleanSupplier goesOn) {
        Found found = last;
        if (found != null && found.bits == task.bits() && found.seed.equals(task.seed())) {
            return found.prime;
        }
        BigInteger prime = Discriminants.prime(task.seed().toArray(), task.bits(), goesOn);
        last = new Found(task.seed(), task.bits(), prime);
        return prime;
    }
}
