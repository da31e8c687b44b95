package org.hauptbuch.rules;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.generation.Generation;
import org.hauptbuch.api.rule.RuleFactory;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.rule.RuleRef;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.value.Hash;

/**
 * The rules that are available here, and the one place where a rule set becomes living code. What is available
 * decides nothing: the chain names exact code by digest, and {@link #activate} gives exactly that or refuses.
 * Thread-safe.
 */
public final class RuleCatalogue {
    /**
     * A rule that is available.
     *
     * @param kind what it decides
     * @param id its id
     * @param version its bundle's version
     * @param digest the SHA-256 of its jar's exact bytes
     * @param source where it came from, for people
     * @param factory makes it
     */
    public record Entry(RuleKind kind, String id, String version, Hash digest, String source, RuleFactory factory) {
        /** Whether this is the code that {@code ref} means. */
        public boolean isCodeOf(RuleRef ref) {
            return kind == ref.kind()
                    && id.equals(ref.id())
                    && version.equals(ref.version())
                    && digest.equals(ref.digest());
        }
    }

    // the digest comes before the source, so that the order is the same on every machine
    private static final Comparator<Entry> ORDER = Comparator.comparing(Entry::kind)
            .thenComparing(Entry::id)
            .thenComparing(Entry::version)
            .thenComparing(Entry::digest)
            .thenComparing(Entry::source);

    /** Replaced as a whole by {@link #add} and {@link #remove}, so that readers need no lock. */
    private volatile List<Entry> entries = List.of();

    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    /** Makes a rule available. The same jar may be here twice. @throws IllegalArgumentException where {@code e} is in */
    public void add(Entry e) {
        synchronized (this) {
            if (entries.contains(e)) {
                throw new IllegalArgumentException("rule " + e.id() + " of " + e.source() + " is in the catalogue");
            }
            List<Entry> next = new ArrayList<>(entries);
            next.add(e);
            next.sort(ORDER);
            entries = List.copyOf(next);
        }
        tell();
    }

    /** Takes a rule away; nothing happens where it is not in. Generations that use it are not touched. */
    public void remove(Entry e) {
        synchronized (this) {
            List<Entry> next = new ArrayList<>(entries);
            if (!next.remove(e)) {
                return;
            }
            entries = List.copyOf(next);
        }
        tell();
    }

    /** What is available, by kind, id and version. */
    public List<Entry> available() {
        return entries;
    }

    /**
     * The rule with this id and version, if it is available.
     *
     * @throws PoSException CONSENSUS_STATE_UPDATE_FAILED where jars with different bytes claim the same id and version
     */
    public Optional<Entry> find(String id, String version) {
        List<Entry> found = entries.stream()
                .filter(e -> e.id().equals(id) && e.version().equals(version))
                .toList();
        if (found.stream().map(Entry::digest).distinct().count() > 1) {
            throw new PoSException(
                    PoSError.CONSENSUS_STATE_UPDATE_FAILED,
                    "rule " + id + " " + version + " is in jars with different bytes, must be in one: "
                            + found.stream()
                                    .map(e -> e.source() + " (SHA-256 " + e.digest() + ")")
                                    .collect(Collectors.joining(", ")));
        }
        return found.stream().findFirst();
    }

    /** Exactly the code that {@code ref} means, if it is available; its parameters are of no meaning here. */
    public Optional<Entry> find(RuleRef ref) {
        return entries.stream().filter(e -> e.isCodeOf(ref)).findFirst();
    }

    /** The rules of {@code set} whose code is not available, by kind and id. */
    public List<RuleRef> missing(RuleSet set) {
        List<Entry> snapshot = entries;
        return set.rules().stream()
                .filter(ref -> snapshot.stream().noneMatch(e -> e.isCodeOf(ref)))
                .toList();
    }

    /**
     * Makes sure that {@code ref} could become active here, by creating the rule and dropping it.
     *
     * @throws PoSException CONSENSUS_STATE_UPDATE_FAILED where it is not available or refuses its parameters
     */
    public void check(RuleRef ref) {
        if (find(ref).isEmpty()) {
            throw new PoSException(
                    PoSError.CONSENSUS_STATE_UPDATE_FAILED, "rule " + inFull(ref) + " is not available here");
        }
        new Activation(this).check(ref);
    }

    /**
     * The rules of {@code set}, created with its parameters: the single place where code becomes a generation.
     *
     * @throws PoSException CONSENSUS_STATE_UPDATE_FAILED where a rule is missing, naming each with version and SHA-256,
     *     and where a factory fails or makes something else than its kind asks for; nothing is substituted
     */
    public Generation activate(RuleSet set) {
        requireAll(set);
        return new Activation(this).of(set);
    }

    /** Refuses as {@link #activate} does where a rule is missing. */
    void requireAll(RuleSet set) {
        List<RuleRef> missing = missing(set);
        if (!missing.isEmpty()) {
            throw new PoSException(
                    PoSError.CONSENSUS_STATE_UPDATE_FAILED,
                    "rule set " + set.id().shortHex() + " needs rules that are not available here: "
                            + missing.stream().map(RuleCatalogue::inFull).collect(Collectors.joining(", ")));
        }
    }

    /**
     * Calls {@code listener} after every addition and removal until closed, on the thread that made it: a listener
     * only posts.
     */
    public AutoCloseable onChange(Runnable listener) {
        Listener added = new Listener(listener);
        listeners.add(added);
        return () -> listeners.remove(added);
    }

    static String inFull(RuleRef ref) {
        return ref.id() + " " + ref.version() + " (SHA-256 " + ref.digest() + ")";
    }

    private void tell() {
        listeners.forEach(listener -> listener.runnable.run());
    }

    /** One registration: closing it takes out this one, also where the same runnable was added twice. */
    private static final class Listener {
        private final Runnable runnable;

        private Listener(Runnable runnable) {
            this.runnable = runnable;
        }
    }
}
