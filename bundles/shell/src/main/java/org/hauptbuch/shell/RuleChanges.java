package org.hauptbuch.shell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.api.rule.RuleChange;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.rule.RuleSet;

/** Reads what a plan is to change: {@code KIND=ID:VERSION}, {@code slashing=-ID}, and the parameters of these rules. */
public final class RuleChanges {
    private static final String FORM = "KIND=ID:VERSION with KIND one of "
            + Arrays.stream(RuleKind.values()).map(RuleKind::text).collect(Collectors.joining(", "))
            + ", or slashing=-ID";

    private final RuleAdoption adoption;
    private final NodeService node;

    private record Word(RuleKind kind, String id, Optional<String> version, String text) {}

    public RuleChanges(RuleAdoption adoption, NodeService node) {
        this.adoption = adoption;
        this.node = node;
    }

    /**
     * The active rule set with all changes.
     *
     * @param changes each {@code KIND=ID:VERSION} or {@code slashing=-ID}
     * @param parameters each {@code KIND.NAME=VALUE} or {@code ID.NAME=VALUE}; a rule without any keeps its own
     * @throws Failure where one is malformed, means nothing, or is given twice, or where nothing would change
     */
    public RuleSet apply(List<String> changes, List<String> parameters) {
        List<Word> words = new ArrayList<>();
        for (String text : changes) {
            Word word = word(text);
            for (Word other : words) {
                if (other.kind() == word.kind()
                        && (!word.kind().isMany() || other.id().equals(word.id()))) {
                    throw Failure.argument(
                            "RULE",
                            text,
                            word.kind().isMany() ? "a condition that is named once" : "a kind that is named once");
                }
            }
            words.add(word);
        }
        Map<String, List<String>> dealt = deal(words, parameters);
        RuleSet set = node.activeRules();
        for (Word word : words) {
            set = set.apply(change(word, dealt.getOrDefault(word.text(), List.of())));
        }
        requireChange(node, set);
        return set;
    }

    /** Refuses a plan that changes nothing. */
    static void requireChange(NodeService node, RuleSet to) {
        if (to.equals(node.activeRules())) {
            throw new Failure("nothing would change: the chain uses these rules with these parameters already");
        }
    }

    private RuleChange change(Word word, List<String> parameters) {
        if (word.version().isEmpty()) {
            return adoption.remove(node, word.id());
        }
        RuleChange change = adoption.adopt(node, word.id(), word.version().get(), parameters);
        if (change.rule().kind() != word.kind()) {
            throw Failure.argument(
                    "RULE",
                    word.text(),
                    change.rule().kind().text() + "=" + word.id() + ":"
                            + word.version().get() + ": that rule is of kind "
                            + change.rule().kind().text());
        }
        return change;
    }

    private static Word word(String text) {
        int equals = text.indexOf('=');
        Optional<RuleKind> kind = equals < 0 ? Optional.empty() : RuleKind.ofText(text.substring(0, equals));
        if (kind.isEmpty()) {
            throw Failure.argument("RULE", text, FORM);
        }
        String rule = text.substring(equals + 1);
        if (rule.startsWith("-") && rule.length() > 1 && rule.indexOf(':') < 0) {
            if (!kind.get().isMany()) {
                throw Failure.argument(
                        "RULE", text, "a slashing condition: a chain needs one rule of every other kind");
            }
            return new Word(kind.get(), rule.substring(1), Optional.empty(), text);
        }
        int colon = rule.indexOf(':');
        if (colon < 1 || colon == rule.length() - 1) {
            throw Failure.argument("RULE", text, FORM);
        }
        return new Word(kind.get(), rule.substring(0, colon), Optional.of(rule.substring(colon + 1)), text);
    }

    private static Map<String, List<String>> deal(List<Word> words, List<String> parameters) {
        List<Word> adopted =
                words.stream().filter(word -> word.version().isPresent()).toList();
        Map<String, List<String>> dealt = new TreeMap<>();
        for (String parameter : parameters) {
            int equals = parameter.indexOf('=');
            String name = equals < 0 ? "" : parameter.substring(0, equals);
            Optional<Word> byId = adopted.stream()
                    .filter(word -> name.startsWith(word.id() + "."))
                    .max(Comparator.comparing(word -> word.id().length()));
            List<Word> byKind = adopted.stream()
                    .filter(word -> name.startsWith(word.kind().text() + "."))
                    .toList();
            if (byId.isEmpty() && byKind.size() > 1) {
                throw Failure.argument(
                        "--param", parameter, "ID.NAME=VALUE, because several rules of that kind are named");
            }
            Word word = byId.or(() -> byKind.stream().findFirst())
                    .orElseThrow(() -> Failure.argument(
                            "--param",
                            parameter,
                            "KIND.NAME=VALUE or ID.NAME=VALUE of a rule that is named here: "
                                    + adopted.stream().map(Word::id).collect(Collectors.joining(", "))));
            String prefix = byId.isPresent() ? word.id() : word.kind().text();
            dealt.computeIfAbsent(word.text(), key -> new ArrayList<>()).add(parameter.substring(prefix.length() + 1));
        }
        return dealt;
    }
}
