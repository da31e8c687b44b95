package org.hauptbuch.rules.probe;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hauptbuch.api.block.Proposal;
import org.hauptbuch.api.block.RollbackCertificate;
import org.hauptbuch.api.block.Vote;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.finality.Action;
import org.hauptbuch.api.finality.Event;
import org.hauptbuch.api.finality.FinalityMachine;
import org.hauptbuch.api.finality.FinalityRule;
import org.hauptbuch.api.finality.HeightContext;
import org.hauptbuch.api.finality.Message;
import org.hauptbuch.api.selection.PublicSchedule;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Hash;

/**
 * Four validators of equal power and a follower, around one table: messages arrive in the order in which they were sent,
 * time passes when nobody has anything to say. Ends when all who are there have decided.
 */
final class Table {
    /** What goes wrong. */
    enum Trouble {
        NONE("no trouble"),
        SILENT("a validator that is down"),
        INVALID("a first proposal that is invalid"),
        TWO_FACED("a validator that votes twice"),
        RESTART("a validator that restarts"),
        ROLLED_BACK("rounds that begin after a rollback");

        private final String text;

        Trouble(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    private static final long HEIGHT = 7;
    private static final int VALIDATORS = 4;
    private static final int SEATS = VALIDATORS + 1;

    /** The seat that makes the trouble. */
    private static final int CULPRIT = 1;

    /** Far more than any sound protocol needs here. */
    private static final int MOST_EVENTS = 5_000;

    /** When it restarts: after its first vote, before anything is decided. */
    private static final int RESTARTS_AFTER = 16;

    private record Delivery(int seat, Event event) {}

    private record Due(long time, long sequence, Delivery delivery) {}

    private final FinalityRule rule;
    private final Trouble trouble;
    private final ValidatorSet set;
    private final List<ValidatorSet.Member> members;
    private final int firstRound;
    private final List<FinalityMachine> machines = new ArrayList<>();
    private final List<List<Message>> journals = new ArrayList<>();
    private final List<SortedMap<String, Hash>> cast = new ArrayList<>();
    private final Deque<Delivery> queue = new ArrayDeque<>();
    private final PriorityQueue<Due> timers =
            new PriorityQueue<>(Comparator.comparingLong(Due::time).thenComparingLong(Due::sequence));
    private final SortedSet<Integer> decided = new TreeSet<>();
    private final SortedSet<Hash> invalid = new TreeSet<>();
    private final List<String> lines = new ArrayList<>();
    private Optional<Hash> decision = Optional.empty();
    private long now;
    private long armed;

    Table(FinalityRule rule, World world, Trouble trouble) {
        this.rule = rule;
        this.trouble = trouble;
        this.firstRound = trouble == Trouble.ROLLED_BACK ? RollbackCertificate.FIRST_ROUND : 0;
        this.members = world.keys(VALIDATORS).stream()
                .map(key -> MadeUpEvidence.member(key, 10))
                .toList();
        this.set = world.set(members);
    }

    /** All that the machines wanted done, in order. */
    List<String> play() {
        for (int seat = 0; seat < SEATS; seat++) {
            journals.add(new ArrayList<>());
            cast.add(new TreeMap<>());
            machines.add(machine(seat));
        }
        for (int seat = 0; seat < SEATS; seat++) {
            if (isThere(seat)) {
                carryOut(seat, machines.get(seat).begin());
            }
        }
        int events = 0;
        while (!allDecided()) {
            Delivery next = next().orElseThrow(() -> new Unfit("waits for ever without a timer and decides nothing"));
            Unfit.unless(++events <= MOST_EVENTS, "decides nothing within " + MOST_EVENTS + " events");
            if (trouble == Trouble.RESTART && events == RESTARTS_AFTER) {
                restart();
            } else {
                carryOut(next.seat, machines.get(next.seat).on(next.event));
            }
        }
        for (int seat : decided) {
            FinalityMachine machine = machines.get(seat);
            Unfit.within("the round", machine.round(), firstRound, Integer.MAX_VALUE);
            lines.add(seat + " " + machine.round() + " " + Unfit.present("the step", machine.step()) + " "
                    + Canon.text(Unfit.present("what it knows", machine.known())));
        }
        return lines;
    }

    private FinalityMachine machine(int seat) {
        Optional<Address> self =
                seat < VALIDATORS ? Optional.of(members.get(seat).address()) : Optional.empty();
        return Unfit.present(
                "a machine",
                rule.start(new HeightContext(
                        World.CHAIN,
                        HEIGHT,
                        set,
                        // the culprit is the first to propose
                        (PublicSchedule) (height, round) ->
                                members.get((round + CULPRIT) % VALIDATORS).address(),
                        self,
                        World.BLOCK_MILLIS,
                        200,
                        firstRound,
                        journals.get(seat))));
    }

    /** What was on its way to it is lost; the others tell it what they know. */
    private void restart() {
        queue.removeIf(delivery -> delivery.seat == CULPRIT);
        timers.removeIf(due -> due.delivery.seat == CULPRIT);
        machines.set(CULPRIT, machine(CULPRIT));
        carryOut(CULPRIT, machines.get(CULPRIT).begin());
        for (int seat = 0; seat < SEATS; seat++) {
            if (seat != CULPRIT) {
                for (Message message :
                        Unfit.present("what it knows", machines.get(seat).known())) {
                    deliver(CULPRIT, new Event.Received(message));
                }
            }
        }
    }

    private boolean isThere(int seat) {
        return trouble != Trouble.SILENT || seat != CULPRIT;
    }

    private boolean allDecided() {
        for (int seat = 0; seat < SEATS; seat++) {
            if (isThere(seat) && !decided.contains(seat)) {
                return false;
            }
        }
        return true;
    }

    private Optional<Delivery> next() {
        if (!queue.isEmpty()) {
            return Optional.of(queue.remove());
        }
        Due due = timers.poll();
        if (due == null) {
            return Optional.empty();
        }
        now = due.time;
        return Optional.of(due.delivery);
    }

    private void carryOut(int seat, List<Action> actions) {
        for (Action action : Unfit.present("what it wants done", actions)) {
            lines.add(seat + " " + Canon.text(Unfit.present("an action", action)));
            if (action instanceof Action.Propose propose) {
                propose(seat, propose);
            } else if (action instanceof Action.CastVote vote) {
                vote(seat, vote);
            } else if (action instanceof Action.Keep keep) {
                journals.get(seat).addAll(keep.messages());
            } else if (action instanceof Action.Resend resend) {
                send(seat, resend.message());
            } else if (action instanceof Action.Judge judge) {
                deliver(seat, new Event.Judged(judge.block(), !invalid.contains(judge.block())));
            } else if (action instanceof Action.Arm arm) {
                Unfit.within("a timer's delay", arm.delayMillis(), 0, Long.MAX_VALUE - now);
                Delivery delivery = new Delivery(seat, new Event.TimedOut(arm.timer()));
                timers.add(new Due(now + arm.delayMillis(), armed++, delivery));
            } else if (action instanceof Action.Decide decide) {
                decide(seat, decide);
            }
        }
    }

    private void propose(int seat, Action.Propose action) {
        Unfit.unless(seat < VALIDATORS, "lets one propose that only follows");
        Unfit.within("a round", action.round(), firstRound, Integer.MAX_VALUE);
        action.validRound().ifPresent(valid -> Unfit.within("a valid round", valid, 0, action.round() - 1));
        Hash block = action.block().orElseGet(() -> block(seat, action.round()));
        ValidatorSet.Member member = members.get(seat);
        var signed = Proposal.signBytes(World.CHAIN, HEIGHT, action.round(), action.validRound(), block);
        Proposal proposal = new Proposal(
                HEIGHT,
                action.round(),
                action.validRound(),
                block,
                member.address(),
                MadeUpScheme.sign(member.key(), signed));
        if (trouble == Trouble.INVALID && seat == CULPRIT) {
            invalid.add(block);
        }
        record(seat, new Message.Offer(proposal, action.proofOfLock()));
    }

    private void vote(int seat, Action.CastVote action) {
        Unfit.unless(seat < VALIDATORS, "lets one vote that only follows");
        Unfit.within("a round", action.round(), firstRound, Integer.MAX_VALUE);
        Hash before = cast.get(seat).putIfAbsent(action.phase() + " " + action.round(), action.block());
        Unfit.unless(
                before == null || before.equals(action.block()),
                "votes for two blocks: " + action.phase() + " in round " + action.round());
        Vote vote = MadeUpEvidence.vote(members.get(seat), action.phase(), HEIGHT, action.round(), action.block());
        record(seat, new Message.Ballot(vote));
        if (trouble == Trouble.TWO_FACED && seat == CULPRIT) {
            Vote other = MadeUpEvidence.vote(
                    members.get(seat), action.phase(), HEIGHT, action.round(), block(seat, -1 - action.round()));
            deliver(VALIDATORS - 1, new Event.Received(new Message.Ballot(other)));
        }
    }

    private void record(int seat, Message message) {
        journals.get(seat).add(message);
        deliver(seat, new Event.Received(message));
        send(seat, message);
    }

    private void send(int from, Message message) {
        for (int seat = 0; seat < SEATS; seat++) {
            if (seat != from) {
                deliver(seat, new Event.Received(message));
            }
        }
    }

    private void deliver(int seat, Event event) {
        if (isThere(seat)) {
            queue.add(new Delivery(seat, event));
        }
    }

    private void decide(int seat, Action.Decide action) {
        Hash block = Unfit.present("a certificate", action.certificate()).block();
        Unfit.unless(
                decision.isEmpty() || decision.get().equals(block),
                "decides two blocks at one height: " + decision.orElse(block) + " and " + block);
        decision = Optional.of(block);
        decided.add(seat);
        try {
            rule.verifyFinal(action.certificate(), World.CHAIN, set, MadeUpScheme.INSTANCE);
        } catch (PoSException e) {
            throw new Unfit("refuses the certificate of its own decision: " + e.getMessage());
        }
    }

    private static Hash block(int seat, int round) {
        return Hash.sha256(new byte[] {6, (byte) seat}, Integer.toString(round).getBytes(StandardCharsets.US_ASCII));
    }
}
