package org.hauptbuch.tck;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.hauptbuch.api.block.Proposal;
import org.hauptbuch.api.block.Vote;
import org.hauptbuch.api.block.VotePhase;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.finality.Action;
import org.hauptbuch.api.finality.Equivocation;
import org.hauptbuch.api.finality.Event;
import org.hauptbuch.api.finality.FinalityMachine;
import org.hauptbuch.api.finality.Message;
import org.hauptbuch.api.value.Hash;

/** Tempts a machine of {@link FinalityRuleContract} to sign what it should not, or to overlook it. */
final class FinalityJournals {
    private static final int STEPS = 120;
    private static final Hash OTHER = Committee.block("what a liar would like");

    private FinalityJournals() {}

    /**
     * Resumes from a journal, among others who all want another block, and with timers that run out at once: whatever
     * it signs has to fit what it signed before.
     */
    static void resume(Committee committee, CalmHeight.Seat seat, List<Message> journal) {
        String context = seat + " resumed from " + journal.size() + " messages";
        FinalityRecord record = new FinalityRecord(null, committee);
        journal.stream().filter(m -> isOf(committee, seat, m)).forEach(m -> record.signs(seat.index, m));
        SaidAndHeard heard = new SaidAndHeard(journal);
        FinalityMachine machine = seat.fresh(journal);
        Deque<Action> actions = new ArrayDeque<>(heard.checked(context, machine.begin()));
        int lastRound = -1;
        for (int step = 0; step < STEPS && !actions.isEmpty(); step++) {
            Action action = actions.remove();
            answer(committee, seat, action).ifPresent(event -> {
                if (event instanceof Event.Received received) {
                    heard.add(received.message());
                    try {
                        record.signs(seat.index, received.message());
                    } catch (AssertionError e) {
                        throw new AssertionError(context + ": " + e.getMessage(), e);
                    }
                }
                actions.addAll(heard.checked(context, machine.on(event)));
            });
            if (machine.round() > lastRound && machine.round() < 20) {
                lastRound = machine.round();
                for (Message temptation : temptations(committee, seat, lastRound)) {
                    heard.add(temptation);
                    actions.addAll(heard.checked(context, machine.on(new Event.Received(temptation))));
                }
            }
        }
    }

    /** A second message beside {@code first}, of the same validator, round and phase, is reported as both. */
    static void reportsTwin(Committee committee, CalmHeight.Seat seat, Message first) {
        Message second;
        Evidence evidence;
        if (first instanceof Message.Offer offer) {
            int who = committee.indexOf(offer.proposal().proposer());
            Message.Offer twin = committee.offer(who, offer.round(), OTHER, OptionalInt.empty(), Optional.empty());
            evidence = Equivocation.of(offer.proposal(), twin.proposal());
            second = twin;
        } else {
            Vote vote = ((Message.Ballot) first).vote();
            Vote twin = committee.vote(committee.indexOf(vote.validator()), vote.phase(), vote.round(), OTHER);
            evidence = Equivocation.of(vote, twin);
            second = new Message.Ballot(twin);
        }
        FinalityMachine machine = seat.fresh(List.of());
        List<Action> actions = new ArrayList<>(machine.begin());
        actions.addAll(machine.on(new Event.Received(first)));
        actions.addAll(machine.on(new Event.Received(second)));
        if (!actions.contains(new Action.Accuse(evidence))) {
            throw new AssertionError("two messages that contradict each other are not reported: " + first + " and "
                    + second + "; did " + actions);
        }
    }

    /** The same message at the height after. */
    static Optional<Event> elsewhere(Event event) {
        if (!(event instanceof Event.Received received)) {
            return Optional.empty();
        }
        if (received.message() instanceof Message.Offer offer) {
            Proposal p = offer.proposal();
            return Optional.of(new Event.Received(new Message.Offer(
                    new Proposal(p.height() + 1, p.round(), p.validRound(), p.block(), p.proposer(), p.signature()),
                    Optional.empty())));
        }
        Vote v = ((Message.Ballot) received.message()).vote();
        return Optional.of(new Event.Received(new Message.Ballot(
                new Vote(v.phase(), v.height() + 1, v.round(), v.block(), v.validator(), v.signature()))));
    }

    private static Optional<Event> answer(Committee committee, CalmHeight.Seat seat, Action action) {
        if (action instanceof Action.Propose asked) {
            Hash block = asked.block().orElse(OTHER);
            return Optional.of(new Event.Received(
                    committee.offer(seat.index, asked.round(), block, asked.validRound(), asked.proofOfLock())));
        } else if (action instanceof Action.CastVote asked) {
            return Optional.of(
                    new Event.Received(committee.ballot(seat.index, asked.phase(), asked.round(), asked.block())));
        } else if (action instanceof Action.Judge judge) {
            return Optional.of(new Event.Judged(judge.block(), true));
        } else if (action instanceof Action.Arm arm) {
            return Optional.of(new Event.TimedOut(arm.timer()));
        }
        return Optional.empty();
    }

    /** All others offer another block, or vote for it, in every phase. */
    private static List<Message> temptations(Committee committee, CalmHeight.Seat seat, int round) {
        Message offer = committee.offer(round, OTHER);
        return Stream.concat(Stream.of(offer), Stream.of(VotePhase.values()).flatMap(phase -> Stream.iterate(
                                0, who -> who < committee.size(), who -> who + 1)
                        .map(who -> (Message) committee.ballot(who, phase, round, OTHER))))
                .filter(message -> !isOf(committee, seat, message))
                .toList();
    }

    private static boolean isOf(Committee committee, CalmHeight.Seat seat, Message message) {
        int who = committee.indexOf(
                message instanceof Message.Offer offer
                        ? offer.proposal().proposer()
                        : ((Message.Ballot) message).vote().validator());
        return who == seat.index;
    }
}
