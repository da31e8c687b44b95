package org.hauptbuch.tck;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.block.VotePhase;
import org.hauptbuch.api.finality.Action;
import org.hauptbuch.api.finality.Event;
import org.hauptbuch.api.finality.FinalityMachine;
import org.hauptbuch.api.finality.FinalityRule;
import org.hauptbuch.api.finality.Message;
import org.hauptbuch.api.finality.Timer;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Hash;

/**
 * One height over a network that loses nothing: every message takes ten milliseconds. Some validators may be silent,
 * and a node that only follows listens. All that happens to each is kept.
 */
final class CalmHeight {
    /** Five minutes: three hundred block times, and some hundred rounds of any protocol. */
    static final long LIMIT = 300_000;

    /** What happened to a machine and what it did about it; the first step is its beginning. */
    record Step(Optional<Event> event, List<Action> actions) {}

    private final Committee committee;
    private final FinalityRule rule;
    private final FinalityRecord record;
    private final Set<Integer> silent;
    private final int invalidRounds;
    private final int firstRound;
    private final VirtualTime time = new VirtualTime();
    private final List<Seat> seats = new ArrayList<>();

    CalmHeight(FinalityRule rule, Committee committee, Set<Integer> silent) {
        this(rule, committee, silent, 0, 0);
    }

    /**
     * @param invalidRounds blocks that are built in the first rounds, so many, are found invalid by all
     * @param firstRound the round in which the height begins
     */
    CalmHeight(FinalityRule rule, Committee committee, Set<Integer> silent, int invalidRounds, int firstRound) {
        this.rule = rule;
        this.committee = committee;
        this.record = new FinalityRecord(rule, committee);
        this.silent = silent;
        this.invalidRounds = invalidRounds;
        this.firstRound = firstRound;
        for (int i = 0; i <= committee.size(); i++) {
            seats.add(new Seat(i));
        }
    }

    /** The phase of the votes that make a block final. */
    static VotePhase decisivePhase(FinalityRule rule) {
        return new CalmHeight(rule, Committee.equal(4), Set.of())
                .run()
                .decision()
                .phase();
    }

    /** Runs until all who are awake have decided, or to the end of time. */
    CalmHeight run() {
        awake().forEach(Seat::begin);
        while (awake().stream().anyMatch(seat -> seat.decision.isEmpty()) && time.goesOn(LIMIT)) {
            time.step();
        }
        return this;
    }

    /** Whether anybody decided. */
    boolean isDecided() {
        return record.decision().isPresent();
    }

    /** The decision of all, the follower among them. */
    Certificate decision() {
        for (Seat seat : awake()) {
            if (seat.decision.isEmpty()) {
                throw new AssertionError(seat + " has not decided after " + time.now() + " ms, is in round "
                        + seat.machine.round() + " " + seat.machine.step() + "; silent " + silent);
            }
        }
        return record.decision().orElseThrow();
    }

    /** How long it took, milliseconds. */
    long duration() {
        return time.now();
    }

    Committee committee() {
        return committee;
    }

    /** The validators that are awake, and the follower, which is the last. */
    List<Seat> awake() {
        return seats.stream().filter(seat -> !silent.contains(seat.index)).toList();
    }

    /** The node that only follows. */
    Seat follower() {
        return seats.get(committee.size());
    }

    /** One machine with its driver. */
    final class Seat {
        final int index;
        final List<Message> journal = new ArrayList<>();
        final List<Step> trace = new ArrayList<>();
        private final Set<String> armed = new TreeSet<>();
        private final SaidAndHeard heard = new SaidAndHeard(List.of());
        private final FinalityMachine machine;
        private Optional<Certificate> decision = Optional.empty();

        private Seat(int index) {
            this.index = index;
            this.machine = fresh(List.of());
        }

        /** Whose machine; empty for the follower. */
        Optional<Address> self() {
            return index < committee.size() ? Optional.of(committee.address(index)) : Optional.empty();
        }

        /** Another machine of this seat, with this journal. */
        FinalityMachine fresh(List<Message> itsJournal) {
            return rule.start(committee.context(self(), 0, firstRound, itsJournal));
        }

        private void begin() {
            List<Action> actions = heard.checked(this, machine.begin());
            trace.add(new Step(Optional.empty(), actions));
            actions.forEach(this::act);
        }

        private void on(Event event) {
            if (event instanceof Event.Received received) {
                heard.add(received.message());
            }
            List<Action> actions = heard.checked(this, machine.on(event));
            trace.add(new Step(Optional.of(event), actions));
            actions.forEach(this::act);
        }

        private void act(Action action) {
            if (action instanceof Action.Propose asked) {
                propose(asked);
            } else if (action instanceof Action.CastVote asked) {
                say(committee.ballot(voice("votes"), asked.phase(), asked.round(), asked.block()));
            } else if (action instanceof Action.Keep keep) {
                journal.addAll(keep.messages());
            } else if (action instanceof Action.Resend resend) {
                voice("sends again");
                send(resend.message());
            } else if (action instanceof Action.Judge judge) {
                time.later(5, () -> on(new Event.Judged(judge.block(), record.isValid(judge.block()))));
            } else if (action instanceof Action.Arm arm) {
                arm(arm.timer(), arm.delayMillis());
            } else if (action instanceof Action.Decide decide) {
                decision = Optional.of(decide.certificate());
                record.decides(index, decide.certificate());
            } else if (action instanceof Action.Accuse accuse) {
                throw new AssertionError(this + " accuses, and all are honest: " + accuse.evidence());
            }
        }

        private void propose(Action.Propose asked) {
            int who = voice("proposes");
            if (committee.rank(who, asked.round()).isEmpty()) {
                throw new AssertionError(this + " proposes in round " + asked.round() + ", which is another's turn");
            }
            Hash block = asked.block().orElseGet(() -> Committee.block(who + " " + asked.round()));
            if (asked.block().isEmpty()) {
                record.offered(block, asked.round() - firstRound >= invalidRounds);
            }
            say(committee.offer(who, asked.round(), block, asked.validRound(), asked.proofOfLock()));
        }

        private void arm(Timer timer, long delay) {
            if (delay < 0 || !armed.add(timer.toString())) {
                throw new AssertionError(this + " arms " + timer + " for " + delay + " ms, must be once and 0 or more");
            }
            time.later(delay, () -> on(new Event.TimedOut(timer)));
        }

        private int voice(String verb) {
            if (index == committee.size()) {
                throw new AssertionError("who only follows " + verb);
            }
            return index;
        }

        private void say(Message message) {
            record.signs(index, message);
            journal.add(message);
            time.later(1, () -> on(new Event.Received(message)));
            send(message);
        }

        private void send(Message message) {
            awake().stream()
                    .filter(seat -> seat != this)
                    .forEach(seat -> time.later(10, () -> seat.on(new Event.Received(message))));
        }

        @Override
        public String toString() {
            return index < committee.size() ? "number " + index : "the follower";
        }
    }
}
