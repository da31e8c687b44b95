package org.hauptbuch.api.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hauptbuch.api.codec.Reader;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;

/**
 * The rules that a chain runs: exactly one of every kind, and any number of slashing conditions. Its id stands in
 * every block header, so that a block names the rules that judge it.
 *
 * @param rules by kind, then id
 */
public record RuleSet(List<RuleRef> rules) {
    private static final int MAX_RULES = 64;

    public RuleSet {
        rules = rules.stream().sorted().toList();
        for (RuleKind kind : RuleKind.values()) {
            long count = rules.stream().filter(rule -> rule.kind() == kind).count();
            if (!kind.isMany() && count != 1) {
                throw new PoSException(
                        PoSError.CONSENSUS_STATE_UPDATE_FAILED,
                        "rule set: " + count + " rules of kind " + kind.text() + ", must be exactly 1");
            }
        }
        for (int i = 1; i < rules.size(); i++) {
            // whatever their kinds: what rules remember is kept by id
            String id = rules.get(i).id();
            if (rules.subList(0, i).stream().anyMatch(rule -> rule.id().equals(id))) {
                throw new PoSException(
                        PoSError.CONSENSUS_STATE_UPDATE_FAILED, "rule set: " + id + " is in it twice, must be once");
            }
        }
    }

    /** SHA-256 of the canonical encoding. */
    public Hash id() {
        return new Writer().string("hauptbuch/rule-set/1").fixed(encode()).sha256();
    }

    /** The rule of a kind of which there is one. */
    public RuleRef only(RuleKind kind) {
        if (kind.isMany()) {
            throw new IllegalArgumentException("a rule set holds many rules of kind " + kind.text());
        }
        return all(kind).get(0);
    }

    /** The rules of a kind, by ascending id. */
    public List<RuleRef> all(RuleKind kind) {
        return rules.stream().filter(rule -> rule.kind() == kind).toList();
    }

    /** The rule with this id, if it is in the set. */
    public Optional<RuleRef> find(String id) {
        return rules.stream().filter(rule -> rule.id().equals(id)).findFirst();
    }

    /** The set after {@code change}. @throws PoSException where it would not be a rule set, or nothing is removed */
    public RuleSet apply(RuleChange change) {
        RuleRef rule = change.rule();
        List<RuleRef> next = new ArrayList<>(rules);
        boolean removed =
                next.removeIf(r -> r.kind() == rule.kind() && (!rule.kind().isMany() || r.id().equals(rule.id())));
        if (change.operation() == RuleChange.Operation.ADOPT) {
            next.add(rule);
        } else if (!removed) {
            throw new PoSException(
                    PoSError.CONSENSUS_STATE_UPDATE_FAILED, "rule " + rule.id() + " is not in the rule set");
        }
        return new RuleSet(next);
    }

    /** The canonical encoding. */
    public Bytes encode() {
        return new Writer(1024).list(rules, (out, rule) -> rule.write(out)).toBytes();
    }

    /** Reads {@link #encode()}. */
    public static RuleSet decode(Bytes encoded) {
        Reader in = new Reader(encoded, PoSError.CONSENSUS_STATE_UPDATE_FAILED);
        List<RuleRef> rules = in.list("rules", MAX_RULES, RuleRef::read);
        in.end();
        RuleSet set = new RuleSet(rules);
        if (!set.rules.equals(rules)) {
            throw in.refuse("rules", "not ordered", "by kind, then id");
        }
        return set;
    }
}
