package org.hauptbuch.finality.simplex;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.block.Vote;
import org.hauptbuch.api.block.VotePhase;
import org.hauptbuch.api.finality.Action;
import org.hauptbuch.api.finality.Event;
import org.hauptbuch.api.finality.FinalityMachine;
import org.hauptbuch.api.finality.Message;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Hash;

/**
 * One height decided by machines over a network that delays, drops, repeats and reorders, with partitions, crashes and
 * liars, until it heals at {@link #HEAL}; all of it drawn from one seed. Time is virtual.
 */
final class RandomWorld {
    private static final long HEAL = 8_000;
    private static final long END = 120_000;
    private static final long RETRANSMIT = 300;

    /** What happened, to know that the seeds are worth running. */
    static final class Tally {
        int crashes;
        int massCrashes;
        int dropped;
        int repeated;
        int cut;
        int accusations;
        int laterRounds;
        int reproposals;
        int proofs;

        void add(Tally other) {
            crashes += other.crashes;
            massCrashes += other.massCrashes;
            dropped += other.dropped;
            repeated += other.repeated;
            cut += other.cut;
            accusations += other.accusations;
            laterRounds += other.laterRounds;
            reproposals += other.reproposals;
            proofs += other.proofs;
        }

        @Override
        public String toString() {
            return "crashes " + crashes + ", of all at once " + massCrashes + ", dropped " + dropped + ", repeated "
                    + repeated + ", cut by a partition " + cut + ", accusations " + accusations
                    + ", decided after round 0 " + laterRounds + ", blocks proposed again " + reproposals
                    + ", proofs " + proofs;
        }
    }

    private record Task(long at, long order, Runnable run) implements Comparable<Task> {
        @Override
        public int compareTo(Task other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
        }
    }

    final Tally tally = new Tally();
    private final Random random;
    private final Cast cast;
    private final Set<Integer> liars = new HashSet<>();
    private final List<Player> players = new ArrayList<>();
    private final PriorityQueue<Task> tasks = new PriorityQueue<>();
    private final Map<Hash, Boolean> blocks = new HashMap<>();
    private final Map<String, Hash> signed = new HashMap<>();
    private final double loss;
    private final double[][] linkLoss;
    private final int favoured;
    private final int blind;
    private final double blindness;
    private final boolean gossips;
    private final boolean[] aside;
    private final long partitionBegins;
    private final long partitionEnds;
    private final long maxDelay;
    private Hash digest = Hash.ZERO;
    private Optional<Certificate> decision = Optional.empty();
    private long now;
    private long order;

    RandomWorld(long seed) {
        random = new Random(seed * 0x9E3779B97F4A7C15L);
        int size = seed % 3 == 2 ? 7 : 4;
        cast = seed % 5 == 4 ? Cast.weighted(weights(size)) : Cast.equal(size);
        loss = random.nextInt(4) * 0.15;
        linkLoss = new double[size][size];
        for (double[] row : linkLoss) {
            Arrays.setAll(row, i -> random.nextInt(4) == 0 ? 0.9 : loss);
        }
        favoured = random.nextBoolean() ? random.nextInt(size) : -1;
        blind = random.nextInt(size);
        blindness = random.nextBoolean() ? 0.9 : 0.4;
        gossips = random.nextBoolean();
        aside = new boolean[size];
        for (int i = 0; i < size; i++) {
            aside[i] = random.nextBoolean();
        }
        partitionBegins = random.nextInt((int) HEAL);
        partitionEnds = random.nextBoolean() ? Math.min(HEAL, partitionBegins + random.nextInt(6_000)) : 0;
        maxDelay = 1 + random.nextInt(random.nextBoolean() ? 50 : 1_500);
        int most = seed % 5 == 4 ? 1 : (size - 1) / 3;
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            liars.add(random.nextInt(size));
        }
        for (int i = 0; i < size; i++) {
            players.add(new Player(i));
        }
    }

    private static long[] weights(int size) {
        // one of them has a little less than a third
        long[] weights = new long[size];
        for (int i = 0; i < size; i++) {
            weights[i] = i == 0 ? (size - 1) * 5 - 1 : 10;
        }
        return weights;
    }

    String describe() {
        return cast.addresses.size() + " validators, liars " + liars + ", loss " + loss + ", delay " + maxDelay
                + ", time " + now + ", rounds "
                + players.stream()
                        .map(p -> p.decided ? "decided" : p.machine.round() + " " + p.machine.step())
                        .toList();
    }

    /** Runs until everybody honest has decided; returns the digest of everything that was delivered. */
    Hash run() {
        players.forEach(player -> at(random.nextInt(500), player::start));
        scheduleCrashes();
        while (!tasks.isEmpty() && players.stream().anyMatch(p -> !p.isLiar() && !p.decided)) {
            Task task = tasks.poll();
            now = task.at;
            if (now > END) {
                throw new AssertionError("no decision " + (END - HEAL) + " ms after the network healed");
            }
            task.run.run();
        }
        if (decision.orElseThrow().round() > 0) {
            tally.laterRounds++;
        }
        return digest;
    }

    private void scheduleCrashes() {
        for (int i = random.nextInt(4); i > 0; i--) {
            Player victim = players.get(random.nextInt(players.size()));
            at(random.nextInt((int) HEAL), victim::crash);
        }
        if (random.nextInt(4) == 0) {
            tally.massCrashes++;
            long when = random.nextInt((int) HEAL);
            players.forEach(player -> at(when, player::crash));
        }
    }

    private void at(long time, Runnable run) {
        tasks.add(new Task(time, order++, run));
    }

    private void later(long delay, Runnable run) {
        at(now + delay, run);
    }

    private void note(String what) {
        digest = Hash.sha256(digest.toArray(), (now + " " + what).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /** A message travels; before the network heals it may be lost, or late. */
    private void send(Player from, Player to, Message message) {
        boolean healed = now >= HEAL;
        if (now >= partitionBegins && now < partitionEnds && aside[from.index] != aside[to.index]) {
            tally.cut++;
            return;
        }
        if (!healed && random.nextDouble() < lossOf(from, to, message)) {
            tally.dropped++;
            return;
        }
        later(1 + random.nextInt(healed ? 40 : (int) maxDelay), () -> to.receive(message));
        if (random.nextInt(20) == 0) {
            tally.repeated++;
            later(1 + random.nextInt(2_000), () -> to.receive(message));
        }
    }

    /**
     * In half of the worlds the loss is the work of somebody who wants two decisions: one player hears everything and
     * decides early, its reasons do not reach the others, who hear each other give the round up, and one of them does
     * not even hear what is notarized.
     */
    private double lossOf(Player from, Player to, Message message) {
        if (favoured < 0) {
            return linkLoss[from.index][to.index];
        }
        if (to.index == favoured || !(message instanceof Message.Ballot ballot)) {
            return 0;
        }
        if (ballot.vote().phase() == VotePhase.FINALIZE) {
            return ballot.vote().isNil() ? 0 : 0.7;
        }
        return to.index == blind ? blindness : 0;
    }

    private void send(Player to, Certificate certificate) {
        later(1 + random.nextInt(40), () -> to.learn(certificate));
    }

    private void broadcast(Player from, Message message) {
        players.stream().filter(player -> player != from).forEach(player -> send(from, player, message));
    }

    private void checkSigned(int who, Message message) {
        String what;
        Hash block;
        if (message instanceof Message.Offer offer) {
            what = who + " offer " + offer.round() + " " + offer.proposal().validRound();
            block = offer.proposal().block();
        } else {
            Vote vote = ((Message.Ballot) message).vote();
            what = who + " " + vote.phase() + " " + vote.round();
            block = vote.block();
        }
        Hash before = signed.putIfAbsent(what, block);
        if (before != null && !before.equals(block)) {
            throw new AssertionError(what + ": signed " + block.shortHex() + " after " + before.shortHex());
        }
    }

    private void checkDecision(Player player, Certificate certificate) {
        new SimplexFinality(SimplexParameters.from(Parameters.NONE))
                .verifyFinal(certificate, Cast.CHAIN, cast.validators, new RecordedScheme(cast));
        if (!blocks.getOrDefault(certificate.block(), false)) {
            throw new AssertionError(
                    player.index + " decided " + certificate.block().shortHex() + ", an invalid block");
        }
        decision.ifPresent(first -> {
            if (!first.block().equals(certificate.block())) {
                throw new AssertionError("two decisions: " + first.block().shortHex() + " in round " + first.round()
                        + " and " + certificate.block().shortHex() + " in round " + certificate.round());
            }
        });
        decision = decision.or(() -> Optional.of(certificate));
    }

    /** One validator with its driver. */
    private final class Player {
        final int index;
        final List<Message> journal = new ArrayList<>();
        FinalityMachine machine;
        boolean up;
        boolean decided;
        Certificate certificate;
        private final Set<String> supported = new HashSet<>();
        private int life;

        Player(int index) {
            this.index = index;
        }

        boolean isLiar() {
            return liars.contains(index);
        }

        void start() {
            if (decided || up) {
                return;
            }
            up = true;
            life++;
            long delay = journal.isEmpty() ? random.nextInt(1_000) : 0;
            Optional<Address> self = Optional.of(cast.addresses.get(index));
            machine = new SimplexFinality(SimplexParameters.from(Parameters.NONE))
                    .start(cast.context(self, delay, journal));
            act(machine.begin());
            int mine = life;
            later(RETRANSMIT, () -> retransmit(mine));
        }

        void crash() {
            if (up && !decided) {
                tally.crashes++;
                up = false;
                note(index + " crashes");
                later(1 + random.nextInt(2_000), this::start);
            }
        }

        void retransmit(int ofLife) {
            if (!up || ofLife != life) {
                return;
            }
            Player peer = players.get(random.nextInt(players.size()));
            if (!gossips && now < HEAL) {
                later(RETRANSMIT, () -> retransmit(ofLife));
                return;
            }
            if (decided) {
                send(peer, certificate);
            } else {
                machine.known().forEach(message -> send(this, peer, message));
            }
            later(RETRANSMIT, () -> retransmit(ofLife));
        }

        void receive(Message message) {
            if (up && !decided) {
                note(index + " " + message);
                if (isLiar()) {
                    support(message);
                }
                act(machine.on(new Event.Received(message)));
            }
        }

        void learn(Certificate learned) {
            if (up && !decided) {
                decide(learned);
            }
        }

        private void decide(Certificate newCertificate) {
            note(index + " decides " + newCertificate.block());
            decided = true;
            certificate = newCertificate;
            if (!isLiar()) {
                checkDecision(this, newCertificate);
            }
        }

        private void act(List<Action> actions) {
            for (Action action : actions) {
                if (action instanceof Action.Propose propose) {
                    propose(propose);
                } else if (action instanceof Action.CastVote vote) {
                    vote(vote);
                } else if (action instanceof Action.Keep keep) {
                    journal.addAll(keep.messages());
                } else if (action instanceof Action.Resend resend) {
                    broadcast(this, resend.message());
                } else if (action instanceof Action.Judge judge) {
                    int mine = life;
                    later(random.nextInt(60), () -> judged(judge.block(), mine));
                } else if (action instanceof Action.Arm arm) {
                    int mine = life;
                    later(arm.delayMillis(), () -> timeOut(arm, mine));
                } else if (action instanceof Action.Decide decide && !decided) {
                    decide(decide.certificate());
                } else if (action instanceof Action.Accuse accuse) {
                    accused(accuse);
                }
            }
        }

        private void accused(Action.Accuse accuse) {
            tally.accusations++;
            int offender = cast.addresses.indexOf(accuse.evidence().offender());
            if (!liars.contains(offender)) {
                throw new AssertionError(offender + " is honest and accused: " + accuse.evidence());
            }
        }

        private void judged(Hash block, int ofLife) {
            if (up && !decided && life == ofLife) {
                act(machine.on(new Event.Judged(block, blocks.get(block))));
            }
        }

        private void timeOut(Action.Arm arm, int ofLife) {
            if (up && !decided && life == ofLife) {
                note(index + " " + arm.timer());
                act(machine.on(new Event.TimedOut(arm.timer())));
            }
        }

        private void propose(Action.Propose asked) {
            asked.block().ifPresent(block -> tally.reproposals++);
            asked.proofOfLock().ifPresent(proof -> tally.proofs++);
            Hash block = asked.block().orElseGet(() -> newBlock(asked.round(), "", true));
            Message.Offer offer = cast.offer(index, asked.round(), block, asked.validRound(), asked.proofOfLock());
            if (isLiar()) {
                boolean valid = random.nextInt(3) > 0;
                Hash other = newBlock(asked.round(), " other", valid);
                if (random.nextBoolean()) {
                    // whatever was notarized before: as if nothing was, or as if this block was
                    OptionalInt claimed = asked.round() > 0 && random.nextBoolean()
                            ? OptionalInt.of(asked.round() - 1)
                            : OptionalInt.empty();
                    Hash bare = newBlock(asked.round(), " bare", true);
                    broadcast(this, cast.offer(index, asked.round(), bare, claimed, Optional.empty()));
                } else {
                    lie(offer, cast.offer(index, asked.round(), other, asked.validRound(), asked.proofOfLock()));
                }
            } else {
                tell(offer);
            }
        }

        private Hash newBlock(int round, String suffix, boolean valid) {
            Hash block = Cast.block(index + " " + round + suffix + " " + life);
            blocks.put(block, valid);
            return block;
        }

        private void vote(Action.CastVote asked) {
            Message honest = cast.ballot(index, asked.phase(), asked.round(), asked.block());
            if (isLiar()) {
                List<Hash> known = new ArrayList<>(blocks.keySet());
                known.sort(Hash::compareTo);
                Hash other =
                        known.isEmpty() || random.nextBoolean() ? Hash.ZERO : known.get(random.nextInt(known.size()));
                VotePhase phase = random.nextInt(5) == 0 ? VotePhase.FINALIZE : asked.phase();
                int round = random.nextInt(5) == 0 ? random.nextInt(100_000) : asked.round();
                lie(honest, cast.ballot(index, phase, round, other));
            } else {
                tell(honest);
            }
        }

        /** On record first, then out. */
        private void tell(Message message) {
            checkSigned(index, message);
            journal.add(message);
            broadcast(this, message);
            int mine = life;
            later(random.nextInt(5), () -> {
                if (life == mine) {
                    receive(message);
                }
            });
        }

        /** Votes for whatever it hears of, and gives up every round: the worst that can happen to two honest halves. */
        private void support(Message message) {
            Hash block = message instanceof Message.Offer offer
                    ? offer.proposal().block()
                    : ((Message.Ballot) message).vote().block();
            if (supported.add(message.round() + " " + block)) {
                for (VotePhase phase : VotePhase.values()) {
                    broadcast(this, cast.ballot(index, phase, message.round(), block));
                }
            }
        }

        /** One thing to some, another to others, both to a few. */
        private void lie(Message one, Message other) {
            for (Player player : players) {
                int choice = random.nextInt(4);
                if (choice != 1) {
                    send(this, player, one);
                }
                if (choice != 0) {
                    send(this, player, other);
                }
            }
        }
    }
}
