package org.hauptbuch.net.tcp;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.timeout.IdleState;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.PublicKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One TCP connection: TLS, in it the handshake, then frames both ways. An empty frame is a ping; it says that its sender lives.
 * Everything runs on the event loop of its links but {@link #send}.
 */
final class Connection extends SimpleChannelInboundHandler<Bytes> {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    /** What a queued message costs beside its bytes, roughly, so that many small ones are bounded too. */
    private static final int MESSAGE_OVERHEAD = 64;

    private enum State {
        /** Waits until TLS is there. */
        TLS,
        /** Waits for the peer's hello. */
        HELLO,
        /** Waits for the peer's proof. */
        PROOF,
        /** The peer is who it says. */
        OPEN,
        /** Nothing more comes from here. */
        CLOSED
    }

    private final TcpLinks links;
    private final Optional<String> dialled;
    private final Reading reading;
    private final Throttle throttle;
    private final FrameDecoder decoder;
    private final Handshake handshake;
    private final AtomicLong queued = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private State state = State.TLS;
    private boolean secured;
    private boolean admitted;
    private Future<?> timeout;
    private Inbox inbox;

    /** These two are set on the event loop before the connection is shown to senders. */
    private Channel channel;

    private String peer;
    private long queueBytes;

    /** @param dialled whom this node dialled, or empty where it was dialled */
    Connection(
            TcpLinks links,
            Optional<String> dialled,
            Reading reading,
            Throttle throttle,
            FrameDecoder decoder,
            Handshake handshake) {
        this.links = links;
        this.dialled = dialled;
        this.reading = reading;
        this.throttle = throttle;
        this.decoder = decoder;
        this.handshake = handshake;
    }

    /** The name that the peer's hello gave it: proven once the links hear of it by {@link TcpLinks#opened}. */
    String peer() {
        return peer;
    }

    /** The key that goes with {@link #peer()}. */
    PublicKey key() {
        return handshake.peerKey();
    }

    /** Where the peer is. */
    InetAddress origin() {
        return address().getAddress();
    }

    /** Whom this node dialled; empty where it was dialled. */
    Optional<String> dialled() {
        return dialled;
    }

    /** How many messages found the queue full. */
    long dropped() {
        return dropped.get();
    }

    /** Queues an encoded frame, or drops it where the queue is full. From any thread; never blocks. */
    void send(byte[] frame) {
        long cost = frame.length + MESSAGE_OVERHEAD;
        if (queued.addAndGet(cost) > queueBytes) {
            queued.addAndGet(-cost);
            if (dropped.getAndIncrement() == 0) {
                LOG.warn("the queue to {} is full at {} bytes: messages to it are lost", peer, queueBytes);
            }
            return;
        }
        channel.writeAndFlush(Unpooled.wrappedBuffer(frame)).addListener(written -> queued.addAndGet(-cost));
    }

    /** Hangs up without a word; nothing more is delivered from here. */
    void close() {
        state = State.CLOSED;
        if (inbox != null) {
            inbox.close();
        }
        if (secured) {
            channel.close();
        } else {
            throttle.hangUp();
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        channel = context.channel();
        if (!links.began(this)) {
            close();
            return;
        }
        if (dialled.isEmpty()) {
            Optional<String> refusal = links.enter(origin());
            if (refusal.isPresent()) {
                turnAway(refusal.get());
                return;
            }
            admitted = true;
        }
        long millis = links.limits().handshakeMillis();
        timeout = channel.eventLoop()
                .schedule(
                        () -> refuse("handshake not complete after " + millis + " ms"), millis, TimeUnit.MILLISECONDS);
    }

    private void secured(SslHandshakeCompletionEvent event) {
        if (state != State.TLS) {
            LOG.debug("TLS with {} is there, or not, after the end", address());
        } else if (event.isSuccess()) {
            secured = true;
            state = State.HELLO;
            SSLEngine engine = channel.pipeline().get(SslHandler.class).engine();
            handshake.bind(links.tls().binding(engine.getSession(), dialled.isPresent()));
            write(handshake.hello());
        } else if (!(event.cause() instanceof ClosedChannelException)) {
            // the handler of TLS closes, after it has said why
            state = State.CLOSED;
            report(Tls.reason(event.cause()), true);
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, Bytes frame) {
        switch (state) {
            case HELLO -> hello(frame);
            case PROOF -> proof(frame);
            case OPEN -> {
                throttle.message();
                if (frame.length() > 0) {
                    inbox.accept(frame);
                }
            }
            case TLS, CLOSED -> LOG.debug("a frame from {} before the beginning or after the end", address());
        }
    }

    private void hello(Bytes frame) {
        String name = handshake.hear(frame);
        if (dialled.isPresent() && !dialled.get().equals(name)) {
            throw PoSException.outOfRange(PoSError.SECURITY_VALIDATION_FAILED, "peer", name, dialled.get());
        }
        if (links.isBanned(this)) {
            // the ban was in the log; that the peer tries again is no news
            LOG.debug("{} at {} is banned", name, address());
            close();
            return;
        }
        peer = name;
        state = State.PROOF;
        write(handshake.proof());
    }

    private void proof(Bytes frame) {
        handshake.verify(frame);
        Optional<String> full = links.full(this);
        if (full.isPresent()) {
            turnAway(full.get());
            return;
        }
        endHandshake();
        state = State.OPEN;
        decoder.allow(links.maxFrameBytes());
        if (links.isGuest(this)) {
            throttle.open(links.meter(origin()), () -> links.isGuest(this));
        } else {
            throttle.open();
        }
        queueBytes = links.queueBytes(this);
        inbox = new Inbox(reading, links.handler(), peer);
        Limits limits = links.limits();
        channel.pipeline()
                .addFirst(new IdleStateHandler(limits.silenceMillis(), limits.pingMillis(), 0, TimeUnit.MILLISECONDS));
        links.opened(this);
    }

    private void endHandshake() {
        if (timeout != null) {
            timeout.cancel(false);
        }
        if (admitted) {
            admitted = false;
            links.leave(origin());
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent tls) {
            secured(tls);
        } else if (state == State.OPEN && event instanceof IdleStateEvent idle) {
            if (idle.state() == IdleState.WRITER_IDLE && queued.get() == 0) {
                send(TcpLinks.PING);
            } else if (idle.state() == IdleState.READER_IDLE && !reading.isPaused()) {
                LOG.info(
                        "{} at {} is silent for {} ms",
                        peer,
                        address(),
                        links.limits().silenceMillis());
                close();
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        endHandshake();
        boolean unproven = state == State.TLS || state == State.HELLO || state == State.PROOF;
        state = State.CLOSED;
        if (inbox != null) {
            inbox.close();
        }
        links.gone(this, unproven);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        Throwable cause =
                failure instanceof DecoderException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof PoSException refusal) {
            refuse(refusal.getMessage());
        } else if (cause instanceof SSLException) {
            refuse(Tls.reason(cause));
        } else if (cause instanceof IOException) {
            // a reset is one way to hang up
            LOG.debug("the connection with {} broke", address(), cause);
            close();
        } else {
            LOG.error("the connection with {} failed and is closed", address(), cause);
            close();
        }
    }

    private void refuse(String reason) {
        end(reason, true);
    }

    /** There is no room, which is not the peer's fault. */
    private void turnAway(String reason) {
        end(reason, false);
    }

    private void end(String reason, boolean fault) {
        if (state != State.CLOSED) {
            report(reason, fault);
            close();
        }
    }

    private void report(String reason, boolean fault) {
        links.refused(this, address(), reason, fault);
    }

    private void write(Bytes body) {
        channel.writeAndFlush(Unpooled.wrappedBuffer(TcpLinks.frame(body)));
    }

    private InetSocketAddress address() {
        return (InetSocketAddress) channel.remoteAddress();
    }
}
