package org.hauptbuch.shell;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.node.AvailableRule;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.api.node.RuleStaging;
import org.hauptbuch.api.node.RuleStaging.JarReport;
import org.hauptbuch.api.node.SelfTestReport;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.value.Bytes;

/** Looks into a rule jar, installs it where that is wanted, and tests the rules inside in place of those they replace. */
public final class JarTrial {
    /** How long the rules of a jar may take to be there once it is started. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final long LOOK_MILLIS = 25;

    private final Container container;
    private final Pause pause;

    /**
     * What came of it.
     *
     * @param jar what the jar is
     * @param staged whether this call has installed it, or found it installed
     * @param selfTest what the test of the resulting rule set gave; empty where it could not run
     * @param problems everything that is wrong, one line each
     */
    public record Result(JarReport jar, boolean staged, Optional<SelfTestReport> selfTest, List<String> problems) {
        public Result {
            problems = List.copyOf(problems);
        }
    }

    public JarTrial(Container container, Pause pause) {
        this.container = container;
        this.pause = pause;
    }

    /** Looks, and tests where the jar is installed already. */
    public Result verify(Bytes jar, Optional<NodeService> node) {
        JarReport report = staging().examine(jar);
        List<AvailableRule> here = node.map(at -> rules(at, report)).orElse(List.of());
        return here.isEmpty()
                ? new Result(report, false, Optional.empty(), report.problems())
                : tested(report, node.orElseThrow(), here);
    }

    /** Looks, installs what is not refused, and tests it. */
    public Result stage(Bytes jar, String source, Optional<NodeService> node) throws InterruptedException {
        JarReport report = staging().examine(jar);
        if (!report.problems().isEmpty()) {
            return new Result(report, false, Optional.empty(), report.problems());
        }
        JarReport staged;
        try {
            staged = staging().stage(jar, source);
        } catch (PoSException e) {
            return new Result(report, false, Optional.empty(), List.of(e.getMessage()));
        }
        if (node.isEmpty()) {
            return new Result(staged, true, Optional.empty(), List.of());
        }
        List<AvailableRule> here = await(staged, node.get());
        List<String> there = here.stream().map(AvailableRule::id).toList();
        List<String> absent =
                staged.rules().stream().filter(id -> !there.contains(id)).toList();
        if (!absent.isEmpty()) {
            return new Result(
                    staged,
                    true,
                    Optional.empty(),
                    List.of("installed, but " + String.join(", ", absent) + " did not come up in "
                            + PATIENCE.toSeconds() + " s: the log says why"));
        }
        return tested(staged, node.get(), here);
    }

    private Result tested(JarReport report, NodeService node, List<AvailableRule> here) {
        List<String> problems = new ArrayList<>(report.problems());
        RuleAdoption adoption = new RuleAdoption(container);
        RuleSet set = node.activeRules();
        for (AvailableRule rule : here) {
            set = set.apply(adoption.replacement(node, rule));
        }
        try {
            SelfTestReport test = node.selfTest(set);
            problems.addAll(test.problems());
            return new Result(report, true, Optional.of(test), problems);
        } catch (PoSException e) {
            problems.add(e.getMessage());
            return new Result(report, true, Optional.empty(), problems);
        }
    }

    private List<AvailableRule> await(JarReport report, NodeService node) throws InterruptedException {
        long deadline = pause.nanoTime() + PATIENCE.toNanos();
        List<AvailableRule> here = rules(node, report);
        while (here.size() < report.rules().size() && pause.nanoTime() < deadline) {
            pause.millis(LOOK_MILLIS);
            here = rules(node, report);
        }
        return here;
    }

    private static List<AvailableRule> rules(NodeService node, JarReport report) {
        return node.availableRules().stream()
                .filter(rule -> rule.digest().equals(report.digest()))
                .toList();
    }

    private RuleStaging staging() {
        return container
                .staging()
                .orElseThrow(() -> new Failure("no rule can be staged: the rules bundle of this container is not up"));
    }
}
