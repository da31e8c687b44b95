package org.hauptbuch.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.generation.Generation;
import org.hauptbuch.api.node.SelfTestReport;
import org.hauptbuch.api.rule.KnownAnswer;
import org.hauptbuch.api.rule.RuleRef;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.rules.probe.Probe;
import org.hauptbuch.rules.probe.Probe.Order;
import org.hauptbuch.rules.probe.Probes;

/** One self-test of one rule set. All of it runs on one thread, {@link #asking} excepted. */
final class Examination {
    private static final String KNOWN = "known answer: ";
    private static final String MADE_UP = "made up: ";

    private final RuleCatalogue catalogue;
    private final RuleSet set;
    private final List<String> problems = new ArrayList<>();
    private final Writer answers = new Writer(1 << 16).string("hauptbuch/self-test/1");
    private int cases;
    private volatile String asking;

    Examination(RuleCatalogue catalogue, RuleSet set) {
        this.catalogue = catalogue;
        this.set = set;
        this.asking = "rule set " + set.id().shortHex();
    }

    /** Which rule is being asked what, for people. */
    String asking() {
        return asking;
    }

    SelfTestReport run() {
        Generation rules;
        Generation anew;
        try {
            rules = catalogue.activate(set);
            anew = catalogue.activate(set);
        } catch (PoSException e) {
            // a factory refused: it was there, the caller has looked
            return new SelfTestReport(set.id(), Hash.ZERO, 0, List.of(OneLine.of(e.getMessage())));
        }
        for (RuleRef rule : set.rules()) {
            for (KnownAnswer known : knownAnswers(rule)) {
                askKnown(rule, known);
            }
            for (Probe probe : Probes.of(rule)) {
                ask(rule, probe, rules, anew);
            }
        }
        return new SelfTestReport(set.id(), Hash.sha256(answers.toArray()), cases, problems);
    }

    private List<KnownAnswer> knownAnswers(RuleRef rule) {
        asking = rule.describe() + ": list of known answers";
        try {
            List<KnownAnswer> known =
                    catalogue.find(rule).orElseThrow().factory().knownAnswers();
            Set<String> names = new TreeSet<>();
            for (KnownAnswer answer : known) {
                if (!names.add(answer.name())) {
                    problem("'" + answer.name() + "' is in it twice, names must be unique");
                }
            }
            return List.copyOf(known);
        } catch (Throwable e) {
            // foreign code may throw anything
            problem(thrown(e));
            return List.of();
        }
    }

    private void askKnown(RuleRef rule, KnownAnswer known) {
        begin(rule, KNOWN + known.name());
        try {
            String first = known.answer().get();
            String again = known.answer().get();
            if (first == null || again == null) {
                problem("answers null");
            } else if (!first.equals(known.expected())) {
                problem("answers '" + first + "', must be '" + known.expected() + "'");
            } else if (!first.equals(again)) {
                problem("answers '" + again + "' when it is asked again, '" + first + "' before");
            } else {
                answers.string(first);
            }
        } catch (Throwable e) {
            // foreign code may throw anything
            problem(thrown(e));
        }
    }

    private void ask(RuleRef rule, Probe probe, Generation rules, Generation anew) {
        begin(rule, MADE_UP + probe.name());
        try {
            List<String> first = probe.question().ask(rules, Order.STRAIGHT);
            boolean same = isSame("is asked again", first, probe.question().ask(rules, Order.STRAIGHT))
                    && isSame(
                            "gets its inputs in another order",
                            first,
                            probe.question().ask(rules, Order.SHUFFLED))
                    && isSame("is made anew", first, probe.question().ask(anew, Order.STRAIGHT));
            if (same) {
                answers.list(first, Writer::string);
            }
        } catch (Throwable e) {
            // foreign code may throw anything
            problem(thrown(e));
        }
    }

    private boolean isSame(String when, List<String> first, List<String> other) {
        for (int i = 0; i < Math.max(first.size(), other.size()); i++) {
            String before = i < first.size() ? first.get(i) : "nothing";
            String now = i < other.size() ? other.get(i) : "nothing";
            if (!before.equals(now)) {
                problem("gives another answer when it " + when + ": '" + now + "', '" + before + "' before");
                return false;
            }
        }
        return true;
    }

    private void begin(RuleRef rule, String name) {
        cases++;
        asking = rule.describe() + ": " + name;
        answers.string(rule.id()).string(name);
    }

    private void problem(String what) {
        problems.add(OneLine.of(asking) + ": " + OneLine.of(what));
    }

    private static String thrown(Throwable failure) {
        return Probe.isUnfit(failure) ? failure.getMessage() : "throws " + failure;
    }
}
