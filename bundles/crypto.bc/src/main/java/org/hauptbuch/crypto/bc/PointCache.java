package org.hauptbuch.crypto.bc;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.hauptbuch.api.value.Bytes;

/**
 * The public keys that were used last, decoded. Keys that do not decode are not kept: they are refused in less time
 * than a verification takes, and whoever sends them shall not push out the keys that are in use. Thread-safe.
 *
 * @param <P> what a key decodes to
 */
final class PointCache<P> {
    private final int capacity;
    private final Function<byte[], P> decoder;
    private final LinkedHashMap<Bytes, P> points;

    /**
     * A cache of at most {@code capacity} keys.
     *
     * @param decoder decodes 32 bytes; gives null where the encoding is not canonical or the point is of small order
     */
    PointCache(int capacity, Function<byte[], P> decoder) {
        this.capacity = capacity;
        this.decoder = decoder;
        this.points = new LinkedHashMap<>(16, 0.75f, true);
    }

    /** The point of {@code key} (32 bytes); null where there is none. */
    P decode(Bytes key) {
        P known = known(key);
        if (known != null) {
            return known;
        }
        P point = decoder.apply(key.toArray());
        if (point != null) {
            keep(key, point);
        }
        return point;
    }

    synchronized int size() {
        return points.size();
    }

    synchronized P known(Bytes key) {
        return points.get(key);
    }

    private synchronized void keep(Bytes key, P point) {
        points.put(key, point);
        if (points.size() > capacity) {
            Map.Entry<Bytes, P> eldest = points.entrySet().iterator().next();
            points.remove(eldest.getKey());
        }
    }
}
