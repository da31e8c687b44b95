package org.hauptbuch.store.rocksdb;

import java.util.Arrays;
import java.util.Optional;
import org.hauptbuch.api.value.Bytes;

/** Which keys have a prefix, as a range of keys. */
final class KeyRange {
    private KeyRange() {}

    /** The least key that is greater than every key with {@code prefix}; empty where there is none. */
    static Optional<Bytes> endOf(Bytes prefix) {
        byte[] end = prefix.toArray();
        for (int i = end.length - 1; i >= 0; i--) {
            if (end[i] != (byte) 0xff) {
                end[i]++;
                return Optional.of(Bytes.of(Arrays.copyOf(end, i + 1)));
            }
        }
        return Optional.empty();
    }
}
