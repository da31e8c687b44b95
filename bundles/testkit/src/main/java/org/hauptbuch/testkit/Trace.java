package org.hauptbuch.testkit;

import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Deque;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;

/** Everything that happened, as a digest and, of the last of it, in words. */
final class Trace {
    private static final int KEPT = 40;

    private record Event(long nanos, String who, String what, Bytes detail) {}

    private final VirtualTime time;
    private final MessageDigest digest = Hash.newDigest();
    private final Deque<Event> last = new ArrayDeque<>();
    private long events;

    Trace(VirtualTime time) {
        this.time = time;
    }

    void note(String who, String what, Bytes detail) {
        digest.update(new Writer(64 + detail.length())
                .u64(time.nanos())
                .string(who)
                .string(what)
                .bytes(detail)
                .toArray());
        events++;
        last.addLast(new Event(time.nanos(), who, what, detail));
        if (last.size() > KEPT) {
            last.removeFirst();
        }
    }

    void note(String who, String what) {
        note(who, what, Bytes.EMPTY);
    }

    long events() {
        return events;
    }

    /** The digest of all events so far; ends the digest. */
    Hash digest() {
        return new Hash(Bytes.of(digest.digest()));
    }

    String tail() {
        StringBuilder text = new StringBuilder();
        for (Event event : last) {
            String hash = event.detail.length() == 0
                    ? ""
                    : " " + Hash.sha256(event.detail).shortHex();
            text.append("%n%,15d us %s %s%s".formatted(event.nanos / 1_000, event.who, event.what, hash));
        }
        return text.toString();
    }
}
