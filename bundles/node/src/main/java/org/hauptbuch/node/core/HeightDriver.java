package org.hauptbuch.node.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.block.Proposal;
import org.hauptbuch.api.block.Vote;
import org.hauptbuch.api.block.VotePhase;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.finality.Action;
import org.hauptbuch.api.finality.Event;
import org.hauptbuch.api.finality.FinalityMachine;
import org.hauptbuch.api.finality.HeightContext;
import org.hauptbuch.api.finality.Message;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.selection.PublicSchedule;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.ledger.Execution;
import org.hauptbuch.node.block.BlockContext;
import org.hauptbuch.node.block.BlockProducer;
import org.hauptbuch.node.chain.CandidateBlock;
import org.hauptbuch.node.metrics.Metric;
import org.hauptbuch.node.signer.SignerFault;
import org.hauptbuch.node.signing.SigningGuard;
import org.hauptbuch.node.wire.WireMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides one height: runs the finality rule's machine and carries out what it asks for. Belongs to the loop. */
final class HeightDriver {
    private static final Logger LOG = LoggerFactory.getLogger(HeightDriver.class);

    private final Parts parts;
    private final BlockContext context;
    private final Optional<Address> self;
    private final ParentVotes parentVotes;
    private final Host host;
    private final Candidates candidates;
    private final List<Cancellable> timers = new ArrayList<>();
    private final Map<Hash, Execution> valid = new HashMap<>();
    private final Deque<Runnable> work = new ArrayDeque<>();
    private final Draws draws;
    private final SigningQueue signing;
    private boolean working;
    private boolean closed;
    private FinalityMachine machine;
    private int round;
    private String step = "";
    private Optional<Certificate> decision = Optional.empty();

    private record Answer(List<Action> actions, int round, String step) {}

    /** The node around a height. */
    interface Host {
        /** The height is decided, the block is here and was judged. The driver is closed. */
        void decided(CandidateBlock block, Certificate certificate, Execution execution);

        /** A certificate makes a block final that this node finds wrong: nothing can go on here. */
        void contradicted(String why);

        /** Somebody signed two things that contradict each other. */
        void accuse(Evidence evidence);

        /** A block that its proposer signed is refused. */
        void refused(Proposal proposal, CandidateBlock block, PoSException why);
    }

    HeightDriver(Parts parts, BlockContext context, Optional<Address> self, ParentVotes parentVotes, Host host) {
        this.parts = parts;
        this.context = context;
        this.self = self;
        this.parentVotes = parentVotes;
        this.host = host;
        this.candidates = new Candidates(parts, context, this::arrived);
        this.round = context.firstRound();
        this.draws = new Draws(parts, context, self);
        this.signing = new SigningQueue(parts.environment(), this::enqueue);
    }

    BlockContext context() {
        return context;
    }

    Optional<Address> self() {
        return self;
    }

    Candidates candidates() {
        return candidates;
    }

    int round() {
        return round;
    }

    String step() {
        return step;
    }

    boolean isClosed() {
        return closed;
    }

    /** Begins the height; the first proposal is due after {@code startDelayMillis}. */
    void begin(long startDelayMillis) {
        List<Message> journal = List.of();
        if (self.isPresent()) {
            SigningGuard guard = parts.guard().orElseThrow();
            journal = guard.journal(context.height(), context.rollback().isPresent());
            guard.candidates(context.height()).forEach(candidates::add);
        }
        HeightContext begun = new HeightContext(
                context.chainId(),
                context.height(),
                context.validators(),
                context.schedule(),
                self,
                context.parameters().blockTimeMillis(),
                startDelayMillis,
                context.firstRound(),
                journal,
                draws::rank);
        machine = parts.calls().ask(RuleKind.FINALITY, "finality", () -> context.rules()
                .finality()
                .start(begun));
        enqueue(() -> perform(ask(() -> machine.begin())));
    }

    /** Hands a message over whose signatures were verified. */
    void receive(Message message) {
        feed(new Event.Received(message));
    }

    /** What a peer needs that lags behind at this height. */
    List<Message> known() {
        return closed ? List.of() : parts.calls().ask(RuleKind.FINALITY, "finality", machine::known);
    }

    /** Ends it: timers are cancelled, what comes back later is not looked at. */
    void close() {
        closed = true;
        timers.forEach(Cancellable::cancel);
        timers.clear();
        work.clear();
        signing.close();
        candidates.close();
    }

    private void feed(Event event) {
        enqueue(() -> perform(ask(() -> machine.on(event))));
    }

    /** One event at a time: what a machine asks for may be its next event. */
    private void enqueue(Runnable task) {
        if (closed) {
            return;
        }
        work.add(task);
        if (working) {
            return;
        }
        working = true;
        try {
            while (!closed && !work.isEmpty()) {
                work.poll().run();
            }
        } finally {
            working = false;
        }
    }

    private List<Action> ask(Supplier<List<Action>> question) {
        Answer answer = parts.calls()
                .ask(RuleKind.FINALITY, "finality", () -> new Answer(question.get(), machine.round(), machine.step()));
        if (answer.round > round) {
            parts.metrics().count(Metric.ROUNDS_BEYOND_FIRST);
        }
        round = answer.round;
        step = answer.step;
        return answer.actions;
    }

    private void perform(List<Action> actions) {
        // votes that are sent again in a row are one message: a quorum of them justifies what comes next
        List<Vote> again = new ArrayList<>();
        for (Action action : actions) {
            if (closed) {
                return;
            }
            if (action instanceof Action.Resend resend && resend.message() instanceof Message.Ballot ballot) {
                again.add(ballot.vote());
                continue;
            }
            sendAgain(again);
            perform(action);
        }
        sendAgain(again);
    }

    private void sendAgain(List<Vote> votes) {
        WireMessage.Votes.split(votes).forEach(parts.outbox()::broadcast);
        votes.clear();
    }

    private void perform(Action action) {
        if (action instanceof Action.Propose propose) {
            signing.run(() -> propose(propose));
        } else if (action instanceof Action.CastVote vote) {
            signing.run(() -> castVote(vote.phase(), vote.round(), vote.block()));
        } else if (action instanceof Action.Keep keep) {
            signing.run(() -> parts.guard().ifPresent(guard -> guard.keep(context.height(), keep.messages())));
        } else if (action instanceof Action.Resend resend) {
            parts.outbox().broadcast(candidates.toWire(resend.message(), true));
        } else if (action instanceof Action.Judge judge) {
            judge(judge.block());
        } else if (action instanceof Action.Arm arm) {
            timers.add(parts.environment().arm(arm.delayMillis(), () -> feed(new Event.TimedOut(arm.timer()))));
        } else if (action instanceof Action.Decide decide) {
            decide(decide.certificate());
        } else if (action instanceof Action.Accuse accuse) {
            host.accuse(accuse.evidence());
        }
    }

    private void propose(Action.Propose propose) {
        Optional<CandidateBlock> block;
        try {
            block = propose.block().isPresent()
                    ? candidates.get(propose.block().get())
                    : Optional.of(produce(propose.round()));
            if (block.isEmpty()) {
                LOG.warn(
                        "{}: block {} is to be offered again at height {} round {} but is not here",
                        parts.name(),
                        propose.block().get().shortHex(),
                        context.height(),
                        propose.round());
                return;
            }
            candidates.add(block.get());
            Proposal unsigned = new Proposal(
                    context.height(),
                    propose.round(),
                    propose.validRound(),
                    block.get().hash(),
                    self.orElseThrow(),
                    Bytes.EMPTY);
            Message.Offer offer =
                    parts.guard().orElseThrow().propose(drawn(unsigned, propose.proofOfLock()), block.get());
            candidates.offered(offer);
            parts.outbox().broadcast(candidates.toWire(offer, true));
            parts.timings().proposing();
            receive(offer);
        } catch (PoSException refused) {
            notSigned("propose", refused);
        }
    }

    /** The offer with what lets this validator make it. */
    private Message.Offer drawn(Proposal unsigned, Optional<Certificate> proofOfLock) {
        if (context.schedule() instanceof PublicSchedule) {
            return new Message.Offer(unsigned, proofOfLock);
        }
        Draws.Draw draw = draws.draw(unsigned.round());
        long rank = draw.rank()
                .orElseThrow(() -> new PoSException(
                        PoSError.BLOCK_PRODUCTION_FAILED,
                        "the draw of round " + unsigned.round() + " does not let this validator propose"));
        return new Message.Offer(unsigned, proofOfLock, draw.credential(), rank);
    }

    private CandidateBlock produce(int round) {
        parts.checks().require(self.orElseThrow());
        return parts.producer()
                .produce(
                        context,
                        parentVotes.certificate(),
                        new BlockProducer.Request(
                                round,
                                self.orElseThrow(),
                                parts.guard().orElseThrow().signer(),
                                parts.environment().wallMillis()));
    }

    private void castVote(VotePhase phase, int round, Hash block) {
        try {
            Message.Ballot ballot = parts.guard()
                    .orElseThrow()
                    .vote(phase, context.height(), round, block, self.orElseThrow(), candidates.get(block));
            parts.metrics().count(Metric.VOTES_CAST);
            parts.outbox().broadcast(candidates.toWire(ballot, false));
            receive(ballot);
        } catch (PoSException refused) {
            notSigned("vote", refused);
        }
    }

    private void notSigned(String what, PoSException refused) {
        if (SignerFault.isAway(refused)) {
            throw refused;
        }
        parts.metrics().count(Metric.SIGNING_REFUSED);
        if (SignerFault.isIn(refused)) {
            return;
        }
        LOG.error("{}: did not {} at height {}: {}", parts.name(), what, context.height(), refused.getMessage());
    }

    private void judge(Hash hash) {
        candidates.get(hash).ifPresentOrElse(this::judge, () -> candidates.fetch(hash));
    }

    private void judge(CandidateBlock block) {
        OptionalLong wall = decision.isPresent()
                ? OptionalLong.empty()
                : OptionalLong.of(parts.environment().wallMillis());
        parts.judge()
                .judge(
                        new BlockJudge.Case(context, block, parentVotes.certificate(), wall),
                        () -> !closed,
                        verdict -> judged(block, verdict));
    }

    private void judged(CandidateBlock block, Result<Execution> verdict) {
        if (decision.isPresent() && decision.get().block().equals(block.hash())) {
            finish(block, verdict);
            return;
        }
        if (verdict.failure() == null) {
            valid.put(block.hash(), verdict.value());
        } else if (verdict.failure() instanceof PoSException refused) {
            LOG.warn(
                    "{}: block {} of height {} is refused: {}",
                    parts.name(),
                    block.hash().shortHex(),
                    context.height(),
                    refused.getMessage());
            candidates.proposals(block.hash()).forEach(proposal -> host.refused(proposal, block, refused));
        }
        feed(new Event.Judged(block.hash(), verdict.failure() == null));
    }

    /** A block came that was asked for. */
    private void arrived(CandidateBlock block) {
        if (!closed) {
            enqueue(() -> judge(block));
        }
    }

    private void decide(Certificate certificate) {
        if (decision.isPresent()) {
            return;
        }
        decision = Optional.of(certificate);
        timers.forEach(Cancellable::cancel);
        timers.clear();
        Execution known = valid.get(certificate.block());
        if (known != null) {
            finish(candidates.get(certificate.block()).orElseThrow(), Result.of(known));
        } else {
            judge(certificate.block());
        }
    }

    private void finish(CandidateBlock block, Result<Execution> verdict) {
        Certificate certificate = decision.orElseThrow();
        if (verdict.failure() != null) {
            host.contradicted("block " + block.hash().shortHex() + " of height " + context.height()
                    + " is final but refused here: " + verdict.failure().getMessage());
            return;
        }
        // whoever lags behind may ask for the votes, so what was signed in this step leaves before the height ends
        host.decided(block, certificate, verdict.get());
    }
}
