package org.hauptbuch.rules.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.hauptbuch.api.error.PoSException;

/**
 * Asks many small questions and keeps the answers by the number of the question, so that they may be asked in any
 * order. A refusal is an answer: its error counts, its words are for people.
 */
final class Answers {
    private record Question(int number, String name, Supplier<String> call) {}

    private final List<Question> questions = new ArrayList<>();

    /** A question that the rule has to answer. */
    void must(String name, Supplier<String> call) {
        questions.add(new Question(questions.size(), name, call));
    }

    /** A question that the rule may refuse. */
    void may(String name, Supplier<String> call) {
        must(name, () -> orRefusal(call));
    }

    /** A check that the rule may refuse. */
    void permit(String name, Runnable check) {
        may(name, () -> {
            check.run();
            return "permitted";
        });
    }

    static String orRefusal(Supplier<String> call) {
        try {
            return call.get();
        } catch (PoSException refusal) {
            return "refused " + refusal.error();
        }
    }

    /** The answers in the order of the questions, which are asked in the order that {@code world} gives. */
    List<String> ask(World world) {
        SortedMap<Integer, String> answers = new TreeMap<>();
        for (Question question : world.order(questions)) {
            answers.put(question.number, question.name + " -> " + question.call.get());
        }
        return List.copyOf(answers.values());
    }
}
