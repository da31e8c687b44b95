package org.hauptbuch.crypto.bc;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.hauptbuch.api.value.Bytes;

/**
 * The public keys that were used last, decoded. Keys that do not decode are not kept: they are refused in less time
 * than a verification takes, and whoever sends them shall not push out the keys that are in use. Thread-safe.
 */
final class PointCache {
    private final int capacity;
    private final LinkedHashMap<Bytes, Ed25519.PublicPoint> points;

    /** A cache of at most {@code capacity} keys. */
    PointCache(int capacity) {
        this.capacity = capacity;
        this.points = new LinkedHashMap<>(16, 0.75f, true);
    }

    /** The point of {@code key} (32 bytes); null where the encoding is not canonical or the point is of small order. */
    Ed25519.PublicPoint decode(Bytes key) {
        Ed25519.PublicPoint known = known(key);
        if (known != null) {
            return known;
        }
        // "partial" leaves out only the test for a small-order component, which the chain's rule allows
        Ed25519.PublicPoint point = Ed25519.validatePublicKeyPartialExport(key.toArray(), 0);
        if (point != null) {
            keep(key, point);
        }
        return point;
    }

    synchronized int size() {
        return points.size();
    }

    synchronized Ed25519.PublicPoint known(Bytes key) {
        return points.get(key);
    }

    private synchronized void keep(Bytes key, Ed25519.PublicPoint point) {
        points.put(key, point);
        if (points.size() > capacity) {
            Map.Entry<Bytes, Ed25519.PublicPoint> eldest =
                    points.entrySet().iterator().next();
            points.remove(eldest.getKey());
        }
    }
}
