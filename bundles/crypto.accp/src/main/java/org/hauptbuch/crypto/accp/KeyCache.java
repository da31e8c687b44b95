package org.hauptbuch.crypto.accp;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.hauptbuch.api.value.Bytes;

/** The keys that were used last, made ready for the library. Keys that are refused are not kept. Thread-safe. */
final class KeyCache {
    /** Makes a key ready. */
    interface Maker {
        Optional<PublicKey> make() throws GeneralSecurityException;
    }

    private final Map<Bytes, PublicKey> keys;

    KeyCache(int capacity) {
        keys = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Bytes, PublicKey> eldest) {
                return size() > capacity;
            }
        };
    }

    Optional<PublicKey> get(Bytes key, Maker maker) throws GeneralSecurityException {
        synchronized (keys) {
            PublicKey known = keys.get(key);
            if (known != null) {
                return Optional.of(known);
            }
        }
        Optional<PublicKey> made = maker.make();
        synchronized (keys) {
            made.ifPresent(ready -> keys.put(key, ready));
        }
        return made;
    }

    int size() {
        synchronized (keys) {
            return keys.size();
        }
    }
}
