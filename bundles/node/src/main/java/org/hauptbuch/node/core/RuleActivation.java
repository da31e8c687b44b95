package org.hauptbuch.node.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hauptbuch.api.finality.FinalityRule;
import org.hauptbuch.api.generation.Generation;
import org.hauptbuch.api.rule.RuleFactory;
import org.hauptbuch.api.rule.RuleRef;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.node.block.RuleCalls;
import org.hauptbuch.node.block.RuleFailedException;
import org.hauptbuch.rules.RuleCatalogue;

/**
 * The one place in a node where a rule becomes active: between the commit of a block and the proposal of the next one,
 * on the loop, and only the set that the chain's state names. The new generation is there before the old one goes;
 * the old one goes when the first block of the new one is final. {@link #current()} from any thread.
 */
final class RuleActivation {
    private final RuleCatalogue catalogue;
    private final RuleCalls calls;
    private final Map<RuleRef, RuleFactory> used = new HashMap<>();
    private volatile Generation current;
    private Generation previous;

    RuleActivation(RuleCatalogue catalogue, RuleCalls calls) {
        this.catalogue = catalogue;
        this.calls = calls;
    }

    /** What judges the next block; empty while halted. */
    Optional<Generation> current() {
        return Optional.ofNullable(current);
    }

    /** The finality rule of the parent, where {@link #activate} was told of one. */
    FinalityRule parentFinality() {
        return previous == null ? current.finality() : previous.finality();
    }

    /**
     * Makes {@code next} judge the next block.
     *
     * @param parent the set that judged the block before, if there was one: its certificate is still to be verified
     * @throws org.hauptbuch.api.error.PoSException CONSENSUS_STATE_UPDATE_FAILED, naming each rule that is missing;
     *     nothing has changed then
     */
    Generation activate(RuleSet next, Optional<RuleSet> parent) {
        Generation before = current;
        Generation active = isOf(before, next) ? before : make(next);
        Generation old = parent.filter(set -> !set.equals(next))
                .map(set -> isOf(before, set) ? before : isOf(previous, set) ? previous : make(set))
                .orElse(null);
        current = active;
        previous = old;
        used.clear();
        for (RuleRef ref : references()) {
            catalogue.find(ref).ifPresent(entry -> used.put(ref, entry.factory()));
        }
        return active;
    }

    /** How rules are called. */
    RuleCalls calls() {
        return calls;
    }

    private Generation make(RuleSet set) {
        return calls.ask("the making of rule set " + set.id().shortHex(), () -> catalogue.activate(set));
    }

    /** Lets every rule object go, so that its class loader can. */
    void release() {
        current = null;
        previous = null;
        used.clear();
    }

    /** The active rules that have been withdrawn. */
    List<RuleRef> withdrawn() {
        return references().stream()
                .filter(ref -> catalogue.find(ref).isEmpty())
                .toList();
    }

    /** Whether an active rule was made by a factory that has been replaced by another of the same code. */
    boolean isOutdated() {
        return used.entrySet().stream().anyMatch(e -> catalogue
                .find(e.getKey())
                .filter(entry -> entry.factory() != e.getValue())
                .isPresent());
    }

    /** What failed and how, in one line: the rule with version and digest, as far as it can be known. */
    String describe(RuleFailedException failed, RuleSet set) {
        String rule = failed.named(set)
                .or(() -> failed.classes().stream()
                        .flatMap(running -> set.rules().stream().filter(ref -> isOf(running, ref)))
                        .findFirst())
                .or(() -> failed.asked(set))
                .map(ref -> "rule " + ref.id() + " " + ref.version() + " (SHA-256 " + ref.digest() + ")")
                .orElse("a rule");
        return rule + " failed in " + failed.what() + ": " + failed.detail();
    }

    private List<RuleRef> references() {
        List<RuleRef> references = new ArrayList<>();
        for (Generation generation : new Generation[] {current, previous}) {
            if (generation != null) {
                references.addAll(generation.set().rules());
            }
        }
        return references;
    }

    /** A rule has a package of its own. */
    private boolean isOf(String className, RuleRef ref) {
        return catalogue
                .find(ref)
                .map(entry -> entry.factory().getClass().getPackageName() + '.')
                .filter(className::startsWith)
                .isPresent();
    }

    private static boolean isOf(Generation generation, RuleSet set) {
        return generation != null && generation.set().equals(set);
    }
}
