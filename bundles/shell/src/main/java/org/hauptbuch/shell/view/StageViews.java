package org.hauptbuch.shell.view;

import java.util.List;
import java.util.Optional;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.api.node.RuleStaging.JarReport;
import org.hauptbuch.api.node.ShadowReport;
import org.hauptbuch.shell.JarTrial;
import org.hauptbuch.shell.RollbackVotes;
import org.hauptbuch.shell.RuleRetirement;

/** What was found out about rules before they are used. */
public final class StageViews {
    private StageViews() {}

    /** A jar. The command fails where something is wrong with it. */
    public static View jar(JarTrial.Result result) {
        JarReport jar = result.jar();
        View view = new View(Json.object()
                        .put("digest", jar.digest())
                        .put("symbolicName", jar.symbolicName())
                        .put("version", jar.version())
                        .put("rules", Json.texts(jar.rules().stream()))
                        .put("imports", Json.texts(jar.imports().stream()))
                        .put("signers", Json.texts(jar.signers().stream()))
                        .put("installed", result.staged())
                        .put("selfTest", result.selfTest().map(test -> Json.object()
                                .put("ruleSetId", test.ruleSet())
                                .put("digest", test.digest())
                                .put("cases", test.cases())
                                .build()))
                        .put("problems", Json.texts(result.problems().stream()))
                        .build())
                .field("sha256", jar.digest())
                .field("bundle", jar.symbolicName().isEmpty() ? "none" : jar.symbolicName() + " " + jar.version())
                .field("rules", list(jar.rules(), "none"))
                .field("imports", list(jar.imports(), "nothing"))
                .field("signed by", list(jar.signers(), "nobody"))
                .field("installed", result.staged() ? "yes, beside what runs" : "no")
                .field(
                        "self-test",
                        result.selfTest()
                                .map(test -> test.digest() + ", " + test.cases() + " cases, as rule set "
                                        + Text.shorter(test.ruleSet()))
                                .orElse(result.staged() ? "did not run" : "runs once it is installed"));
        result.problems().forEach(problem -> view.field("wrong", problem));
        if (!result.problems().isEmpty()) {
            view.failing(
                    result.staged()
                            ? "installed, but no validator would attest a plan with it"
                            : "refused: nothing is installed");
        }
        return view;
    }

    /** A jar that is out. */
    public static View retired(RuleRetirement.Retired retired) {
        return new View(Json.object()
                        .put("digest", retired.digest())
                        .put("rules", Json.texts(retired.rules().stream()))
                        .build())
                .line("retired: " + String.join(", ", retired.rules()) + " (SHA-256 " + retired.digest()
                        + "); its bytes stay kept");
    }

    /** What the shadow run has found. The command fails where the node would not attest. */
    public static View shadow(NodeService node) {
        Optional<ShadowReport> found = node.shadow();
        if (found.isEmpty()) {
            return new View(Json.object().put("shadow", found).build())
                    .line("No shadow run: no plan waits, or " + node.name() + " lacks its rules.");
        }
        ShadowReport report = found.get();
        View view = new View(Json.object()
                        .put(
                                "shadow",
                                Json.object()
                                        .put("ruleSetId", report.ruleSet())
                                        .put("from", report.from())
                                        .put("blocks", report.blocks())
                                        .put(
                                                "differences",
                                                Json.array(report.differences().stream(), difference -> Json.object()
                                                        .put("height", difference.height())
                                                        .put("what", difference.what())
                                                        .put("active", difference.active())
                                                        .put("shadow", difference.shadow())
                                                        .build()))
                                        .put("problems", Json.texts(report.problems().stream()))
                                        .build())
                        .build())
                .field("rule set", report.ruleSet())
                .field(
                        "blocks",
                        report.blocks() + " compared; every block from " + report.from()
                                + " to the gate, before that the last of each epoch")
                .field("differences", report.differences().size())
                .field("problems", report.problems().size());
        View.Table table = view.table(
                report.blocks() == 0 ? "Nothing to compare yet." : "Every result is the same.",
                "block",
                "what",
                "active",
                "shadow");
        report.differences()
                .forEach(difference ->
                        table.row(difference.height(), difference.what(), difference.active(), difference.shadow()));
        report.problems().forEach(problem -> view.line("wrong: " + problem));
        if (!report.problems().isEmpty()) {
            view.failing(node.name() + " does not attest: the shadow run found problems");
        }
        return view;
    }

    /** What votes to go back have done. The command fails where one that should have voted did not. */
    public static View rollback(RollbackVotes.Result result) {
        View view = new View(Json.object()
                        .put("fallback", result.fallback().id())
                        .put("votes", Json.map(result.heights()))
                        .put("refusals", Json.texts(result.refusals().stream()))
                        .put("votedPower", result.power())
                        .put("totalPower", result.total())
                        .build())
                .field("back to", result.fallback().id());
        result.heights()
                .forEach((name, height) -> view.line(name + " votes to decide height " + height
                        + " under these rules, and signs nothing for it under the active ones."));
        view.line("These votes are " + Text.share(result.power(), result.total())
                + " of the voting power; the network goes back when more than two thirds have voted for one height.");
        result.refusals().forEach(view::line);
        if (!result.refusals().isEmpty()) {
            view.failing("not every validator of this container has voted");
        }
        return view;
    }

    private static String list(List<?> values, String none) {
        return values.isEmpty()
                ? none
                : String.join(", ", values.stream().map(Object::toString).toList());
    }
}
