package org.hauptbuch.finality.tendermint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.block.Proposal;
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
import org.hauptbuch.finality.tendermint.TendermintParameters.Timeouts;

/**
 * Algorithm 1 of arXiv:1807.04938 for one height; "line" in comments is a line of it. Quorums are of voting power, more
 * than two thirds; "f + 1" is more than one third. What differs from the paper, and why it may:
 *
 * <ul>
 *   <li>An offer may carry its quorum of prevotes, so that line 28 fires without having seen them.
 *   <li>Line 55 counts a validator in every round up to the highest in which it spoke, not only in the rounds of its
 *       messages: one honest validator has been at least there.
 *   <li>A validator that leaves a round without having voted votes nil there first. Nil decides and locks nothing, and
 *       whoever is left in that round finds a quorum, also after all lost their memory and have their journals alone.
 *   <li>Line 42 also holds for earlier rounds and for proofs in offers: a valid value is proposed, never trusted.
 *   <li>Line 49 does not wait for the block: the certificate decides and the node fetches what is missing.
 *   <li>The proposer, too, waits no longer than the propose timeout, for its own block.
 *   <li>Where proposers are drawn in private, a round has several offers: see {@link Sortition}. Line 22 and 28 wait for
 *       the best, and lines 36 and 42 hold for whichever a quorum prevotes.
 * </ul>
 */
final class TendermintMachine implements FinalityMachine {
    private static final String START = "start";

    private final HeightContext context;
    private final Timeouts timeouts;
    private final Optional<Address> self;
    private final HeightLog log;
    private final OwnRecord own = new OwnRecord();
    private final Lock lock = new Lock();
    private final SortedMap<Hash, Optional<Boolean>> verdicts = new TreeMap<>();
    private List<Action> out = new ArrayList<>();

    private int round;
    private Step step = Step.PROPOSE;
    private boolean waitsForPrevotes;
    private boolean waitsForPrecommits;
    private boolean decided;
    /** Of the current round, under a private schedule. */
    private Optional<Sortition> sortition = Optional.empty();

    TendermintMachine(HeightContext context, Timeouts timeouts) {
        this.context = context;
        this.round = context.firstRound();
        this.timeouts = timeouts;
        this.self = context.self().filter(context.validators()::contains);
        this.log = new HeightLog(context, evidence -> out.add(new Action.Accuse(evidence)));
    }

    @Override
    public List<Action> begin() {
        // what was signed before a rollback binds under the rule set that was left, and nowhere else
        List<Message> journal = context.journal().stream()
                .filter(message -> message.round() >= context.firstRound())
                .toList();
        if (journal.isEmpty()) {
            startRound(context.firstRound()); // line 10
        } else {
            resume(journal);
        }
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
        return decided ? "decided" : step.text;
    }

    @Override
    public List<Message> known() {
        return log.known();
    }

    private void resume(List<Message> journal) {
        for (Message message : journal) {
            boolean mine = isOwn(message);
            if (message.height() != context.height() || self.isEmpty() || !mine && message instanceof Message.Offer) {
                throw new IllegalArgumentException("journal of height " + context.height() + " of validator "
                        + self.map(Address::toString).orElse("none") + ": " + message + " cannot be in it");
            }
            if (mine) {
                round = Math.max(round, message.round());
                out.add(new Action.Resend(message));
            }
        }
        log.advance(round);
        journal.forEach(this::receive);
        if (own.hasVoted(VotePhase.PRECOMMIT, round)) {
            step = Step.PRECOMMIT;
        } else if (own.hasVoted(VotePhase.PREVOTE, round)) {
            step = Step.PREVOTE;
        } else {
            enterPropose();
        }
    }

    private void receive(Message message) {
        if (message.height() != context.height()
                || message.round() < context.firstRound()
                || message instanceof Message.Ballot foreign
                        && !RoundLog.PHASES.contains(foreign.vote().phase())) {
            return;
        }
        if (isOwn(message)) {
            remember(message);
        }
        if (message instanceof Message.Offer offer) {
            log.add(offer);
        } else if (message instanceof Message.Ballot ballot) {
            log.add(ballot.vote());
            if (!decided
                    && ballot.vote().phase() == VotePhase.PRECOMMIT
                    && !ballot.vote().isNil()) {
                log.find(ballot.vote().round()).ifPresent(this::decide);
            }
        }
    }

    /**
     * What this validator signed binds it, also where it learns of it from its journal or from a peer: it signs nothing
     * else there, and a precommit is a lock.
     */
    private void remember(Message message) {
        if (message instanceof Message.Offer) {
            own.propose(message.round());
        } else if (message instanceof Message.Ballot ballot) {
            Vote vote = ballot.vote();
            own.vote(vote.phase(), vote.round());
            if (vote.phase() == VotePhase.PRECOMMIT && !vote.isNil()) {
                lock.lock(vote.round(), vote.block());
                lock.hold(vote.round(), vote.block(), Optional.empty());
            }
        }
    }

    private void timeOut(Timer timer) {
        if (timer.round() != round) {
            return;
        }
        sortition.ifPresent(drawn -> drawn.timeOut(timer.step()));
        if (timer.step().equals(START) && step == Step.PROPOSE && sortition.isEmpty()) {
            propose();
        } else if (timer.step().equals(Step.PROPOSE.text) && step == Step.PROPOSE) { // lines 57–60
            prevote(Hash.ZERO);
        } else if (timer.step().equals(Step.PREVOTE.text) && step == Step.PREVOTE) { // lines 61–64
            precommit(Hash.ZERO);
        } else if (timer.step().equals(Step.PRECOMMIT.text)) { // lines 65–67
            startRound(Math.addExact(round, 1));
        }
    }

    /** Lines 11–21. */
    private void startRound(int newRound) {
        if (newRound > context.firstRound()) {
            cast(VotePhase.PREVOTE, newRound - 1, Hash.ZERO);
            cast(VotePhase.PRECOMMIT, newRound - 1, Hash.ZERO);
        }
        round = newRound;
        step = Step.PROPOSE;
        waitsForPrevotes = false;
        waitsForPrecommits = false;
        log.advance(newRound);
        enterPropose();
    }

    private void enterPropose() {
        long delay = round == context.firstRound() ? context.startDelayMillis() : 0;
        if (context.isPrivate()) {
            sortition = Optional.of(Sortition.of(context, round, delay, timeouts.sortition(), this::arm));
            delay = Math.addExact(delay, timeouts.sortition());
        } else if (context.ownRank(round).isPresent()) {
            if (delay > 0) {
                arm(START, delay);
            } else {
                propose();
            }
        }
        arm(Step.PROPOSE.text, Math.addExact(delay, timeouts.propose(round - context.firstRound())));
    }

    /**
     * Lines 15–19. A valid block whose proof is lost with the disk is offered as a new one: all who are not locked on
     * another block can accept it.
     */
    private void propose() {
        if (!own.propose(round)) {
            return;
        }
        Optional<Hash> block = lock.validValue();
        Optional<Certificate> proof = block.flatMap(
                        value -> lock.validProof().or(() -> log.proof(lock.validRound(), value)))
                .filter(p -> p.round() < round);
        OptionalInt proven = proof.isPresent() ? OptionalInt.of(lock.validRound()) : OptionalInt.empty();
        out.add(new Action.Propose(round, block, proven, proof));
    }

    private List<Action> react() {
        if (!decided) {
            log.reachedByMany().ifPresent(this::startRound); // lines 55–56
            if (self.isPresent()) {
                if (step == Step.PROPOSE
                        && sortition
                                .filter(mine -> mine.speaks(offered(), lock.validRound()))
                                .isPresent()) {
                    propose();
                }
                answerOffer();
                followPrevotes();
                waitForVotes();
            }
        }
        List<Action> actions = out;
        out = new ArrayList<>();
        return actions;
    }

    /** The offer of this round that counts: of several the best that this validator can vote for. */
    private Optional<Message.Offer> offered() {
        return context.isPrivate()
                ? Sortition.best(log.round(round).offers(), this::isEligible)
                : log.round(round).offer();
    }

    private boolean isEligible(Message.Offer offer) {
        Proposal proposal = offer.proposal();
        return verdicts.getOrDefault(proposal.block(), Optional.empty()).orElse(true)
                && (proposal.validRound().isEmpty() || log.isProven(offer))
                && lock.allows(proposal.block(), proposal.validRound());
    }

    /** Lines 22–33. */
    private void answerOffer() {
        Optional<Message.Offer> offer = offered();
        if (offer.isPresent()) {
            judge(offer.get().proposal().block());
            sortition.ifPresent(Sortition::heard);
        }
        if (step != Step.PROPOSE
                || offer.isEmpty()
                || sortition.filter(open -> !open.isClosed()).isPresent()) {
            return;
        }
        Hash block = offer.get().proposal().block();
        OptionalInt offeredValidRound = offer.get().proposal().validRound();
        Optional<Boolean> valid = verdicts.get(block);
        if (valid.isEmpty() || offeredValidRound.isPresent() && !log.isProven(offer.get())) {
            return;
        }
        if (valid.get() && offeredValidRound.isPresent()) {
            lock.hold(offeredValidRound.getAsInt(), block, offer.get().proofOfLock());
        }
        prevote(valid.get() && lock.allows(block, offeredValidRound) ? block : Hash.ZERO);
    }

    /** Lines 36–46. */
    private void followPrevotes() {
        for (RoundLog past : log.rounds()) {
            if (past.round > round || past.round <= lock.validRound() && past.round < round) {
                continue;
            }
            Optional<Hash> agreed = past.prevotes.agreed();
            if (agreed.isEmpty()) {
                continue;
            }
            Hash block = agreed.get();
            if (block.isZero()) {
                if (past.round == round && step == Step.PREVOTE) { // lines 44–46
                    precommit(Hash.ZERO);
                }
                continue;
            }
            // of several offers this may be one that was not heard here: it is fetched
            if (context.isPrivate()
                    || past.offer()
                            .filter(offer -> offer.proposal().block().equals(block))
                            .isPresent()) {
                judge(block);
            }
            if (!verdicts.getOrDefault(block, Optional.empty()).orElse(false)) {
                continue;
            }
            if (past.round == round && step == Step.PREVOTE) {
                lock.lock(round, block); // lines 38–39
                keep(past.prevotes.of(block));
                precommit(block); // lines 40–41
            }
            lock.hold(past.round, block, log.proof(past.round, block)); // lines 42–43
        }
    }

    /** Lines 34–35 and 47–48. */
    private void waitForVotes() {
        RoundLog now = log.round(round);
        if (step == Step.PREVOTE && !waitsForPrevotes && now.prevotes.isQuorum()) {
            waitsForPrevotes = true;
            arm(Step.PREVOTE.text, timeouts.prevote(round - context.firstRound()));
        }
        if (!waitsForPrecommits && now.precommits.isQuorum()) {
            waitsForPrecommits = true;
            arm(Step.PRECOMMIT.text, timeouts.precommit(round - context.firstRound()));
        }
    }

    /** Lines 49–54; the next height is another machine's. */
    private void decide(RoundLog past) {
        Optional<Hash> agreed = past.precommits.agreed().filter(block -> !block.isZero());
        if (agreed.isPresent() && !decided) {
            decided = true;
            out.add(new Action.Decide(past.precommits.certificate(agreed.get())));
        }
    }

    private void judge(Hash block) {
        if (verdicts.putIfAbsent(block, Optional.empty()) == null) {
            out.add(new Action.Judge(block));
        }
    }

    private void prevote(Hash block) {
        cast(VotePhase.PREVOTE, round, block);
        step = Step.PREVOTE;
    }

    private void precommit(Hash block) {
        cast(VotePhase.PRECOMMIT, round, block);
        step = Step.PRECOMMIT;
    }

    private void cast(VotePhase phase, int inRound, Hash block) {
        if (self.isPresent() && own.vote(phase, inRound)) {
            out.add(new Action.CastVote(phase, inRound, block));
        }
    }

    /** A lock is worth something after a crash only together with its proof. */
    private void keep(List<Vote> proof) {
        List<Message> others = proof.stream()
                .filter(vote -> !self.equals(Optional.of(vote.validator())))
                .<Message>map(Message.Ballot::new)
                .toList();
        if (!others.isEmpty()) {
            out.add(new Action.Keep(others));
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
