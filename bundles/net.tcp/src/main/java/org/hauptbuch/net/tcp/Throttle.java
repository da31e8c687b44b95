package org.hauptbuch.net.tcp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;

/**
 * Counts what comes in, where it enters. A handshake has a number of bytes; a link of a guest has its allowances, and
 * while there is debt the socket is not read, so that the guest's own queue fills and nobody here waits. Nearest to the
 * socket of all handlers: none behind it can ask for more meanwhile. Used on the event loop only.
 */
final class Throttle extends ChannelDuplexHandler {
    private static final long ASK_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Reading reading;
    private ChannelHandlerContext context;
    private long handshakeBytesLeft;
    private Guests.Meter meter;
    private BooleanSupplier isGuest;
    private long asked;

    /** @param handshakeBytes how many bytes may come before {@link #open} */
    Throttle(Reading reading, long handshakeBytes) {
        this.reading = reading;
        this.handshakeBytesLeft = handshakeBytes;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext own) {
        context = own;
    }

    /** Closes the socket at once, past all that TLS would still say. */
    void hangUp() {
        context.close();
    }

    /** The handshake is over, and this peer is no guest. */
    void open() {
        handshakeBytesLeft = Long.MAX_VALUE;
    }

    /**
     * The handshake is over, and this peer is a guest.
     *
     * @param stillGuest whether it is one; a validator of the chain is none, and guests become validators
     */
    void open(Guests.Meter allowances, BooleanSupplier stillGuest) {
        open();
        meter = allowances;
        isGuest = stillGuest;
        // the first debt asks
        asked = System.nanoTime() - ASK_AGAIN_NANOS;
    }

    /** A message came. */
    void message() {
        if (meter != null) {
            meter.message(System.nanoTime());
            pauseInDebt();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext own, Object message) {
        int bytes = ((ByteBuf) message).readableBytes();
        if (meter != null) {
            meter.bytes(bytes, System.nanoTime());
            pauseInDebt();
        } else if (handshakeBytesLeft != Long.MAX_VALUE) {
            handshakeBytesLeft -= bytes;
            if (handshakeBytesLeft < 0) {
                ((ByteBuf) message).release();
                own.fireExceptionCaught(new PoSException(
                        PoSError.SECURITY_VALIDATION_FAILED, "the handshake takes more bytes than one may"));
                return;
            }
        }
        own.fireChannelRead(message);
    }

    /** A handler behind this one asks for more although nothing is read automatically: not while there is debt. */
    @Override
    public void read(ChannelHandlerContext own) {
        if (!reading.isPaused(Reading.Pause.OVER_LIMIT)) {
            own.read();
        }
    }

    private void pauseInDebt() {
        long now = System.nanoTime();
        long debt = meter.debtNanos(now);
        if (debt == 0 || reading.isPaused(Reading.Pause.OVER_LIMIT)) {
            return;
        }
        if (now - asked >= ASK_AGAIN_NANOS) {
            asked = now;
            if (!isGuest.getAsBoolean()) {
                meter = null;
                return;
            }
        }
        reading.pause(Reading.Pause.OVER_LIMIT);
        resumeAfter(debt);
    }

    private void resumeAfter(long nanos) {
        reading.channel().eventLoop().schedule(this::resume, nanos, TimeUnit.NANOSECONDS);
    }

    private void resume() {
        long debt = meter.debtNanos(System.nanoTime());
        if (debt > 0) {
            // others of the same address spent in the meantime
            resumeAfter(debt);
        } else {
            reading.resume(Reading.Pause.OVER_LIMIT);
        }
    }
}
