package org.hauptbuch.node.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.hauptbuch.api.net.LinkConfig;
import org.hauptbuch.api.net.LinkFactory;
import org.hauptbuch.api.net.LinkHandler;
import org.hauptbuch.api.net.Links;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.PublicKey;

/** Links within the process: whoever trusts each other is connected. */
final class MemoryLinks implements LinkFactory {
    private final Map<Integer, End> ends = new ConcurrentHashMap<>();

    @Override
    public synchronized Links open(LinkConfig config, LinkHandler handler) {
        if (ends.containsKey(config.bindPort())) {
            throw new UncheckedIOException(
                    "cannot listen on " + config.bindHost() + ":" + config.bindPort() + ": in use", new IOException());
        }
        End end = new End(config, handler);
        ends.put(config.bindPort(), end);
        for (End other : ends.values()) {
            String there = other.nameOf(end);
            String here = end.nameOf(other);
            if (other != end && there != null && here != null) {
                other.tell(() -> other.handler.connected(there));
                end.tell(() -> end.handler.connected(here));
            }
        }
        return end;
    }

    private final class End implements Links {
        private final LinkConfig config;
        private final LinkHandler handler;
        private final ExecutorService deliveries = Executors.newSingleThreadExecutor(work -> {
            Thread thread = new Thread(work, "memory-link");
            thread.setDaemon(true);
            return thread;
        });

        private End(LinkConfig config, LinkHandler handler) {
            this.config = config;
            this.handler = handler;
        }

        private String nameOf(End other) {
            PublicKey key = other.config.identity().publicKey();
            return config.trusted().entrySet().stream()
                    .filter(e -> e.getValue().equals(key))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElse(null);
        }

        private void tell(Runnable news) {
            if (!deliveries.isShutdown()) {
                deliveries.execute(news);
            }
        }

        @Override
        public void send(String peer, Bytes message) {
            for (End other : ends.values()) {
                String there = other.nameOf(this);
                if (peer.equals(nameOf(other)) && there != null) {
                    other.tell(() -> {
                        while (!other.handler.received(there, message)) {
                            Thread.onSpinWait();
                        }
                    });
                }
            }
        }

        @Override
        public void broadcast(Bytes message) {
            connected().forEach(peer -> send(peer, message));
        }

        @Override
        public Set<String> connected() {
            Set<String> names = new TreeSet<>();
            for (End other : ends.values()) {
                String name = nameOf(other);
                if (other != this && name != null && other.nameOf(this) != null) {
                    names.add(name);
                }
            }
            return names;
        }

        @Override
        public void ban(String peer, long millis) {
            throw new AssertionError("a correct peer is banned: " + peer);
        }

        @Override
        public void close() {
            ends.remove(config.bindPort(), this);
            for (End other : ends.values()) {
                String there = other.nameOf(this);
                if (there != null) {
                    other.tell(() -> other.handler.disconnected(there));
                }
            }
            deliveries.shutdownNow();
        }
    }
}
