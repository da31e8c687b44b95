package org.hauptbuch.net.tcp;

import io.netty.channel.Channel;
import java.util.EnumSet;
import java.util.Set;

/** Whether a socket is read: only while there is no reason against it. Used on the event loop only. */
final class Reading {
    /** Why it is not read. */
    enum Pause {
        /** The node has no room for more messages. */
        NO_ROOM,
        /** The peer has sent more than it may. */
        OVER_LIMIT
    }

    private final Channel channel;
    private final Set<Pause> pauses = EnumSet.noneOf(Pause.class);

    Reading(Channel channel) {
        this.channel = channel;
    }

    Channel channel() {
        return channel;
    }

    void pause(Pause why) {
        pauses.add(why);
        channel.config().setAutoRead(false);
    }

    void resume(Pause why) {
        if (pauses.remove(why) && pauses.isEmpty()) {
            channel.config().setAutoRead(true);
        }
    }

    boolean isPaused() {
        return !pauses.isEmpty();
    }

    boolean isPaused(Pause why) {
        return pauses.contains(why);
    }
}
