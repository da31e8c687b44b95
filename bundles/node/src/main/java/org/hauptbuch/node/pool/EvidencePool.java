package org.hauptbuch.node.pool;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.value.Hash;

/** Evidence that waits for a block, oldest first. Belongs to the loop; {@link #pending()} from any thread. */
public final class EvidencePool {
    /** More than so many wait nowhere: an offender is banned by the first. */
    private static final int MAX_PENDING = 256;

    private static final int MAX_IN_BLOCK = 16;

    private final Map<Hash, Evidence> pending = new LinkedHashMap<>();
    private volatile List<Evidence> published = List.of();

    /** Takes evidence; returns whether it is new and there was room. */
    public boolean add(Evidence evidence) {
        boolean added = pending.size() < MAX_PENDING && pending.putIfAbsent(evidence.id(), evidence) == null;
        if (added) {
            published = List.copyOf(pending.values());
        }
        return added;
    }

    /** Whether this evidence waits. */
    public boolean contains(Hash id) {
        return pending.containsKey(id);
    }

    /** What waits. */
    public List<Evidence> pending() {
        return published;
    }

    /** What a block may take of it: what {@code admissible} accepts, of at most {@code maxBytes}. */
    public List<Evidence> select(Predicate<Evidence> admissible, int maxBytes) {
        List<Evidence> chosen = new ArrayList<>();
        int bytes = 0;
        for (Evidence evidence : pending.values()) {
            int size = evidence.payload().length() + 128;
            // the first piece bans: a second one of the same offender would be refused, and the block with it
            boolean alone = chosen.stream().noneMatch(other -> other.offender().equals(evidence.offender()));
            if (alone && chosen.size() < MAX_IN_BLOCK && bytes + size <= maxBytes && admissible.test(evidence)) {
                chosen.add(evidence);
                bytes += size;
            }
        }
        return chosen;
    }

    /** Drops what {@code useless} accepts. */
    public void drop(Predicate<Evidence> useless) {
        if (pending.values().removeIf(useless)) {
            published = List.copyOf(pending.values());
        }
    }
}
