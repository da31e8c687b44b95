package org.hauptbuch.rules.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.generation.Generation;
import org.hauptbuch.api.reward.Accumulator;
import org.hauptbuch.api.reward.EpochSummary;
import org.hauptbuch.api.reward.Payout;
import org.hauptbuch.api.reward.RewardRule;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Amounts;

/** Epochs of few and many validators, pots of nothing and of very much, and what a share earns over some epochs. */
final class RewardProbes {
    private static final long BLOCKS = 100;

    private RewardProbes() {}

    static List<Probe> all() {
        List<Probe> probes = new ArrayList<>();
        for (int count : new int[] {1, 5, 30}) {
            String name = "an epoch of " + count;
            probes.add(new Probe(name, (rules, order) -> epoch(rules, new World(name, order), count)));
        }
        probes.add(
                new Probe("what shares earn", (rules, order) -> shares(rules, new World("what shares earn", order))));
        return probes;
    }

    private static List<String> epoch(Generation rules, World world, int count) {
        RewardRule rule = rules.reward();
        List<EpochSummary.Participant> participants = new ArrayList<>();
        List<ValidatorSet.Member> members = world.members(count, 1L << 50);
        for (Validator validator : world.validators(members)) {
            long power = members.get(participants.size()).power();
            // one in three did nothing at all
            boolean idle = participants.size() % 3 == 2;
            participants.add(new EpochSummary.Participant(
                    validator,
                    power,
                    idle ? 0 : world.draws().below(BLOCKS),
                    idle ? 0 : 1 + world.draws().below(BLOCKS)));
        }
        Answers answers = new Answers();
        for (long supply : new long[] {1_000_000_000_000_000L, Amounts.MAX - 5, Amounts.MAX}) {
            for (long blockReward : new long[] {0, 100}) {
                EpochSummary summary = new EpochSummary(
                        3, BLOCKS, blockReward, supply, 500_000_000_000_000L, world.order(participants));
                answers.must(
                        "issuance " + blockReward + " of " + supply,
                        () -> Long.toString(Unfit.within("the issuance", rule.issuance(summary), 0, Amounts.MAX)));
                for (long pot : new long[] {0, 1, 1_000_001, 1_000_000_000_000_000L}) {
                    answers.must(
                            "divide " + pot + " at " + blockReward + " of " + supply, () -> divide(rule, summary, pot));
                }
            }
        }
        return answers.ask(world);
    }

    private static String divide(RewardRule rule, EpochSummary summary, long pot) {
        SortedSet<Address> unpaid = new TreeSet<>();
        summary.participants().forEach(p -> unpaid.add(p.validator().address()));
        SortedSet<String> lines = new TreeSet<>();
        long left = pot;
        for (Payout payout : Unfit.present("the payouts", rule.divide(summary, pot))) {
            Unfit.unless(
                    unpaid.remove(Unfit.present("a payout's validator", payout.validator())),
                    "pays " + payout.validator() + ", must pay a participant of the epoch, each once");
            left -= Unfit.within("the commission of " + payout.validator(), payout.commission(), 0, left);
            left -= Unfit.within("the pool of " + payout.validator(), payout.pool(), 0, left);
            lines.add(Canon.text(payout));
        }
        // who gets what, not in which order
        return String.join(", ", lines);
    }

    private static List<String> shares(Generation rules, World world) {
        RewardRule rule = rules.reward();
        List<String> lines = new ArrayList<>();
        for (long shares : new long[] {1, 3, 1_000_000, 1L << 60}) {
            Accumulator now = Accumulator.ZERO;
            for (int epoch = 0; epoch < 6; epoch++) {
                Accumulator entry = now;
                long amount = epoch == 0 ? 0 : 1 + world.draws().below(1_000_000_000_000L);
                now = Unfit.present("an accumulator", rule.accrue(entry, shares, amount));
                Unfit.unless(
                        now.perShare().compareTo(entry.perShare()) >= 0,
                        "takes back what a share has earned already: " + entry.perShare() + " to " + now.perShare());
                long owed = Unfit.within("what all shares earned", rule.owed(entry, now, shares), 0, amount);
                long half = Unfit.within("what half of them earned", rule.owed(entry, now, shares / 2), 0, owed);
                lines.add(shares + " earn " + amount + " -> " + now.perShare() + " " + owed + " " + half);
            }
        }
        return lines;
    }
}
