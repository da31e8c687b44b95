package org.hauptbuch.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.node.AvailableRule;
import org.hauptbuch.api.node.RuleStaging;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;

/** Takes any bytes for a jar with the rules that a test says are inside. */
public final class FakeStaging implements RuleStaging {
    private final List<FakeNode> nodes;
    /** What is inside of every jar: ids, with their kinds. */
    public final Map<String, RuleKind> inside = new TreeMap<>();

    public final List<String> problems = new ArrayList<>();
    public final List<Hash> signers = new ArrayList<>();
    public final List<String> staged = new ArrayList<>();
    public Optional<String> refusal = Optional.empty();
    /** What is staged does not come up by itself. */
    public boolean slow;

    FakeStaging(List<FakeNode> nodes) {
        this.nodes = nodes;
    }

    @Override
    public JarReport examine(Bytes jar) {
        return new JarReport(
                Hash.sha256(jar),
                "org.example.rules",
                "0.2.0",
                List.copyOf(inside.keySet()),
                List.of("org.hauptbuch.api.rule [1.0,2)"),
                signers,
                problems);
    }

    @Override
    public JarReport stage(Bytes jar, String source) {
        if (refusal.isPresent()) {
            throw new PoSException(PoSError.CONSENSUS_STATE_UPDATE_FAILED, refusal.get());
        }
        staged.add(source);
        if (!slow) {
            comeUp(jar, source);
        }
        return examine(jar);
    }

    @Override
    public boolean retire(Hash digest) {
        boolean in = nodes.stream().anyMatch(node -> node.rules.stream()
                .anyMatch(rule -> rule.digest().equals(digest) && !rule.source().startsWith("mvn:")));
        if (in) {
            nodes.forEach(node -> node.rules.removeIf(rule -> rule.digest().equals(digest)));
        }
        return in;
    }

    /** The rules of {@code jar} are there. */
    public void comeUp(Bytes jar, String source) {
        inside.forEach((id, kind) -> nodes.forEach(
                node -> node.rules.add(new AvailableRule(kind, id, "0.2.0", Hash.sha256(jar), false, false, source))));
    }
}
