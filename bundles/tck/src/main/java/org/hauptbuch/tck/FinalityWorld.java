package org.hauptbuch.tck;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.block.VotePhase;
import org.hauptbuch.api.finality.Action;
import org.hauptbuch.api.finality.Event;
import org.hauptbuch.api.finality.FinalityMachine;
import org.hauptbuch.api.finality.FinalityRule;
import org.hauptbuch.api.finality.Message;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Hash;

/**
 * One height decided by machines over a network that delays, drops, repeats and reorders, with partitions, crashes and
 * liars, until it heals at {@link #HEAL}; all of it drawn from one seed. Time is virtual.
 */
public final class FinalityWorld {
    private static final long HEAL = 8_000;
    private static final long END = 120_000;
    private static final long RETRANSMIT = 300;

    private final FinalityTally tally = new FinalityTally();
    private final Random random;
    private final FinalityRule rule;
    private final VotePhase decisive;
    private final Committee committee;
    private final Set<Integer> liars = new TreeSet<>();
    private final List<Player> players = new ArrayList<>();
    private final VirtualTime time = new VirtualTime();
    private final FinalityRecord record;
    private final RoughLinks links;
    private final boolean gossips;
    private Hash digest = Hash.ZERO;

    /** A world of machines of {@code rule}, drawn from {@code seed}. */
    public FinalityWorld(FinalityRule rule, long seed) {
        this(rule, seed, false);
    }

    /** The same, where proposers are known in advance or, if {@code drawn}, drawn in private. */
    public FinalityWorld(FinalityRule rule, long seed, boolean drawn) {
        this.rule = rule;
        decisive = CalmHeight.decisivePhase(rule);
        random = new Random(seed * 0x9E3779B97F4A7C15L);
        int size = seed % 3 == 2 ? 7 : 4;
        Committee known = seed % 5 == 4 ? Committee.weighted(weights(size)) : Committee.equal(size);
        committee = drawn ? known.drawing() : known;
        record = new FinalityRecord(rule, committee);
        links = new RoughLinks(random, time, tally, decisive, size, HEAL);
        gossips = random.nextBoolean();
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

    /** What happened so far. */
    public FinalityTally tally() {
        return tally;
    }

    /** For people: who took part, and how far they came. */
    public String describe() {
        return committee.size() + " validators, liars " + liars + ", " + links + ", time " + time.now() + ", rounds "
                + players.stream()
                        .map(p -> p.decided ? "decided" : p.machine.round() + " " + p.machine.step())
                        .toList();
    }

    /** Runs until everybody honest has decided; returns the digest of everything that was delivered. */
    public Hash run() {
        players.forEach(player -> time.at(random.nextInt(500), player::start));
        scheduleCrashes();
        while (players.stream().anyMatch(p -> !p.isLiar() && !p.decided)) {
            if (!time.goesOn(END)) {
                throw new AssertionError("no decision " + (END - HEAL) + " ms after the network healed");
            }
            time.step();
        }
        if (record.decision().orElseThrow().round() > 0) {
            tally.laterRounds++;
        }
        return digest;
    }

    private void scheduleCrashes() {
        for (int i = random.nextInt(4); i > 0; i--) {
            Player victim = players.get(random.nextInt(players.size()));
            time.at(random.nextInt((int) HEAL), victim::crash);
        }
        if (random.nextInt(4) == 0) {
            tally.massCrashes++;
            long when = random.nextInt((int) HEAL);
            players.forEach(player -> time.at(when, player::crash));
        }
    }

    private void note(String what) {
        digest = Hash.sha256(digest.toArray(), (time.now() + " " + what).getBytes(StandardCharsets.UTF_8));
    }

    private void send(Player from, Player to, Message message) {
        links.send(from.index, to.index, message, () -> to.receive(message));
    }

    private void broadcast(Player from, Message message) {
        players.stream().filter(player -> player != from).forEach(player -> send(from, player, message));
    }

    /** One validator with its driver. */
    private final class Player {
        final int index;
        final List<Message> journal = new ArrayList<>();
        FinalityMachine machine;
        boolean up;
        boolean decided;
        Certificate certificate;
        private final Set<String> supported = new TreeSet<>();
        private final Set<String> armed = new TreeSet<>();
        private SaidAndHeard heard;
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
            Optional<Address> self = Optional.of(committee.address(index));
            armed.clear();
            heard = new SaidAndHeard(journal);
            machine = rule.start(committee.context(self, delay, journal));
            act(machine.begin());
            int mine = life;
            time.later(RETRANSMIT, () -> retransmit(mine));
        }

        void crash() {
            if (up && !decided) {
                tally.crashes++;
                up = false;
                note(index + " crashes");
                time.later(1 + random.nextInt(2_000), this::start);
            }
        }

        void retransmit(int ofLife) {
            if (!up || ofLife != life) {
                return;
            }
            Player peer = players.get(random.nextInt(players.size()));
            if (!gossips && !links.healed()) {
                time.later(RETRANSMIT, () -> retransmit(ofLife));
                return;
            }
            if (decided) {
                Certificate mine = certificate;
                links.surely(() -> peer.learn(mine));
            } else {
                machine.known().forEach(message -> send(this, peer, message));
            }
            time.later(RETRANSMIT, () -> retransmit(ofLife));
        }

        void receive(Message message) {
            if (up && !decided) {
                note(index + " " + message);
                if (isLiar()) {
                    support(message);
                }
                heard.add(message);
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
                record.decides(index, newCertificate);
            }
        }

        private void act(List<Action> actions) {
            for (Action action : heard.checked(index, actions)) {
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
                    time.later(random.nextInt(60), () -> judged(judge.block(), mine));
                } else if (action instanceof Action.Arm arm) {
                    if (!armed.add(arm.timer().toString())) {
                        throw new AssertionError(index + " armed twice: " + arm.timer());
                    }
                    int mine = life;
                    time.later(arm.delayMillis(), () -> timeOut(arm, mine));
                } else if (action instanceof Action.Decide decide && !decided) {
                    decide(decide.certificate());
                } else if (action instanceof Action.Accuse accuse) {
                    accused(accuse);
                }
            }
        }

        private void accused(Action.Accuse accuse) {
            tally.accusations++;
            int offender = committee.indexOf(accuse.evidence().offender());
            if (!liars.contains(offender)) {
                throw new AssertionError(offender + " is honest and accused: " + accuse.evidence());
            }
        }

        private void judged(Hash block, int ofLife) {
            if (up && !decided && life == ofLife) {
                act(machine.on(new Event.Judged(block, record.isValid(block))));
            }
        }

        private void timeOut(Action.Arm arm, int ofLife) {
            if (up && !decided && life == ofLife) {
                note(index + " " + arm.timer());
                act(machine.on(new Event.TimedOut(arm.timer())));
            }
        }

        private void propose(Action.Propose asked) {
            if (committee.rank(index, asked.round()).isEmpty()) {
                throw new AssertionError(index + " proposes in round " + asked.round() + ", which is another's turn");
            }
            asked.block().ifPresent(block -> tally.reproposals++);
            asked.proofOfLock().ifPresent(proof -> tally.proofs++);
            Hash block = asked.block().orElseGet(() -> newBlock(asked.round(), "", true));
            Message.Offer offer = committee.offer(index, asked.round(), block, asked.validRound(), asked.proofOfLock());
            if (isLiar()) {
                boolean valid = random.nextInt(3) > 0;
                Hash other = newBlock(asked.round(), " other", valid);
                if (random.nextBoolean()) {
                    // whatever was accepted before: as if nothing was, or as if this block was
                    OptionalInt claimed = asked.round() > 0 && random.nextBoolean()
                            ? OptionalInt.of(asked.round() - 1)
                            : OptionalInt.empty();
                    Hash bare = newBlock(asked.round(), " bare", true);
                    broadcast(this, committee.offer(index, asked.round(), bare, claimed, Optional.empty()));
                } else {
                    lie(offer, committee.offer(index, asked.round(), other, asked.validRound(), asked.proofOfLock()));
                }
            } else {
                tell(offer);
            }
        }

        private Hash newBlock(int round, String suffix, boolean valid) {
            Hash block = Committee.block(index + " " + round + suffix + " " + life);
            record.offered(block, valid);
            return block;
        }

        private void vote(Action.CastVote asked) {
            Message honest = committee.ballot(index, asked.phase(), asked.round(), asked.block());
            if (isLiar()) {
                List<Hash> known = record.offers();
                Hash other =
                        known.isEmpty() || random.nextBoolean() ? Hash.ZERO : known.get(random.nextInt(known.size()));
                VotePhase phase = random.nextInt(5) == 0 ? decisive : asked.phase();
                int round = random.nextInt(5) == 0 ? random.nextInt(100_000) : asked.round();
                lie(honest, committee.ballot(index, phase, round, other));
            } else {
                tell(honest);
            }
        }

        /** On record first, then out. */
        private void tell(Message message) {
            record.signs(index, message);
            journal.add(message);
            broadcast(this, message);
            int mine = life;
            time.later(random.nextInt(5), () -> {
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
                    broadcast(this, committee.ballot(index, phase, message.round(), block));
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
