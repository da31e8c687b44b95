package org.hauptbuch.finality.simplex;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.block.Vote;
import org.hauptbuch.api.block.VotePhase;
import org.hauptbuch.api.finality.Action;
import org.hauptbuch.api.finality.Event;
import org.hauptbuch.api.finality.FinalityMachine;
import org.hauptbuch.api.finality.HeightContext;
import org.hauptbuch.api.finality.Message;
import org.hauptbuch.api.finality.Timer;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.finality.simplex.SimplexParameters.Timeouts;

/**
 * Simplex for one height, section 2 of eprint 2023/463; why it is safe is in the description of this package. Quorums
 * are of voting power, more than two thirds. What differs from the paper, and why it may:
 *
 * <ul>
 *   <li>Where a block is notarized, a validator stays in the round for a moment, because finality is a vote away: the
 *       next round would only propose the block again. It leaves when the wait is over, when the dummy is notarized too,
 *       or when the next round's proposer has gone ahead.
 *   <li>Votes are not sent again by everybody who enters a round. Whoever justifies something by them sends them: a
 *       proposer the dummies below its proposal, and who gives a round up the votes by which it came there.
 *   <li>A validator enters the round after the highest in which the dummy is notarized, or the highest in which a block
 *       is, also over rounds of which it knows nothing: what it lacks is in the proposals and in {@link #known()}.
 *   <li>A refused proposal is answered with the vote for the dummy at once, not when the timer runs out.
 *   <li>Where proposers are drawn in private, a round has several offers: see {@link Sortition}. The best is voted for
 *       when offers have been collected, and a refused one is passed over.
 *   <li>A validator finalizes only what it found valid itself, and also later than on leaving the round.
 * </ul>
 */
final class SimplexMachine implements FinalityMachine {
    private static final String START = "start";
    private static final String NOTARIZE = "notarize";
    private static final String FINALIZE = "finalize";

    private final HeightContext context;
    private final Timeouts timeouts;
    private final Optional<Address> self;
    private final HeightLog log;
    private final OwnRecord own = new OwnRecord();
    private final SortedMap<Hash, Optional<Boolean>> verdicts = new TreeMap<>();
    private final TreeSet<Integer> keptBlocks = new TreeSet<>();
    private final TreeSet<Integer> keptDummies = new TreeSet<>();
    private List<Action> out = new ArrayList<>();

    private int round;
    private boolean due;
    private boolean waitsForFinality;
    private boolean decided;
    /** Of the current round, under a private schedule. */
    private Optional<Sortition> sortition = Optional.empty();

    SimplexMachine(HeightContext context, Timeouts timeouts) {
        this.context = context;
        this.timeouts = timeouts;
        this.self = context.self().filter(context.validators()::contains);
        this.log = new HeightLog(context, evidence -> out.add(new Action.Accuse(evidence)));
    }

    @Override
    public List<Action> begin() {
        enter(resume());
        log.rounds().forEach(this::decide);
        return react();
    }

    @Override
    public List<Action> on(Event event) {
        if (event instanceof Event.Received received) {
            receive(received.message());
        } else if (event instanceof Event.TimedOut timedOut && !decided) {
            timeOut(timedOut.timer());
        } else if (event instanceof Event.Judged judged && verdicts.containsKey(judged.block())) {
            verdicts.put(judged.block(), Optional.of(judged.valid()));
        }
        return react();
    }

    @Override
    public int round() {
        return round;
    }

    @Override
    public String step() {
        if (decided) {
            return "decided";
        } else if (log.notarized(round).isPresent()) {
            return FINALIZE;
        } else if (own.hasVoted(VotePhase.FINALIZE, round)) {
            return "dummy";
        }
        return own.hasVoted(VotePhase.NOTARIZE, round) ? NOTARIZE : "propose";
    }

    @Override
    public List<Message> known() {
        return log.known();
    }

    /** Sends again what the journal says and takes it as said; returns the last round that was signed in. */
    private int resume() {
        // what was signed before a rollback binds under the rule set that was left, and nowhere else
        List<Message> journal = context.journal().stream()
                .filter(message -> message.round() >= context.firstRound())
                .toList();
        int last = context.firstRound();
        for (Message message : journal) {
            boolean mine = isOwn(message);
            if (message.height() != context.height() || self.isEmpty() || !mine && message instanceof Message.Offer) {
                throw new IllegalArgumentException("journal of height " + context.height() + " of validator "
                        + self.map(Address::toString).orElse("none") + ": " + message + " cannot be in it");
            }
            if (mine) {
                last = Math.max(last, message.round());
                out.add(new Action.Resend(message));
            }
        }
        log.advance(last);
        journal.forEach(this::receive);
        return last;
    }

    private void receive(Message message) {
        if (message.height() != context.height() || message.round() < context.firstRound()) {
            return;
        }
        if (message instanceof Message.Offer offer) {
            if (isOwn(message)) {
                own.propose(message.round());
            }
            log.add(offer);
        } else if (message instanceof Message.Ballot ballot
                && RoundLog.PHASES.contains(ballot.vote().phase())) {
            Vote vote = ballot.vote();
            // what this validator signed binds it, also where a peer still has it and the journal does not
            if (isOwn(message)) {
                own.vote(vote.phase(), vote.round());
            }
            log.add(vote);
            if (!decided && vote.phase() == VotePhase.FINALIZE && !vote.isNil()) {
                log.find(vote.round()).ifPresent(this::decide);
            }
        }
    }

    private void timeOut(Timer timer) {
        if (timer.round() != round) {
            return;
        }
        boolean notarized = log.notarized(round).isPresent();
        sortition.ifPresent(drawn -> drawn.timeOut(timer.step()));
        if (timer.step().equals(START)) {
            due = true;
        } else if (timer.step().equals(NOTARIZE) && !notarized) {
            cast(VotePhase.FINALIZE, round, Hash.ZERO);
            // others may wait in the round before for a vote that a liar showed to us alone
            resend(log.entry(round));
        } else if (timer.step().equals(FINALIZE) && notarized) {
            enter(Math.addExact(round, 1));
        }
    }

    private void enter(int newRound) {
        round = newRound;
        waitsForFinality = false;
        sortition = Optional.empty();
        log.advance(newRound);
        long delay = newRound == context.firstRound() ? context.startDelayMillis() : 0;
        due = delay == 0 || context.isPrivate();
        if (log.notarized(newRound).isEmpty()) {
            if (context.isPrivate()) {
                sortition = Optional.of(Sortition.of(context, round, delay, timeouts.sortition(), this::arm));
                delay = Math.addExact(delay, timeouts.sortition());
            } else if (!due && isProposer()) {
                arm(START, delay);
            }
            arm(NOTARIZE, Math.addExact(delay, timeouts.notarize(newRound - context.firstRound())));
        }
    }

    private boolean isProposer() {
        return context.ownRank(round).isPresent();
    }

    private List<Action> react() {
        if (!decided) {
            advance();
            if (self.isPresent()) {
                keepProofs();
                answerOffer();
                finalizeNotarized();
                propose();
            }
        }
        List<Action> actions = out;
        out = new ArrayList<>();
        return actions;
    }

    /** To the highest round that can be reached, and on from a notarized one once waiting is of no use. */
    private void advance() {
        int reached = Math.max(
                log.lastNotarized().orElse(context.firstRound()),
                log.lastDummy().stream()
                        .map(r -> Math.addExact(r, 1))
                        .findFirst()
                        .orElse(context.firstRound()));
        if (reached > round) {
            enter(reached);
        }
        if (log.notarized(round).isEmpty()) {
            return;
        }
        boolean othersWentAhead = log.find(round + 1).stream()
                .flatMap(next -> next.offers().stream())
                .anyMatch(log::isJustified);
        if (othersWentAhead) {
            enter(Math.addExact(round, 1));
        } else if (!waitsForFinality) {
            waitsForFinality = true;
            arm(FINALIZE, timeouts.finality(round - context.firstRound()));
        }
    }

    /** What notarizes is worth something after a crash only if it is on record: others may have lost it too. */
    private void keepProofs() {
        for (RoundLog past : log.rounds()) {
            if (past.isDummy() && keptDummies.add(past.round)) {
                keep(past.dummyVotes());
            }
            Optional<Hash> block = past.notarized();
            if (block.isPresent() && keptBlocks.add(past.round)) {
                keep(past.notarize.of(block.get()));
            }
        }
    }

    private void keep(List<Vote> proof) {
        List<Message> others = proof.stream()
                .filter(vote -> !self.equals(Optional.of(vote.validator())))
                .<Message>map(Message.Ballot::new)
                .filter(message -> !context.journal().contains(message))
                .toList();
        if (!others.isEmpty()) {
            out.add(new Action.Keep(others));
        }
    }

    /** The paper's step 3, the votes for a block; and the vote for the dummy where the block is refused. */
    private void answerOffer() {
        Optional<Message.Offer> offer = offered();
        if (offer.isEmpty()) {
            return;
        }
        Hash block = offer.get().proposal().block();
        Optional<Boolean> valid = judge(block);
        sortition.ifPresent(Sortition::heard);
        if (sortition.filter(open -> !open.isClosed()).isPresent()) {
            return;
        }
        if (valid.isPresent() && !valid.get()) {
            cast(VotePhase.FINALIZE, round, Hash.ZERO);
        } else if (valid.isPresent() && log.isJustified(offer.get())) {
            cast(VotePhase.NOTARIZE, round, block);
        }
    }

    /** The offer of this round that counts: of several the best that can be voted for. */
    private Optional<Message.Offer> offered() {
        return context.isPrivate()
                ? log.find(round).flatMap(now -> Sortition.best(now.offers(), this::isEligible))
                : log.find(round).flatMap(RoundLog::offer);
    }

    private boolean isEligible(Message.Offer offer) {
        return verdicts.getOrDefault(offer.proposal().block(), Optional.empty()).orElse(true) && log.isJustified(offer);
    }

    /** The paper's step 4, the votes to finalize, in all rounds: whoever has not given a round up may still do so. */
    private void finalizeNotarized() {
        for (RoundLog past : log.rounds()) {
            Optional<Hash> block = past.notarized();
            if (block.isPresent() && judge(block.get()).orElse(false) && !past.isDummy()) {
                cast(VotePhase.FINALIZE, past.round, block.get());
            }
        }
    }

    /**
     * The paper's step 1. Of the chains that are notarized the one with the latest block is extended: proposed again, one
     * height has one block. Where votes are missing, the proposer waits for them until it gives the round up.
     */
    private void propose() {
        if (!due
                || !isProposer()
                || own.hasProposed(round)
                || own.hasVoted(VotePhase.FINALIZE, round)
                || log.notarized(round).isPresent()) {
            return;
        }
        List<Vote> dummies = new ArrayList<>();
        for (int parent = round - 1; parent >= context.firstRound(); parent--) {
            Optional<Hash> block = log.notarized(parent);
            Optional<Boolean> valid = block.flatMap(this::judge);
            if (valid.orElse(false)) {
                if (speaks(parent)) {
                    Certificate proof = log.find(parent).orElseThrow().notarize.certificate(block.get());
                    propose(block, OptionalInt.of(parent), Optional.of(proof), dummies);
                }
                return;
            }
            if (block.isPresent() && valid.isEmpty() || !log.isDummy(parent)) {
                return;
            }
            dummies.addAll(log.find(parent).orElseThrow().dummyVotes());
        }
        if (speaks(-1)) {
            propose(Optional.empty(), OptionalInt.empty(), Optional.empty(), dummies);
        }
    }

    /** Whether nobody has offered what goes before an offer with this valid round. */
    private boolean speaks(int validRound) {
        return sortition.isEmpty() || sortition.get().speaks(offered(), validRound);
    }

    private void propose(
            Optional<Hash> block, OptionalInt validRound, Optional<Certificate> proof, List<Vote> dummies) {
        own.propose(round);
        resend(dummies);
        out.add(new Action.Propose(round, block, validRound, proof));
    }

    private void decide(RoundLog past) {
        Optional<Hash> agreed = past.finalize.agreed();
        if (agreed.isPresent() && !decided) {
            decided = true;
            out.add(new Action.Decide(past.finalize.certificate(agreed.get())));
        }
    }

    /** Whether the block is valid; asks where nobody has. */
    private Optional<Boolean> judge(Hash block) {
        if (verdicts.putIfAbsent(block, Optional.empty()) == null) {
            out.add(new Action.Judge(block));
        }
        return verdicts.get(block);
    }

    private void cast(VotePhase phase, int inRound, Hash block) {
        if (self.isPresent() && own.vote(phase, inRound)) {
            out.add(new Action.CastVote(phase, inRound, block));
        }
    }

    private void resend(List<Vote> votes) {
        if (self.isPresent()) {
            votes.forEach(vote -> out.add(new Action.Resend(new Message.Ballot(vote))));
        }
    }

    private void arm(String timer, long delayMillis) {
        if (self.isPresent()) {
            out.add(new Action.Arm(new Timer(timer, round), delayMillis));
        }
    }

    private boolean isOwn(Message message) {
        Address speaker = message instanceof Message.Offer offer
                ? offer.proposal().proposer()
                : ((Message.Ballot) message).vote().validator();
        return self.equals(Optional.of(speaker));
    }
}
