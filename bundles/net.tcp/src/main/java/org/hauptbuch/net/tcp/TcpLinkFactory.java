package org.hauptbuch.net.tcp;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.DefaultNameResolver;
import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.hauptbuch.api.net.LinkConfig;
import org.hauptbuch.api.net.LinkFactory;
import org.hauptbuch.api.net.LinkHandler;
import org.hauptbuch.api.net.Links;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Links over TLS 1.3 on TCP (see {@link Tls}). Both sides of a connection prove in it, by a signature over fresh nonces
 * and the acceptor's certificate, that they hold their key; whoever speaks plain text or lesser TLS, a peer of
 * another chain, a key for which there is no room, a wrong or repeated signature, an oversized frame, or silence costs
 * the peer its connection, and this node one line in its log. See {@link Handshake} for the exchange and {@link Limits}
 * for the waits and bounds.
 *
 * <p>For the peers of the configuration and the validators of the chain there is always room. Others are observers:
 * so many in all and of one address, each and all of one address with an allowance of bytes and messages; who sends
 * more is read later, and nobody waits for that. An address whose handshakes are refused again and again is kept out
 * for a while, but for peers and validators.
 *
 * <p>Memory is bounded for each peer: one frame of the largest size coming in, and 32 MiB (or three such frames; half of
 * that for an observer) going out, beyond which new messages are dropped. All links of a factory share two daemon threads, {@code hauptbuch-net-1}
 * and {@code -2}, a third that resolves host names, and a fourth for the long steps of TLS handshakes: who begins many of
 * them takes no more than that thread. Thread-safe.
 */
@Component(service = LinkFactory.class)
public final class TcpLinkFactory implements LinkFactory, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TcpLinkFactory.class);
    private static final int THREADS = 2;
    private static final int SHUTDOWN_SECONDS = 5;

    private final Limits limits;
    private final Refusals refusals;
    private final MultiThreadIoEventLoopGroup group;
    private final DefaultEventExecutor names;
    private final ExecutorService handshakes;
    private final Tls tls;
    private final AddressResolverGroup<InetSocketAddress> resolver;
    private final Set<TcpLinks> open = new HashSet<>();
    private boolean closed;

    @Activate
    public TcpLinkFactory() {
        this(Limits.DEFAULT, LOG::warn);
    }

    TcpLinkFactory(Limits limits, Consumer<String> refusalLog) {
        this.limits = limits;
        this.refusals = new Refusals(refusalLog, System::nanoTime);
        AtomicInteger number = new AtomicInteger();
        this.group = new MultiThreadIoEventLoopGroup(
                THREADS, daemons(() -> "hauptbuch-net-" + number.incrementAndGet()), NioIoHandler.newFactory());
        // the platform's look-up blocks: on an event loop a slow name server would stop every link
        this.names = new DefaultEventExecutor(daemons(() -> "hauptbuch-net-names"));
        this.handshakes = Executors.newSingleThreadExecutor(daemons(() -> "hauptbuch-net-tls"));
        this.tls = new Tls(handshakes);
        this.resolver = new AddressResolverGroup<>() {
            @Override
            protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
                return new DefaultNameResolver(names).asAddressResolver();
            }
        };
    }

    private static ThreadFactory daemons(java.util.function.Supplier<String> name) {
        return work -> {
            Thread thread = new Thread(work, name.get());
            thread.setDaemon(true);
            return thread;
        };
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException where a peer's address is malformed, a peer has no trusted key, two names have
     *     one key, or {@code maxFrameBytes} is not 1 to 2<sup>30</sup>
     */
    @Override
    public Links open(LinkConfig config, LinkHandler handler) {
        TcpLinks links;
        synchronized (this) {
            if (closed) {
                throw new IllegalStateException("this factory of links is closed");
            }
            links = new TcpLinks(config, handler, limits, group.next(), tls, refusals, this::forget);
            open.add(links);
        }
        boolean started = false;
        try {
            links.start(resolver);
            started = true;
            return links;
        } finally {
            if (!started) {
                forget(links);
            }
        }
    }

    /** Closes all links, then ends the threads. Idempotent. */
    @Override
    @Deactivate
    public void close() {
        List<TcpLinks> left;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            left = List.copyOf(open);
        }
        left.forEach(TcpLinks::close);
        resolver.close();
        group.shutdownGracefully(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS);
        names.shutdownGracefully(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS);
        if (!group.terminationFuture().awaitUninterruptibly(SHUTDOWN_SECONDS, TimeUnit.SECONDS)
                || !names.terminationFuture().awaitUninterruptibly(SHUTDOWN_SECONDS, TimeUnit.SECONDS)) {
            LOG.warn("network threads are still at work after {} s", SHUTDOWN_SECONDS);
        }
        // after the loops, which hand work to it
        handshakes.shutdown();
    }

    private synchronized void forget(TcpLinks links) {
        open.remove(links);
    }
}
