package org.hauptbuch.testkit;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.hauptbuch.api.generation.Generation;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.rule.RuleFactory;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.rule.RuleRef;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.rules.RuleCatalogue;

/**
 * The rules of a simulated chain. A rule's jar is its id, over and over: some hundred kilobytes, which is more than one
 * message holds.
 *
 * @param entries every rule that is available on every node
 * @param initial the rule set of genesis
 * @param alternatives rules that the validators may adopt while the chain runs
 */
public record Rulebook(List<RuleCatalogue.Entry> entries, RuleSet initial, List<RuleRef> alternatives) {
    /** The version of every rule in a simulation. */
    public static final String VERSION = "0.1.0";

    private static final int JAR_BYTES = 300_000;

    /** Made once: a run names each rule many times. */
    private static final Map<String, Jar> JARS = new ConcurrentHashMap<>();

    public Rulebook {
        entries = List.copyOf(entries);
        alternatives = List.copyOf(alternatives);
    }

    /** An entry for a rule made by {@code factory}. */
    public static RuleCatalogue.Entry entry(RuleKind kind, String id, RuleFactory factory) {
        return new RuleCatalogue.Entry(kind, id, VERSION, digest(id), "simulated " + id, factory);
    }

    /** The rule with this kind and id. */
    public static RuleRef ref(RuleKind kind, String id, Parameters parameters) {
        return new RuleRef(kind, id, VERSION, digest(id), parameters);
    }

    /** A catalogue with all of it, for one node. */
    public RuleCatalogue catalogue() {
        RuleCatalogue catalogue = new RuleCatalogue();
        entries.forEach(catalogue::add);
        return catalogue;
    }

    /** The rules of {@code set} as objects. */
    public Generation activate(RuleSet set) {
        return catalogue().activate(set);
    }

    /** The jar with this digest; empty where no rule here is in it. */
    public Optional<Bytes> jar(Hash digest) {
        return entries.stream()
                .filter(entry -> entry.digest().equals(digest))
                .findFirst()
                .map(entry -> jar(entry.id()).bytes);
    }

    /** The rule that is in this jar; empty where it is no jar of a rule here. */
    public Optional<RuleCatalogue.Entry> ofJar(Bytes jar) {
        Hash digest = Hash.sha256(jar);
        return entries.stream().filter(entry -> entry.digest().equals(digest)).findFirst();
    }

    private static Hash digest(String id) {
        return jar(id).digest;
    }

    private static Jar jar(String id) {
        return JARS.computeIfAbsent(id, Jar::of);
    }

    private record Jar(Bytes bytes, Hash digest) {
        private static Jar of(String id) {
            Bytes bytes = Bytes.of(id.repeat(JAR_BYTES / id.length()).getBytes(StandardCharsets.UTF_8));
            return new Jar(bytes, Hash.sha256(bytes));
        }
    }
}
