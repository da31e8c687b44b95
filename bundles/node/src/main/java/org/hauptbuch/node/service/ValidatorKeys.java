package org.hauptbuch.node.service;

import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.value.PublicKey;

/** Whether a key is one of a validator of the chain as it is now; the state is read once for each final block. */
final class ValidatorKeys implements Predicate<PublicKey> {
    private final LongSupplier height;
    private final Supplier<ValidatorSet> set;
    private volatile Known known = new Known(-1, Set.of());

    private record Known(long height, Set<PublicKey> keys) {}

    /**
     * @param height the last final block
     * @param set who votes in the state after it
     */
    ValidatorKeys(LongSupplier height, Supplier<ValidatorSet> set) {
        this.height = height;
        this.set = set;
    }

    @Override
    public boolean test(PublicKey key) {
        Known current = known;
        long now = height.getAsLong();
        if (current.height != now) {
            Set<PublicKey> keys = new HashSet<>();
            set.get().members().forEach(member -> keys.add(member.key()));
            current = new Known(now, keys);
            known = current;
        }
        return current.keys.contains(key);
    }
}
