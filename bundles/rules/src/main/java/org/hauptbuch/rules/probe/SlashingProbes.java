package org.hauptbuch.rules.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.chain.Offence;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.generation.Generation;
import org.hauptbuch.api.slashing.BlockFacts;
import org.hauptbuch.api.slashing.Observation;
import org.hauptbuch.api.slashing.SlashingRule;
import org.hauptbuch.api.value.Bytes;

/** Evidence that proves something, proves nothing or is no evidence, and a run of blocks with votes missing. */
final class SlashingProbes {
    private static final int MAX_KEY = 128;
    private static final int MAX_VALUE = 65_536;
    private static final int MAX_REASON = 1024;

    private SlashingProbes() {}

    static List<Probe> all(String id) {
        return List.of(
                new Probe(
                        "judge evidence", (rules, order) -> judge(rule(rules, id), new World("judge evidence", order))),
                new Probe(
                        "observe " + MadeUpBlocks.ALL.size() + " blocks",
                        (rules, order) -> observe(rule(rules, id), new World("observe blocks", order))));
    }

    private static SlashingRule rule(Generation rules, String id) {
        return rules.slashing().get(id);
    }

    private static List<String> judge(SlashingRule rule, World world) {
        Set<String> declared = new TreeSet<>();
        for (String type : Unfit.present("the evidence types", rule.evidenceTypes())) {
            Unfit.unless(
                    type != null && Validator.validId(type),
                    "judges evidence of type '" + type + "', must be 1 to 64 characters of a-z 0-9 _ . -");
            declared.add(type);
        }
        MadeUpEvidence makes = new MadeUpEvidence(world);
        MadeUpView view = makes.view();
        Answers answers = new Answers();
        answers.must("types", () -> String.join(" ", declared));
        for (Evidence evidence : makes.all()) {
            if (declared.contains(evidence.type())) {
                answers.may("evidence " + evidence.id(), () -> judge(rule, view, evidence));
            }
        }
        for (String type : declared) {
            Evidence garbage = makes.garbage(type);
            answers.may("garbage of type " + type, () -> judge(rule, view, garbage));
        }
        return answers.ask(world);
    }

    private static String judge(SlashingRule rule, MadeUpView view, Evidence evidence) {
        Offence offence = Unfit.present("the offence", rule.judge(view, evidence, MadeUpScheme.INSTANCE));
        check(offence);
        Unfit.unless(
                offence.offender().equals(evidence.offender()) && offence.height() == evidence.height(),
                "finds an offence of " + offence.offender() + " at height " + offence.height()
                        + ", must be of whom and when the evidence says");
        return Canon.text(offence);
    }

    private static void check(Offence offence) {
        Unfit.present("an offence's offender", offence.offender());
        Unfit.present("an offence's gravity", offence.gravity());
        Unfit.within("the length of an offence's reason", offence.reason().length(), 0, MAX_REASON);
    }

    private static List<String> observe(SlashingRule rule, World world) {
        MadeUpView view = world.view(1, MadeUpBlocks.MEMBERS);
        SortedMap<Bytes, Bytes> memory = new TreeMap<>();
        List<String> lines = new ArrayList<>();
        for (BlockFacts facts : MadeUpBlocks.ALL) {
            long height = facts.header().height();
            MadeUpView now = view.at(height, new TreeMap<>(memory));
            Observation seen = Unfit.present("what it saw", rule.observe(now, facts));
            for (Offence offence : seen.offences()) {
                check(offence);
                Unfit.within("an offence's height", offence.height(), 1, height);
                Unfit.unless(
                        now.validator(offence.offender()).isPresent(),
                        "accuses " + offence.offender() + ", must be a validator");
                lines.add(height + " " + Canon.text(offence));
            }
            for (Observation.Remembered entry : seen.memory()) {
                Unfit.within("the bytes of a memory key", entry.key().length(), 1, MAX_KEY);
                Unfit.within(
                        "the bytes of a memory value",
                        entry.value().map(Bytes::length).orElse(0),
                        0,
                        MAX_VALUE);
                lines.add(height + " " + Canon.text(entry));
                entry.value()
                        .ifPresentOrElse(value -> memory.put(entry.key(), value), () -> memory.remove(entry.key()));
            }
        }
        return lines;
    }
}
