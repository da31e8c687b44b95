package org.hauptbuch.testkit;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.hauptbuch.api.value.Bytes;

/**
 * Links between all nodes, in virtual time. A link is up while both ends run and no partition is between them; what is
 * under way when it goes down is lost. Both ends hear of a link a little after it changed, as they would of a socket.
 */
public final class SimNetwork {
    private static final int CLOSE_MICROS = 1_000;
    private static final int DIAL_MICROS = 200_000;

    /** What a node hears. */
    interface Endpoint {
        boolean isUp();

        void onConnected(String peer);

        void onDisconnected(String peer);

        void onMessage(String peer, Bytes message);
    }

    private static final class Link {
        private boolean open;
        private boolean dialling;
        private long epoch;
        private boolean told;
        private final Map<String, Long> lastArrival = new TreeMap<>();
    }

    private final VirtualTime time;
    private final Random random;
    private final Trace trace;
    private final NavigableMap<String, Endpoint> endpoints = new TreeMap<>();
    private final Map<String, Link> links = new TreeMap<>();
    private final Set<String> severed = new TreeSet<>();
    private Function<String, Integer> groups = name -> 0;
    private LinkQuality quality = LinkQuality.CALM;
    private BiConsumer<String, Bytes> listener = (to, message) -> {};
    private long delivered;
    private long lost;
    private long duplicated;

    SimNetwork(VirtualTime time, Random random, Trace trace) {
        this.time = time;
        this.random = random;
        this.trace = trace;
    }

    void add(String name, Endpoint endpoint) {
        for (String other : endpoints.keySet()) {
            links.put(key(name, other), new Link());
        }
        endpoints.put(name, endpoint);
    }

    /** There is never a link between these two. */
    void sever(String a, String b) {
        severed.add(key(a, b));
    }

    /** From now on messages travel like this. */
    public void quality(LinkQuality newQuality) {
        quality = newQuality;
    }

    /** From now on only nodes of one group reach each other. */
    public void partition(Map<String, Integer> groupOf) {
        Map<String, Integer> copy = new TreeMap<>(groupOf);
        trace.note("network", "partition " + copy);
        groups = name -> copy.getOrDefault(name, 0);
        refresh();
    }

    /** From now on everybody reaches everybody. */
    public void heal() {
        trace.note("network", "heals");
        groups = name -> 0;
        refresh();
    }

    /** Is told of every message that arrives, with the name of the node that hears it: somebody with ears everywhere. */
    public void onDelivered(BiConsumer<String, Bytes> newListener) {
        listener = newListener;
    }

    /** Messages that arrived. */
    public long delivered() {
        return delivered;
    }

    /** Messages that got lost on a link that was up. */
    public long lost() {
        return lost;
    }

    /** Messages that arrived twice. */
    public long duplicated() {
        return duplicated;
    }

    /** Looks again which links can be up, after a node came or went or a partition changed. */
    void refresh() {
        for (String a : endpoints.keySet()) {
            for (String b : endpoints.tailMap(a, false).keySet()) {
                refresh(a, b);
            }
        }
    }

    private void refresh(String a, String b) {
        Link link = links.get(key(a, b));
        boolean possible = isPossible(a, b);
        if (link.open && !possible) {
            close(a, b, link);
        } else if (!link.open && possible && !link.dialling) {
            link.dialling = true;
            time.after((CLOSE_MICROS + random.nextInt(DIAL_MICROS)) * 1_000L, () -> {
                link.dialling = false;
                if (!link.open && isPossible(a, b)) {
                    open(a, b, link);
                }
            });
        }
    }

    private boolean isPossible(String a, String b) {
        return !severed.contains(key(a, b))
                && endpoints.get(a).isUp()
                && endpoints.get(b).isUp()
                && groups.apply(a).equals(groups.apply(b));
    }

    private void open(String a, String b, Link link) {
        link.open = true;
        link.told = true;
        link.epoch++;
        link.lastArrival.clear();
        trace.note(a + "-" + b, "up");
        endpoints.get(a).onConnected(b);
        // the first may have crashed over it
        if (link.open) {
            endpoints.get(b).onConnected(a);
        }
    }

    /** A node that ends takes its links with it, before it can come back. */
    void down(String name) {
        for (String other : endpoints.keySet()) {
            if (!other.equals(name)) {
                Link link = links.get(key(name, other));
                if (link.open) {
                    close(name, other, link);
                }
            }
        }
    }

    private void close(String a, String b, Link link) {
        link.open = false;
        link.epoch++;
        trace.note(a + "-" + b, "down");
        long epoch = link.epoch;
        time.after(CLOSE_MICROS * 1_000L, () -> {
            if (link.epoch == epoch && link.told) {
                link.told = false;
                endpoints.get(a).onDisconnected(b);
                endpoints.get(b).onDisconnected(a);
            }
        });
    }

    void send(String from, String to, Bytes message) {
        Link link = endpoints.containsKey(to) ? links.get(key(from, to)) : null;
        if (link == null || !link.open) {
            return;
        }
        if (random.nextInt(1_000) < quality.lossPerMille()) {
            lost++;
            return;
        }
        deliver(link, from, to, message);
        if (random.nextInt(1_000) < quality.duplicatesPerMille()) {
            duplicated++;
            deliver(link, from, to, message);
        }
    }

    void broadcast(String from, Bytes message) {
        endpoints.keySet().stream().filter(name -> !name.equals(from)).forEach(name -> send(from, name, message));
    }

    private void deliver(Link link, String from, String to, Bytes message) {
        long spread = quality.maxDelayMicros() - quality.minDelayMicros();
        long delay = (quality.minDelayMicros() + random.nextInt((int) spread + 1)) * 1_000L;
        if (quality.ordered()) {
            long arrival = Math.max(time.nanos() + delay, link.lastArrival.getOrDefault(to, 0L) + 1);
            link.lastArrival.put(to, arrival);
            delay = arrival - time.nanos();
        }
        long epoch = link.epoch;
        time.after(delay, () -> {
            if (link.open && link.epoch == epoch) {
                delivered++;
                trace.note(to, "hears " + from, message);
                listener.accept(to, message);
                endpoints.get(to).onMessage(from, message);
            }
        });
    }

    private static String key(String a, String b) {
        return a.compareTo(b) < 0 ? a + "|" + b : b + "|" + a;
    }
}
