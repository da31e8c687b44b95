package org.hauptbuch.testkit;

import java.util.List;
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
 * The rules of a simulated chain. There are no jars: a rule's digest is made of its id.
 *
 * @param entries every rule that is available on every node
 * @param initial the rule set of genesis
 * @param alternatives rules that the validators may adopt while the chain runs
 */
public record Rulebook(List<RuleCatalogue.Entry> entries, RuleSet initial, List<RuleRef> alternatives) {
    /** The version of every rule in a simulation. */
    public static final String VERSION = "0.1.0";

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

    private static Hash digest(String id) {
        return Hash.sha256(Bytes.of(id.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }
}
