package org.hauptbuch.rules.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.generation.Generation;
import org.hauptbuch.api.selection.PrivateSchedule;
import org.hauptbuch.api.selection.PublicSchedule;
import org.hauptbuch.api.selection.Schedule;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;

/** Elections of few and many, and draws of proposers asked in any order. */
final class SelectionProbes {
    private static final int HEIGHTS = 12;
    private static final int ROUNDS = 4;
    private static final Address STRANGER = new Address(Bytes.of(new byte[Address.LENGTH]));

    private SelectionProbes() {}

    static List<Probe> all() {
        List<Probe> probes = new ArrayList<>();
        for (int[] sizes : new int[][] {{1, 1}, {3, 100}, {7, 3}, {20, 7}, {60, 59}}) {
            String name = "elect " + sizes[1] + " of " + sizes[0];
            probes.add(new Probe(name, (rules, order) -> elect(rules, new World(name, order), sizes[0], sizes[1])));
        }
        for (int size : new int[] {1, 4, 20}) {
            for (boolean seeded : new boolean[] {false, true}) {
                String name = "propose among " + size + (seeded ? " with a seed" : " without a seed");
                probes.add(new Probe(name, (rules, order) -> propose(rules, new World(name, order), size, seeded)));
            }
        }
        return probes;
    }

    private static List<String> elect(Generation rules, World world, int count, int most) {
        List<ValidatorSet.Member> candidates = world.members(count, 1L << 50);
        List<ValidatorSet.Member> elected =
                Unfit.present("the election", rules.selection().elect(world.order(candidates), most));
        Unfit.unless(elected.size() <= most, "elects " + elected.size() + ", must elect at most " + most);
        SortedSet<String> standing = new TreeSet<>();
        candidates.forEach(candidate -> standing.add(Canon.text(candidate)));
        SortedSet<String> lines = new TreeSet<>();
        for (ValidatorSet.Member member : elected) {
            String line = Canon.text(Unfit.present("an elected member", member));
            Unfit.unless(
                    standing.remove(line),
                    "elects " + line + ", must elect candidates, unchanged (address, key, power), each once");
            lines.add(line);
        }
        // whom, not in which order: the set is ordered by address
        return List.copyOf(lines);
    }

    private static List<String> propose(Generation rules, World world, int size, boolean seeded) {
        // one that has nearly all the power, and many that share it
        ValidatorSet set = world.set(size == 20 && seeded ? world.members(size, 1L << 50) : world.members(size));
        Answers answers = new Answers();
        for (long epoch : new long[] {0, 7}) {
            long first = epoch * World.EPOCH + 1;
            Hash seed = seeded ? world.hash() : Hash.ZERO;
            Schedule schedule = Unfit.present("a schedule", rules.selection().prepare(epoch, first, set, seed));
            for (int i = 0; i < HEIGHTS * ROUNDS; i++) {
                long height = first + i / ROUNDS;
                int round = i % ROUNDS;
                answers.must("height " + height + " round " + round, () -> turn(schedule, set, height, round));
            }
        }
        return answers.ask(world);
    }

    /** Who proposes; or what made-up draws of all validators, and of a stranger, are worth. */
    private static String turn(Schedule schedule, ValidatorSet set, long height, int round) {
        if (schedule instanceof PublicSchedule known) {
            Address proposer = Unfit.present("a proposer", known.proposer(height, round));
            Unfit.unless(set.contains(proposer), "lets " + proposer + " propose, must be a validator of the epoch");
            return proposer.toString();
        }
        StringBuilder ranks = new StringBuilder();
        for (ValidatorSet.Member member : set.members()) {
            Address who = member.address();
            OptionalLong rank = Unfit.present("a rank", schedule.rank(height, round, who, draw(who, height, round)));
            rank.ifPresent(value -> Unfit.within("the rank of a draw", value, 0, PrivateSchedule.MAX_RANK));
            ranks.append(rank.isPresent() ? " " + rank.getAsLong() : " -");
        }
        OptionalLong rank = schedule.rank(height, round, STRANGER, draw(STRANGER, height, round));
        Unfit.unless(rank.isEmpty(), "lets " + STRANGER + " propose, must be a validator of the epoch");
        return ranks.toString();
    }

    private static Bytes draw(Address who, long height, int round) {
        Bytes half =
                new Writer().fixed(who.bytes()).u64(height).u32(round).sha256().bytes();
        return new Writer()
                .fixed(half)
                .fixed(Hash.sha256(half.toArray()).bytes())
                .toBytes();
    }
}
