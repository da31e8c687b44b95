package org.hauptbuch.net.tcp;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.hauptbuch.api.net.LinkHandler;
import org.hauptbuch.api.value.Bytes;

/**
 * Hands a peer's messages to the node in their order. A message for which there is no room is kept and handed over
 * again later, and the socket is not read meanwhile, so that the peer's own queue fills: what is kept here is no more
 * than what one read had brought. Used on the event loop only.
 */
final class Inbox {
    /** How often a full node is asked whether there is room again. */
    private static final long ASK_MILLIS = 2;

    private final Reading reading;
    private final LinkHandler handler;
    private final String peer;
    private final Deque<Bytes> waiting = new ArrayDeque<>();
    private boolean closed;

    Inbox(Reading reading, LinkHandler handler, String peer) {
        this.reading = reading;
        this.handler = handler;
        this.peer = peer;
    }

    void accept(Bytes message) {
        if (closed) {
            return;
        }
        if (!waiting.isEmpty()) {
            waiting.add(message);
        } else if (!handler.received(peer, message)) {
            waiting.add(message);
            reading.pause(Reading.Pause.NO_ROOM);
            askLater();
        }
    }

    void close() {
        closed = true;
        waiting.clear();
    }

    private void askLater() {
        reading.channel().eventLoop().schedule(this::ask, ASK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void ask() {
        if (closed) {
            return;
        }
        try {
            if (handler.ready()) {
                while (!closed && !waiting.isEmpty() && handler.received(peer, waiting.getFirst())) {
                    waiting.removeFirst();
                }
            }
        } catch (RuntimeException e) {
            reading.channel().pipeline().fireExceptionCaught(e);
            return;
        }
        if (closed) {
            return;
        }
        if (waiting.isEmpty()) {
            reading.resume(Reading.Pause.NO_ROOM);
        } else {
            askLater();
        }
    }
}
