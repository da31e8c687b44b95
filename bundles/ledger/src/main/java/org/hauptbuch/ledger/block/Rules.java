package org.hauptbuch.ledger.block;

import java.util.function.Supplier;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.generation.Generation;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.ledger.RuleFailure;

/**
 * The one door to the rules. A refusal passes, where the rule may refuse; everything else that a rule throws is a
 * {@link RuleFailure}.
 */
public final class Rules {
    private final Generation generation;

    /** The rules of {@code generation}. */
    public Rules(Generation generation) {
        this.generation = generation;
    }

    /** The rules themselves; call them through {@link #ask}, {@link #permit} or {@link #must}. */
    public Generation generation() {
        return generation;
    }

    /** The id of the rule of a kind of which there is one. */
    public String id(RuleKind kind) {
        return generation.set().only(kind).id();
    }

    /** The answer of the one rule of a kind, which may refuse. */
    public <T> T ask(RuleKind kind, Supplier<T> call) {
        return answer(() -> id(kind), true, call);
    }

    /** The answer of the rule with this id, which may refuse. */
    public <T> T ask(String ruleId, Supplier<T> call) {
        return answer(() -> ruleId, true, call);
    }

    /** Asks a rule for permission: it refuses by a {@link PoSException}. */
    public void permit(RuleKind kind, Runnable check) {
        ask(kind, () -> {
            check.run();
            return kind;
        });
    }

    /** The answer of the one rule of a kind, which has nothing to refuse. */
    public <T> T must(RuleKind kind, Supplier<T> call) {
        return answer(() -> id(kind), false, call);
    }

    /** The answer of the rule with this id, which has nothing to refuse. */
    public <T> T must(String ruleId, Supplier<T> call) {
        return answer(() -> ruleId, false, call);
    }

    /** A rule's answer that is outside the range of its interface. */
    public RuleFailure broken(RuleKind kind, String field, Object value, String range) {
        return broken(id(kind), field, value, range);
    }

    /** A rule's answer that is outside the range of its interface. */
    public static RuleFailure broken(String ruleId, String field, Object value, String range) {
        return new RuleFailure(ruleId, field + " is " + value + ", must be " + range, null);
    }

    private static <T> T answer(Supplier<String> ruleId, boolean mayRefuse, Supplier<T> call) {
        T answer;
        try {
            answer = call.get();
        } catch (PoSException refusal) {
            if (mayRefuse) {
                throw refusal;
            }
            throw new RuleFailure(ruleId.get(), refusal.toString(), refusal);
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            // errors of linking too: that is what a call into a bundle that is gone looks like
            throw new RuleFailure(ruleId.get(), e.toString(), e);
        }
        if (answer == null) {
            throw new RuleFailure(ruleId.get(), "it answered null", null);
        }
        return answer;
    }
}
