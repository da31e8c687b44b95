package org.hauptbuch.benchmarks;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.selection.PublicSchedule;
import org.hauptbuch.api.selection.SelectionRule;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.api.value.PublicKey;
import org.hauptbuch.selection.roundrobin.RoundRobinSelectionFactory;
import org.hauptbuch.selection.weighted.WeightedSelectionFactory;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Who validates and who proposes. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 6, time = 2)
@Fork(1)
public class ValidatorSelectionBenchmark {
    private static final int VALIDATORS = 100;
    private static final Hash SEED = Hash.sha256(new byte[] {1});

    /** Candidates for an epoch's set, and the rule that elects. */
    @State(Scope.Benchmark)
    public static class Epoch {
        /** How many stand. */
        @Param("1000")
        int candidates;

        /** Which rule. */
        @Param({"weighted", "roundrobin"})
        String rule;

        List<ValidatorSet.Member> standing;
        SelectionRule selection;
        long epoch;

        /** Makes the candidates. */
        @Setup
        public void make() {
            standing = members(candidates);
            selection = (SelectionRule)
                    (rule.equals("weighted") ? new WeightedSelectionFactory() : new RoundRobinSelectionFactory())
                            .create(Parameters.NONE);
        }
    }

    /** One large set, prepared. */
    @State(Scope.Benchmark)
    public static class Crowd {
        /** How many are in it. */
        @Param("1000000")
        int crowd;

        List<ValidatorSet.Member> members;
        ValidatorSet set;
        SelectionRule selection;
        PublicSchedule schedule;
        long height = 1;

        /** Makes the set and prepares the schedule. */
        @Setup
        public void make() {
            members = members(crowd);
            set = ValidatorSet.of(members);
            selection = (SelectionRule) new WeightedSelectionFactory().create(Parameters.NONE);
            schedule = (PublicSchedule) selection.prepare(0, 1, set, SEED);
        }
    }

    /** The operation of the specification: elect the next epoch's 100, prepare its schedule, draw the first proposer. */
    @Benchmark
    public Address electPrepareDraw(Epoch epoch) {
        long number = epoch.epoch++;
        long height = number * 100 + 1;
        ValidatorSet set = ValidatorSet.of(epoch.selection.elect(epoch.standing, VALIDATORS));
        return ((PublicSchedule) epoch.selection.prepare(number, height, set, SEED)).proposer(height, 0);
    }

    /** One draw among a million. */
    @Benchmark
    public Address drawAmongAMillion(Crowd crowd) {
        return crowd.schedule.proposer(crowd.height++, 0);
    }

    /** What comes before the first of these draws. */
    @Benchmark
    public PublicSchedule prepareAMillion(Crowd crowd) {
        return (PublicSchedule) crowd.selection.prepare(0, 1, crowd.set, SEED);
    }

    /** The best 100 of a million. */
    @Benchmark
    public List<ValidatorSet.Member> electOfAMillion(Crowd crowd) {
        return crowd.selection.elect(crowd.members, VALIDATORS);
    }

    /** Candidates with stakes between one and a hundred million, by ascending address. */
    private static List<ValidatorSet.Member> members(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    Bytes digest = Hash.sha256(new byte[] {(byte) i, (byte) (i >> 8), (byte) (i >> 16)})
                            .bytes();
                    long stake = 1_000_000 + (digest.at(0) & 0xff) * 390_000L + i % 1_000;
                    return new ValidatorSet.Member(
                            new Address(Bytes.of(digest.toArray(), 0, Address.LENGTH)),
                            new PublicKey(KeyType.ED25519, digest),
                            stake);
                })
                .sorted(Comparator.comparing(ValidatorSet.Member::address))
                .toList();
    }
}
