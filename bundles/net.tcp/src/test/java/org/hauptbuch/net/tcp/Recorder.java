package org.hauptbuch.net.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.hauptbuch.api.net.LinkHandler;
import org.hauptbuch.api.value.Bytes;

/** A handler that writes down what it hears, for tests to wait for. */
final class Recorder implements LinkHandler {
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private volatile boolean room = true;

    @Override
    public void connected(String peer) {
        events.add("connected " + peer);
    }

    @Override
    public void disconnected(String peer) {
        events.add("disconnected " + peer);
    }

    @Override
    public boolean received(String peer, Bytes message) {
        if (!room) {
            events.add("no room for " + message);
            return false;
        }
        events.add(peer + ": " + message);
        return true;
    }

    @Override
    public boolean ready() {
        return room;
    }

    void room(boolean there) {
        room = there;
    }

    /** Waits until exactly these events have come, in this order. */
    void expect(String... expected) throws InterruptedException {
        for (String event : expected) {
            assertEquals(event, next());
        }
    }

    /** Waits for {@code event} and returns what came before it. */
    List<String> until(String event) throws InterruptedException {
        List<String> before = new ArrayList<>();
        for (String next = next(); !next.equals(event); next = next()) {
            before.add(next);
        }
        return before;
    }

    int size() {
        return events.size();
    }

    /** The events that have come and were not yet looked at. */
    List<String> soFar() {
        List<String> all = new ArrayList<>();
        events.drainTo(all);
        return all;
    }

    /** Whether an event that begins so comes before {@code millis} pass without one. */
    boolean sawWithin(String beginning, long millis) throws InterruptedException {
        String event = events.poll(millis, TimeUnit.MILLISECONDS);
        while (event != null && !event.startsWith(beginning)) {
            event = events.poll(millis, TimeUnit.MILLISECONDS);
        }
        return event != null;
    }

    /** Waits for the next event. */
    String next() throws InterruptedException {
        String event = events.poll(20, TimeUnit.SECONDS);
        return event == null ? fail("nothing came in 20 s") : event;
    }
}
