package org.hauptbuch.vdf.wesolowski;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.vdf.DelayTask;

/**
 * Remembers the primes of the seeds that were asked about last: a node evaluates and verifies for the same seed, and
 * finding its prime takes longer than the rest of a verification. Thread-safe.
 */
final class KnownPrimes {
    private static final int MOST = 8;

    private final Map<Group, BigInteger> known = new LinkedHashMap<>();

    private record Group(Bytes seed, int bits) {}

    /**
     * The prime of {@code task}'s seed.
     *
     * @throws CancellationException where {@code goesOn} said no
     */
    BigInteger of(DelayTask task, BooleanSupplier goesOn) {
        Group group = new Group(task.seed(), task.bits());
        synchronized (known) {
            BigInteger prime = known.get(group);
            if (prime != null) {
                return prime;
            }
        }
        BigInteger prime = Discriminants.prime(task.seed().toArray(), task.bits(), goesOn);
        synchronized (known) {
            known.put(group, prime);
            if (known.size() > MOST) {
                known.remove(known.keySet().iterator().next());
            }
        }
        return prime;
    }
}
