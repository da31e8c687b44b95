package org.hauptbuch.node.core;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.node.core.Peers.Peer;

/** The peers from which a state may come: who offers it, who was asked for which segment. Belongs to the loop. */
final class SyncSources {
    /** So many requests that a peer leaves unanswered, and it is asked no more. */
    private static final int MAX_SILENCE = 3;

    private final Map<String, Source> byName = new TreeMap<>();

    private static final class Source {
        private boolean offers;
        private boolean refused;
        private boolean silent;
        private int silence;
        private Optional<Integer> segment = Optional.empty();
        private Optional<Hash> other = Optional.empty();
        private boolean late;
        private Cancellable timeout = () -> {};
    }

    /** Those that are there now; returns whether all of them were before. */
    boolean meet(List<Peer> peers) {
        boolean known = !peers.isEmpty() && peers.stream().allMatch(peer -> byName.containsKey(peer.name));
        byName.keySet().removeIf(name -> peers.stream().noneMatch(peer -> peer.name.equals(name)));
        peers.forEach(peer -> byName.computeIfAbsent(peer.name, name -> new Source()));
        return known;
    }

    void clear() {
        byName.values().forEach(source -> source.timeout.cancel());
        byName.clear();
    }

    /** Whether anything of {@code peer} is looked at. */
    boolean isHeard(String peer) {
        return byName.containsKey(peer) && !byName.get(peer).refused;
    }

    /** Whether {@code peer} said that it has the state, or has it not. */
    boolean offers(String peer) {
        return byName.containsKey(peer) && byName.get(peer).offers;
    }

    /** How many have the state. */
    int offering() {
        return (int) byName.values().stream().filter(source -> source.offers).count();
    }

    void offered(String peer, boolean offers) {
        Source source = byName.get(peer);
        source.offers = offers;
        source.silence = 0;
    }

    /** {@code peer} says that another block is final at the checkpoint's height, or not. */
    void other(String peer, Optional<Hash> block) {
        byName.get(peer).other = block;
    }

    /** Who has which other block there, for people; empty where nobody has. */
    Optional<String> others() {
        return byName.entrySet().stream()
                .filter(source -> source.getValue().other.isPresent())
                .map(source ->
                        source.getKey() + " has " + source.getValue().other.get() + " there")
                .reduce((a, b) -> a + ", " + b);
    }

    /** Nothing of {@code peer} is looked at any more. */
    void refuse(String peer) {
        Source source = byName.get(peer);
        if (source != null) {
            source.offers = false;
            source.refused = true;
        }
    }

    /** The segment that {@code peer} was asked for. */
    Optional<Integer> segment(String peer) {
        return byName.containsKey(peer) ? byName.get(peer).segment : Optional.empty();
    }

    /** Whether anybody was asked for {@code segment} who may still answer soon. */
    boolean isAsked(int segment) {
        return byName.values().stream().anyMatch(source -> !source.late && source.segment.equals(Optional.of(segment)));
    }

    /** How many were asked for something and may still answer soon. */
    int busy() {
        return (int) byName.values().stream()
                .filter(source -> !source.late && source.segment.isPresent())
                .count();
    }

    /** Somebody who has the state and was asked for nothing. */
    Optional<String> free() {
        return byName.entrySet().stream()
                .filter(source ->
                        source.getValue().offers && source.getValue().segment.isEmpty())
                .map(Map.Entry::getKey)
                .findFirst();
    }

    void asked(String peer, int segment, Cancellable timeout) {
        Source source = byName.get(peer);
        source.segment = Optional.of(segment);
        source.late = false;
        source.timeout = timeout;
    }

    /** {@code peer} answered in time; what it was asked for stays its own until {@link #release}. */
    void answered(String peer) {
        Source source = byName.get(peer);
        source.timeout.cancel();
        source.silence = 0;
    }

    /** {@code peer} can be asked for something else. */
    void release(String peer) {
        Source source = byName.get(peer);
        if (source != null) {
            source.segment = Optional.empty();
        }
    }

    /** {@code peer} takes long: somebody else may be asked for the same. Returns whether that is so. */
    boolean late(String peer, int segment) {
        Source source = byName.get(peer);
        if (source == null || !source.segment.equals(Optional.of(segment))) {
            return false;
        }
        source.late = true;
        return true;
    }

    /** {@code peer} did not answer in time. */
    void silent(String peer) {
        release(peer);
        Source source = byName.get(peer);
        if (source != null && ++source.silence >= MAX_SILENCE) {
            source.silent = !source.refused;
            refuse(peer);
        }
    }

    /** Those that did not answer in time can be asked again. */
    void forgiveSilence() {
        byName.values().stream().filter(source -> source.silent).forEach(source -> {
            source.silent = false;
            source.refused = false;
            source.silence = 0;
        });
    }
}
