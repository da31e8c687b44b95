package org.hauptbuch.net.tcp;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Who is kept out, and until when: the latest of them, up to a number. Used on the event loop only. */
final class Bans<K> {
    private final int most;
    private final Map<K, Long> until = new LinkedHashMap<>();

    Bans(int most) {
        this.most = most;
    }

    /** Keeps {@code who} out for so long from now on; 0 forgives. */
    void ban(K who, long millis, long nowNanos) {
        until.remove(who);
        if (millis > 0) {
            until.put(who, nowNanos + TimeUnit.MILLISECONDS.toNanos(millis));
            if (until.size() > most) {
                until.remove(until.keySet().iterator().next());
            }
        }
    }

    /** For how much longer, milliseconds; 0 where it is not. */
    long millisLeft(K who, long nowNanos) {
        Long end = until.get(who);
        if (end == null) {
            return 0;
        }
        long left = end - nowNanos;
        if (left <= 0) {
            until.remove(who);
            return 0;
        }
        return TimeUnit.NANOSECONDS.toMillis(left) + 1;
    }
}
