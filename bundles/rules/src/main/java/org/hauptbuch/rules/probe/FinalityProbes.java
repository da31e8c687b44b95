package org.hauptbuch.rules.probe;

import java.util.ArrayList;
import java.util.List;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.block.VotePhase;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.finality.FinalityRule;
import org.hauptbuch.api.generation.Generation;
import org.hauptbuch.api.value.Hash;

/** One height among four validators and a follower, with what goes wrong in a network. */
final class FinalityProbes {
    private FinalityProbes() {}

    static List<Probe> all() {
        List<Probe> probes = new ArrayList<>();
        for (Table.Trouble trouble : Table.Trouble.values()) {
            String name = "a height with " + trouble.text();
            probes.add(new Probe(name, (rules, order) -> height(rules, new World(name, order), trouble)));
        }
        probes.add(new Probe("certificates", (rules, order) -> certificates(rules, new World("certificates", order))));
        return probes;
    }

    private static List<String> height(Generation rules, World world, Table.Trouble trouble) {
        return new Table(rules.finality(), world, trouble).play();
    }

    private static List<String> certificates(Generation rules, World world) {
        FinalityRule rule = rules.finality();
        List<ValidatorSet.Member> members = world.keys(4).stream()
                .map(key -> MadeUpEvidence.member(key, 10))
                .toList();
        ValidatorSet set = world.set(members);
        Answers answers = new Answers();
        for (VotePhase phase :
                List.of(VotePhase.PREVOTE, VotePhase.PRECOMMIT, VotePhase.NOTARIZE, VotePhase.FINALIZE)) {
            for (int voters = 1; voters <= members.size(); voters++) {
                for (Hash block : List.of(Hash.ZERO, world.hash())) {
                    Certificate certificate = Certificate.of(members.subList(0, voters).stream()
                            .map(member -> MadeUpEvidence.vote(member, phase, 7, 2, block))
                            .toList());
                    boolean quorum = voters >= 3;
                    answers.may(
                            phase + " of " + voters + " for " + block, () -> verify(rule, set, certificate, quorum));
                }
            }
        }
        Certificate nobody = new Certificate(VotePhase.PRECOMMIT, 7, 2, world.hash(), List.of());
        answers.may("nobody's", () -> verify(rule, set, nobody, false));
        return answers.ask(world);
    }

    private static String verify(FinalityRule rule, ValidatorSet set, Certificate certificate, boolean quorum) {
        rule.verifyFinal(certificate, World.CHAIN, set, MadeUpScheme.INSTANCE);
        Unfit.unless(
                quorum,
                "takes " + certificate.signatures().size()
                        + " of 4 equal votes for final, must be more than two thirds");
        return "final";
    }
}
