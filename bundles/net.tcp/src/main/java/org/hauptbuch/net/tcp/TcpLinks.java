package org.hauptbuch.net.tcp;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.resolver.AddressResolverGroup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.net.LinkConfig;
import org.hauptbuch.api.net.LinkHandler;
import org.hauptbuch.api.net.Links;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.PublicKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node's links. All of its sockets live on one event loop, which also calls the handler: what happens to a node's
 * links happens in one order, without locks. Between two peers one connection is kept; where both dialled, it is the
 * one that the side with the smaller key dialled.
 */
final class TcpLinks implements Links {
    /** An empty frame. */
    static final byte[] PING = frame(Bytes.EMPTY);

    private static final Logger LOG = LoggerFactory.getLogger(TcpLinks.class);
    private static final int LARGEST_FRAME = 1 << 30;

    private final LinkConfig config;
    private final LinkHandler handler;
    private final Limits limits;
    private final EventLoop loop;
    private final Tls tls;
    private final Refusals refusals;
    private final Consumer<TcpLinks> onClose;
    private final Roster roster;
    private final Guests guests;
    private final SortedMap<String, Map.Entry<String, Integer>> toDial;
    private final Admissions admissions;
    private final AtomicBoolean closing = new AtomicBoolean();

    /** The links by peer: written on the event loop only, read by senders. */
    private final Map<String, Connection> open = new ConcurrentSkipListMap<>();

    private final Map<String, Dialler> diallers = new TreeMap<>();

    /** The trusted peers that are kept out. */
    private final Bans<PublicKey> bans;

    private final Set<Connection> connections = new HashSet<>();
    private Channel server;
    private boolean closed;

    TcpLinks(
            LinkConfig config,
            LinkHandler handler,
            Limits limits,
            EventLoop loop,
            Tls tls,
            Refusals refusals,
            Consumer<TcpLinks> onClose) {
        if (config.maxFrameBytes() < 1 || config.maxFrameBytes() > LARGEST_FRAME) {
            throw new IllegalArgumentException(
                    "maxFrameBytes: " + config.maxFrameBytes() + ", must be 1 to " + LARGEST_FRAME);
        }
        this.config = config;
        this.handler = handler;
        this.limits = limits;
        this.loop = loop;
        this.tls = tls;
        this.refusals = refusals;
        this.onClose = onClose;
        this.roster = new Roster(config);
        this.guests = new Guests(limits.guests(), config.observers());
        this.bans = new Bans<>(roster.trusted() + 1);
        this.toDial = Peers.toDial(config);
        this.admissions = new Admissions(
                limits.pendingPerAddress() + roster.trusted(),
                roster.trusted() + limits.pendingPerAddress() / 4,
                limits.pendingTotal() + roster.trusted());
    }

    static byte[] frame(Bytes body) {
        return new Writer(FrameDecoder.LENGTH_BYTES + body.length()).bytes(body).toArray();
    }

    /** Binds, then begins to dial. */
    void start(AddressResolverGroup<InetSocketAddress> resolver) {
        ChannelFuture bound = new ServerBootstrap()
                .group(loop, loop)
                .channel(NioServerSocketChannel.class)
                .childHandler(initializer(Optional.empty()))
                .bind(config.bindHost(), config.bindPort())
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            String message = "cannot listen on " + config.bindHost() + ":" + config.bindPort() + ": "
                    + Optional.ofNullable(bound.cause().getMessage())
                            .orElse(bound.cause().toString());
            throw new UncheckedIOException(message, new IOException(message, bound.cause()));
        }
        loop.execute(() -> {
            server = bound.channel();
            if (closed) {
                server.close();
                return;
            }
            toDial.forEach((peer, address) -> dial(peer, address, resolver));
        });
    }

    private void dial(
            String peer, Map.Entry<String, Integer> address, AddressResolverGroup<InetSocketAddress> resolver) {
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .resolver(resolver)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) limits.handshakeMillis())
                .handler(initializer(Optional.of(peer)));
        long yieldMillis = hasSmallerKey(config.trusted().get(peer)) ? 0 : limits.yieldMillis();
        Dialler dialler = new Dialler(peer, address, bootstrap, loop, limits, yieldMillis, () -> bannedMillis(peer));
        diallers.put(peer, dialler);
        dialler.start();
    }

    private ChannelInitializer<Channel> initializer(Optional<String> dialled) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                FrameDecoder decoder = new FrameDecoder(Handshake.MAX_FRAME_BYTES);
                Handshake handshake = new Handshake(config, roster, dialled.isPresent());
                Reading reading = new Reading(channel);
                Throttle throttle = new Throttle(reading, limits.handshakeBytes());
                channel.pipeline()
                        .addLast(throttle)
                        .addLast(tls.handler(dialled.isPresent()))
                        .addLast(new FlushConsolidationHandler(
                                FlushConsolidationHandler.DEFAULT_EXPLICIT_FLUSH_AFTER_FLUSHES, true))
                        .addLast(decoder)
                        .addLast(new Connection(TcpLinks.this, dialled, reading, throttle, decoder, handshake));
            }
        };
    }

    /** @throws IllegalArgumentException where the message is empty or larger than the peers would take */
    @Override
    public void send(String peer, Bytes message) {
        byte[] frame = checkedFrame(message);
        Connection connection = open.get(peer);
        if (connection != null) {
            connection.send(frame);
        }
    }

    /** @throws IllegalArgumentException where the message is empty or larger than the peers would take */
    @Override
    public void broadcast(Bytes message) {
        byte[] frame = checkedFrame(message);
        open.values().forEach(connection -> connection.send(frame));
    }

    private byte[] checkedFrame(Bytes message) {
        if (message.length() < 1 || message.length() > config.maxFrameBytes()) {
            throw new IllegalArgumentException(
                    "message: " + message.length() + " bytes, must be 1 to " + config.maxFrameBytes());
        }
        return frame(message);
    }

    @Override
    public Set<String> connected() {
        return Collections.unmodifiableSet(new TreeSet<>(open.keySet()));
    }

    @Override
    public void ban(String peer, long millis) {
        loop.execute(() -> {
            PublicKey trusted = config.trusted().get(peer);
            long now = System.nanoTime();
            if (closed) {
                return;
            }
            if (trusted != null) {
                bans.ban(trusted, millis, now);
            } else {
                guests.ban(peer, millis, now);
            }
            connections.stream()
                    .filter(other -> peer.equals(other.peer()))
                    .toList()
                    .forEach(Connection::close);
        });
    }

    /** How much longer a peer of the configuration is kept out, milliseconds; 0 where it is not. */
    long bannedMillis(String peer) {
        return bans.millisLeft(config.trusted().get(peer), System.nanoTime());
    }

    /** Whether the peer of this connection is kept out, by its key or by its address. */
    boolean isBanned(Connection connection) {
        long now = System.nanoTime();
        PublicKey key = connection.key();
        if (roster.isTrusted(key)) {
            return bans.millisLeft(key, now) > 0;
        }
        return guests.isBanned(key, now) || roster.isGuest(key) && guests.isBanned(connection.origin(), now);
    }

    /** Why there is no room for this peer, who has proven its key; empty where there is. */
    Optional<String> full(Connection connection) {
        Connection namesake = open.get(connection.peer());
        if (namesake != null && !namesake.key().equals(connection.key())) {
            return Optional.of("the name " + connection.peer() + " belongs to another key");
        }
        if (!isGuest(connection)) {
            return Optional.empty();
        }
        Collection<InetAddress> others = open.values().stream()
                .filter(other -> other != namesake && isGuest(other))
                .map(Connection::origin)
                .toList();
        return guests.full(connection.origin(), others);
    }

    /** Whether the peer of this connection is a stranger, for whom limits apply. */
    boolean isGuest(Connection connection) {
        return roster.isGuest(connection.key());
    }

    /** What a new guest of this address may send. */
    Guests.Meter meter(InetAddress address) {
        return guests.meter(address, System.nanoTime());
    }

    /** How many messages to {@code peer} found its queue full since it connected. */
    long dropped(String peer) {
        Connection connection = open.get(peer);
        return connection == null ? 0 : connection.dropped();
    }

    /** As the interface says; from within a callback of the handler it returns at once, and that callback is the last. */
    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        if (loop.inEventLoop()) {
            hangUp();
        } else {
            loop.submit(this::hangUp).awaitUninterruptibly();
            // a closed socket keeps its port until the loop has selected once more
            loop.schedule(() -> LOG.debug("port {} is free", config.bindPort()), 1, TimeUnit.MILLISECONDS)
                    .awaitUninterruptibly();
        }
        onClose.accept(this);
    }

    private void hangUp() {
        closed = true;
        diallers.values().forEach(Dialler::stop);
        if (server != null) {
            server.close();
        }
        open.clear();
        List.copyOf(connections).forEach(Connection::close);
    }

    Tls tls() {
        return tls;
    }

    LinkHandler handler() {
        return handler;
    }

    Limits limits() {
        return limits;
    }

    /** A connection of {@code address} begins its handshake, or there is a reason why not. */
    Optional<String> enter(InetAddress address) {
        return admissions.enter(address, guests.isBanned(address, System.nanoTime()));
    }

    /** A handshake that had entered is over. */
    void leave(InetAddress address) {
        admissions.leave(address);
    }

    int maxFrameBytes() {
        return config.maxFrameBytes();
    }

    /** How much may wait to be sent over this connection. */
    long queueBytes(Connection connection) {
        return isGuest(connection)
                ? Math.max(limits.guests().queueBytes(), 2L * config.maxFrameBytes())
                : Math.max(limits.queueBytes(), 3L * config.maxFrameBytes());
    }

    /** A TCP connection is there; false where it comes after the end. */
    boolean began(Connection connection) {
        connections.add(connection);
        return !closed;
    }

    /** A peer proved who it is. */
    void opened(Connection connection) {
        String peer = connection.peer();
        Connection other = open.get(peer);
        if (closed || other != null && !supersedes(connection, other)) {
            LOG.debug("a second connection with {} is closed", peer);
            connection.close();
            return;
        }
        if (other != null) {
            open.remove(peer);
            other.close();
            handler.disconnected(peer);
        }
        open.put(peer, connection);
        if (!roster.isTrusted(connection.key())) {
            guests.meet(peer, connection.key(), connection.origin());
        }
        dialler(peer).ifPresent(Dialler::linked);
        LOG.info("linked with {}", peer);
        handler.connected(peer);
    }

    /** A TCP connection is no more; {@code unproven} where its peer hung up during the handshake. */
    void gone(Connection connection, boolean unproven) {
        connections.remove(connection);
        connection.dialled().flatMap(this::dialler).ifPresent(dialler -> dialler.attemptEnded(unproven));
        boolean wasLink = connection.peer() != null && open.remove(connection.peer(), connection);
        // what a connection calls itself counts once it is proven: a stranger must not make this node dial
        Optional<String> peer = wasLink ? Optional.of(connection.peer()) : connection.dialled();
        peer.filter(name -> !open.containsKey(name)).flatMap(this::dialler).ifPresent(Dialler::unlinked);
        if (wasLink) {
            LOG.info("link with {} is gone", connection.peer());
            handler.disconnected(connection.peer());
        }
    }

    /** A connection is closed for a reason that an operator should know; {@code fault}: one that its peer gave. */
    void refused(Connection connection, InetSocketAddress address, String reason, boolean fault) {
        Optional<String> name = connection.dialled().or(() -> Optional.ofNullable(connection.peer()));
        String host = address.getAddress().getHostAddress();
        String who = name.map(known -> known + " at ").orElse("") + host + ":" + address.getPort();
        refusals.say("link refused: " + who + ": " + reason);
        if (fault && connection.dialled().isEmpty() && guests.strike(address.getAddress(), System.nanoTime())) {
            refusals.say("links: strangers at " + host + " are kept out for "
                    + limits.guests().addressBanMillis() + " ms, too many of its handshakes were refused");
        }
    }

    /**
     * Who dials believes that there is no link: of two connections that one side dialled the later counts. Where both
     * sides dialled, both must choose the same one.
     */
    private boolean supersedes(Connection later, Connection earlier) {
        boolean laterDialled = later.dialled().isPresent();
        return laterDialled == earlier.dialled().isPresent() || laterDialled == hasSmallerKey(later.key());
    }

    private boolean hasSmallerKey(PublicKey peer) {
        return config.identity().publicKey().compareTo(peer) < 0;
    }

    private Optional<Dialler> dialler(String peer) {
        return Optional.ofNullable(diallers.get(peer));
    }
}
