package org.hauptbuch.rules.probe;

import java.util.List;
import org.hauptbuch.api.generation.Generation;

/**
 * One question to a rule.
 *
 * @param name what is asked, unique among the questions to one rule
 * @param question asks it
 */
public record Probe(String name, Question question) {
    /** Whether a question ended in {@code failure} because of an answer outside its range, which its message names. */
    public static boolean isUnfit(Throwable failure) {
        return failure instanceof Unfit;
    }

    /** Asks a rule. */
    @FunctionalInterface
    public interface Question {
        /**
         * The answer in lines of canonical text. Whatever this throws is a mistake of the rule.
         *
         * @param rules the rule is among them
         * @param order whether inputs come as they should or shuffled; without meaning for a right rule
         */
        List<String> ask(Generation rules, Order order);
    }

    /** In which order inputs come. */
    public enum Order {
        /** As the interface says. */
        STRAIGHT,
        /** Shuffled. */
        SHUFFLED
    }
}
