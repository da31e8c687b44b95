package org.hauptbuch.net.tcp;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps dialling one peer while there is no link to it, one attempt at a time. The wait doubles with each attempt that
 * led to nothing, up to a bound; a random part of up to a quarter keeps peers that fell together from dialling together.
 * Used on the event loop only.
 */
final class Dialler {
    private static final Logger LOG = LoggerFactory.getLogger(Dialler.class);

    private final String peer;
    private final Map.Entry<String, Integer> address;
    private final Bootstrap bootstrap;
    private final EventLoop loop;
    private final Limits limits;
    private final long yieldMillis;
    private final LongSupplier bannedMillis;
    private Future<?> next;
    private boolean attempting;
    private boolean stopped;
    private int failures;

    /**
     * @param yieldMillis how much longer than its peer this side waits, so that they rarely dial each other at once
     * @param bannedMillis for how long the peer is not to be dialled
     */
    Dialler(
            String peer,
            Map.Entry<String, Integer> address,
            Bootstrap bootstrap,
            EventLoop loop,
            Limits limits,
            long yieldMillis,
            LongSupplier bannedMillis) {
        this.peer = peer;
        this.address = address;
        this.bootstrap = bootstrap;
        this.loop = loop;
        this.limits = limits;
        this.yieldMillis = yieldMillis;
        this.bannedMillis = bannedMillis;
    }

    /** Dials for the first time. */
    void start() {
        dialAfter(yieldMillis);
    }

    /** There is a link, whoever dialled it. */
    void linked() {
        failures = 0;
        if (next != null) {
            next.cancel(false);
            next = null;
        }
    }

    /** The connection that came of an attempt is closed; {@code unproven} where the peer did so before its proof. */
    void attemptEnded(boolean unproven) {
        attempting = false;
        if (unproven) {
            sayOnce("it hung up during the handshake, its log says why");
        }
    }

    /** There is no link: dials again, unless an attempt is under way or planned. */
    void unlinked() {
        if (stopped || attempting || next != null) {
            return;
        }
        long wait = Math.min(limits.lastDialMillis(), limits.firstDialMillis() << Math.min(failures, 20));
        failures++;
        dialAfter(bannedMillis.getAsLong()
                + yieldMillis
                + wait
                + ThreadLocalRandom.current().nextLong(wait / 4 + 1));
    }

    void stop() {
        stopped = true;
        linked();
    }

    private void dialAfter(long millis) {
        next = loop.schedule(this::dial, millis, TimeUnit.MILLISECONDS);
    }

    private void dial() {
        next = null;
        attempting = true;
        bootstrap.connect(address.getKey(), address.getValue()).addListener((ChannelFuture attempt) -> {
            if (!attempt.isSuccess() && !stopped) {
                attempting = false;
                sayOnce(attempt.cause().getMessage());
                unlinked();
            }
        });
    }

    /** Once for each outage: that a peer is away is news, that it still is, is not. */
    private void sayOnce(String reason) {
        if (failures == 0) {
            LOG.info("no link with {} at {}:{} yet, trying on: {}", peer, address.getKey(), address.getValue(), reason);
        }
    }
}
