package org.hauptbuch.rules.probe;

import java.util.ArrayList;
import java.util.List;
import org.hauptbuch.api.chain.Offence;
import org.hauptbuch.api.chain.SlashingEvent;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.generation.Generation;
import org.hauptbuch.api.penalty.Penalty;
import org.hauptbuch.api.penalty.PenaltyRule;

/** Offences of every gravity, alone and after others. */
final class PenaltyProbes {
    private static final long HEIGHT = 195;

    private PenaltyProbes() {}

    static List<Probe> all() {
        List<Probe> probes = new ArrayList<>();
        for (int before : new int[] {0, 1, 6}) {
            String name = "penalties after " + before + " others";
            probes.add(new Probe(name, (rules, order) -> penalties(rules, new World(name, order), before)));
        }
        return probes;
    }

    private static List<String> penalties(Generation rules, World world, int before) {
        PenaltyRule rule = rules.penalty();
        List<ValidatorSet.Member> members = world.members(12);
        List<SlashingEvent> events = new ArrayList<>();
        for (int i = 0; i < before; i++) {
            long height = HEIGHT - 12L * (before - i);
            events.add(world.event(world.offence(members.get(i).address(), height, i), height));
        }
        MadeUpView view = world.view(HEIGHT, members).with(List.of(), events);
        Answers answers = new Answers();
        for (int i = 0; i < 3 * members.size(); i++) {
            ValidatorSet.Member member = members.get(i / 3);
            Offence offence = world.offence(member.address(), HEIGHT - i, i);
            answers.must(
                    offence.gravity() + " of " + member.address() + " at " + offence.height(),
                    () -> penalty(rule, view, offence));
        }
        return answers.ask(world);
    }

    private static String penalty(PenaltyRule rule, MadeUpView view, Offence offence) {
        Penalty penalty = Unfit.present("the penalty", rule.penalty(view, offence));
        Unfit.present("the slashed share", penalty.slash());
        Unfit.present("the reporter's share", penalty.reporterShare());
        return Canon.text(penalty);
    }
}
