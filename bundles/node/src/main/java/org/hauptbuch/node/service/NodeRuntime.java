package org.hauptbuch.node.service;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.net.LinkConfig;
import org.hauptbuch.api.net.LinkHandler;
import org.hauptbuch.api.net.Links;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.node.core.NodeCore;
import org.hauptbuch.node.core.NodeListener;
import org.hauptbuch.node.core.Settings;
import org.hauptbuch.node.wire.WireMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A node while it runs: its core, the loop under it, its links and its verification threads. */
final class NodeRuntime implements LinkHandler {
    private static final Logger LOG = LoggerFactory.getLogger(NodeRuntime.class);
    private static final String NET_THREADS = "hauptbuch-net-";
    private static final long STOP_MILLIS = 1_500;

    /** The threads of the links are shared by the nodes of a process: each reports its part of them. */
    private static final AtomicInteger RUNNING = new AtomicInteger();

    private final String name;
    private final Loop loop;
    private final NodeCore core;
    private final Verifiers verifiers;
    private final RuleThreads rules;
    private final Background background;
    private final Links links;

    /**
     * Binds the port and starts the loop.
     *
     * @param validators the set that votes, of the last final state
     * @throws java.io.UncheckedIOException where the port cannot be bound, naming host and port
     */
    NodeRuntime(NodeConfig config, NodeParts parts, NodeListener listener, Supplier<ValidatorSet> validators) {
        this.name = config.name();
        this.loop = new Loop(name);
        this.verifiers = new Verifiers(name);
        this.rules = new RuleThreads(name, config.ruleLimitMillis());
        this.background = new Background(name);
        LiveEnvironment environment = new LiveEnvironment(loop, verifiers, rules, background, parts.stage());
        Settings settings =
                new Settings(name, parts.key(), config.pool(), config.history(), config.doppelgangerBlocks());
        this.core = new NodeCore(
                settings,
                parts.genesis(),
                parts.store(),
                parts.catalogue(),
                parts.scheme(),
                parts.delay(),
                environment,
                listener);
        Signer identity = parts.linkKey();
        LinkConfig linkConfig = new LinkConfig(
                parts.genesis().hash(),
                config.bindHost(),
                config.bindPort(),
                config.peers(),
                config.trusted(),
                identity,
                parts.scheme(),
                WireMessage.maxBytes(parts.genesis().parameters().maxBlockBytes()),
                config.observers(),
                new ValidatorKeys(() -> core.snapshot().finalizedHeight(), validators));
        // the threads of the loop and the verifiers begin with their first task: nothing runs yet if this fails
        this.links = parts.linkFactory().open(linkConfig, this);
        environment.connect(links);
        loop.post(core::start);
        loop.start();
        RUNNING.incrementAndGet();
    }

    NodeCore core() {
        return core;
    }

    Loop loop() {
        return loop;
    }

    /** Ends everything; returns when nothing of it runs any more. */
    void stop() throws InterruptedException {
        RUNNING.decrementAndGet();
        links.close();
        background.stop();
        boolean ended = loop.stop(core::stop, STOP_MILLIS);
        // a rule that does not answer must not keep the node from stopping
        rules.stop();
        ended = ended || loop.stop(core::stop, STOP_MILLIS);
        if (!verifiers.stop(STOP_MILLIS) || !ended) {
            LOG.warn("{}: a step of the node is still running", name);
        }
    }

    @Override
    public void connected(String peer) {
        loop.post(() -> core.onConnected(peer));
    }

    @Override
    public void disconnected(String peer) {
        loop.post(() -> core.onDisconnected(peer));
    }

    @Override
    public boolean received(String peer, Bytes message) {
        return loop.offer(message.length(), () -> core.onMessage(peer, message));
    }

    @Override
    public boolean ready() {
        return loop.hasRoom();
    }

    /** CPU time by part since the threads began, nanoseconds; empty where the platform does not measure it. */
    Map<String, Long> cpuNanos() {
        ThreadMXBean bean = ManagementFactory.getThreadMXBean();
        if (!bean.isThreadCpuTimeSupported() || !bean.isThreadCpuTimeEnabled()) {
            return Map.of();
        }
        Map<String, Long> nanos = new TreeMap<>();
        nanos.put("loop", Math.max(0, bean.getThreadCpuTime(loop.threadId())));
        nanos.put(
                "verify",
                verifiers.threads().stream()
                        .mapToLong(thread -> Math.max(0, bean.getThreadCpuTime(thread.getId())))
                        .sum());
        long net = 0;
        for (ThreadInfo info : bean.getThreadInfo(bean.getAllThreadIds())) {
            if (info != null && info.getThreadName().startsWith(NET_THREADS)) {
                net += Math.max(0, bean.getThreadCpuTime(info.getThreadId()));
            }
        }
        nanos.put("net", net / Math.max(1, RUNNING.get()));
        return nanos;
    }
}
