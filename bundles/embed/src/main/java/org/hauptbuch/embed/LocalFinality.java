package org.hauptbuch.embed;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.function.Supplier;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.block.Proposal;
import org.hauptbuch.api.block.Vote;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.finality.Action;
import org.hauptbuch.api.finality.Event;
import org.hauptbuch.api.finality.FinalityMachine;
import org.hauptbuch.api.finality.HeightContext;
import org.hauptbuch.api.finality.Message;
import org.hauptbuch.api.finality.Timer;
import org.hauptbuch.api.selection.PublicSchedule;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;

/**
 * One height, agreed on by the validators whose keys the program holds: one machine of the finality rule for each, every
 * message handed to all of them, timers in virtual time, so that nobody waits. No message leaves this object, and the
 * certificate leaves the façade only after its block is durable: a height that failed leaves nothing that a second
 * attempt could contradict.
 */
final class LocalFinality {
    /** Where a rule has not agreed after so many rounds among friends, it never will. */
    private static final int MAX_ROUNDS = 100;

    /** Builds the block that a proposer offers in a round. */
    interface Offers {
        Candidate offer(Address proposer, Signer signer, int round);
    }

    /**
     * What was agreed on.
     *
     * @param candidate the block
     * @param certificate the votes of everybody who cast one, not of the fastest quorum only
     */
    record Decision(Candidate candidate, Certificate certificate) {}

    private record Seat(Address address, Signer signer, Draws draws, FinalityMachine machine) {}

    private record Delivery(Seat seat, Event event) {}

    private record Armed(long dueMillis, long sequence, Seat seat, Timer timer) {}

    private final HeightPlan plan;
    private final SignatureScheme scheme;
    private final Offers offers;
    private final List<Seat> seats = new ArrayList<>();
    private final Deque<Delivery> deliveries = new ArrayDeque<>();
    private final PriorityQueue<Armed> timers =
            new PriorityQueue<>(Comparator.comparingLong(Armed::dueMillis).thenComparingLong(Armed::sequence));
    // looked up by hash only, never iterated
    private final Map<Hash, Candidate> candidates = new HashMap<>();
    private final List<Vote> votes = new ArrayList<>();
    private long nowMillis;
    private long sequence;
    private Optional<Certificate> decided = Optional.empty();

    LocalFinality(HeightPlan plan, Keys keys, SignatureScheme scheme, Offers offers) {
        this.plan = plan;
        this.scheme = scheme;
        this.offers = offers;
        long power = 0;
        for (ValidatorSet.Member member : plan.validators().members()) {
            Optional<Signer> signer = keys.of(member.key());
            if (signer.isPresent()) {
                power += member.power();
                Draws draws = new Draws(member, signer.get());
                seats.add(new Seat(member.address(), signer.get(), draws, machine(member.address(), draws)));
            }
        }
        if (!plan.validators().isQuorum(power)) {
            throw PoSException.outOfRange(
                    PoSError.BLOCK_FINALIZATION_FAILED,
                    "voting power whose keys are here at height " + plan.height(),
                    power,
                    "more than two thirds of " + plan.validators().totalPower());
        }
    }

    /**
     * Runs the height to its end.
     *
     * @throws PoSException BLOCK_FINALIZATION_FAILED where the rule fails, does not agree, or gives a certificate that
     *     proves nothing; whatever building a block throws
     */
    Decision decide() {
        for (Seat seat : seats) {
            perform(seat, run(() -> seat.machine().begin()));
        }
        while (!deliveries.isEmpty() || decided.isEmpty()) {
            Delivery next = deliveries.isEmpty() ? timeout() : deliveries.remove();
            perform(next.seat(), run(() -> next.seat().machine().on(next.event())));
        }
        Certificate certificate = whole(decided.get());
        Candidate candidate = candidates.get(certificate.block());
        if (candidate == null) {
            throw refuse("decided on block " + certificate.block() + ", which nobody offered", null);
        }
        run(() -> {
            plan.generation().finality().verifyFinal(certificate, plan.chainId(), plan.validators(), scheme);
            return certificate;
        });
        return new Decision(candidate, certificate);
    }

    private FinalityMachine machine(Address self, Draws draws) {
        HeightContext context = new HeightContext(
                plan.chainId(),
                plan.height(),
                plan.validators(),
                plan.schedule(),
                Optional.of(self),
                plan.parameters().blockTimeMillis(),
                0,
                0,
                List.of(),
                draws::rank);
        return run(() -> plan.generation().finality().start(context));
    }

    private Delivery timeout() {
        Armed next = timers.poll();
        if (next == null) {
            throw refuse("nobody waits for anything and nothing is decided", null);
        }
        if (next.timer().round() >= MAX_ROUNDS) {
            throw refuse(
                    "not decided after " + MAX_ROUNDS + " rounds, step "
                            + next.seat().machine().step(),
                    null);
        }
        nowMillis = next.dueMillis();
        return new Delivery(next.seat(), new Event.TimedOut(next.timer()));
    }

    private void perform(Seat seat, List<Action> actions) {
        for (Action action : actions) {
            if (action instanceof Action.Propose a) {
                propose(seat, a);
            } else if (action instanceof Action.CastVote a) {
                vote(seat, a);
            } else if (action instanceof Action.Resend a) {
                tellAll(a.message());
            } else if (action instanceof Action.Judge a) {
                // building a block executed it: what was not built here cannot be offered here
                deliveries.add(new Delivery(seat, new Event.Judged(a.block(), candidates.containsKey(a.block()))));
            } else if (action instanceof Action.Arm a) {
                timers.add(new Armed(Math.addExact(nowMillis, a.delayMillis()), sequence++, seat, a.timer()));
            } else if (action instanceof Action.Decide a) {
                decided = decided.or(() -> Optional.of(a.certificate()));
            } else if (action instanceof Action.Accuse a) {
                throw refuse(
                        "the validators here contradict themselves: "
                                + a.evidence().type(),
                        null);
            } else if (action instanceof Action.Keep) {
                // a record is for whoever resumes a height, and a height begins and ends in one call here
                continue;
            }
        }
    }

    private void propose(Seat seat, Action.Propose action) {
        Hash block;
        if (action.block().isPresent()) {
            block = action.block().get();
        } else {
            Candidate candidate = offers.offer(seat.address(), seat.signer(), action.round());
            block = candidate.block().hash();
            candidates.put(block, candidate);
        }
        Bytes message = Proposal.signBytes(plan.chainId(), plan.height(), action.round(), action.validRound(), block);
        Proposal proposal = new Proposal(
                plan.height(),
                action.round(),
                action.validRound(),
                block,
                seat.address(),
                seat.signer().sign(message));
        tellAll(
                plan.schedule() instanceof PublicSchedule
                        ? new Message.Offer(proposal, action.proofOfLock())
                        : new Message.Offer(
                                proposal,
                                action.proofOfLock(),
                                seat.draws().proof(action.round()),
                                seat.draws().rank(action.round()).orElseThrow()));
    }

    private void vote(Seat seat, Action.CastVote action) {
        Bytes message = Vote.signBytes(plan.chainId(), action.phase(), plan.height(), action.round(), action.block());
        Vote vote = new Vote(
                action.phase(),
                plan.height(),
                action.round(),
                action.block(),
                seat.address(),
                seat.signer().sign(message));
        votes.add(vote);
        tellAll(new Message.Ballot(vote));
    }

    private void tellAll(Message message) {
        Event event = new Event.Received(message);
        seats.forEach(seat -> deliveries.add(new Delivery(seat, event)));
    }

    /**
     * The certificate with every vote that was cast for the same thing: the machine stops at the first quorum, and who
     * is missing from the certificate counts as absent.
     */
    private Certificate whole(Certificate first) {
        List<Vote> same = votes.stream()
                .filter(v -> v.phase() == first.phase()
                        && v.round() == first.round()
                        && v.block().equals(first.block()))
                .toList();
        return same.size() > first.signatures().size() ? Certificate.of(same) : first;
    }

    /** What one validator draws in each round of a private schedule. */
    private final class Draws {
        private final ValidatorSet.Member member;
        private final Signer signer;

        private Draws(ValidatorSet.Member member, Signer signer) {
            this.member = member;
            this.signer = signer;
        }

        private Bytes proof(int round) {
            return signer.prove(plan.reveal(round));
        }

        private OptionalLong rank(int round) {
            Bytes output = scheme.proofOutput(member.key(), plan.reveal(round), proof(round))
                    .orElseThrow(() -> refuse("the key of " + member.address() + " proves nothing", null));
            return plan.rank(round, member.address(), output);
        }
    }

    private <T> T run(Supplier<T> rule) {
        try {
            return Objects.requireNonNull(rule.get(), "it answered null");
        } catch (RuntimeException e) {
            if (e instanceof PoSException refusal && refusal.error() == PoSError.BLOCK_FINALIZATION_FAILED) {
                throw refusal;
            }
            // foreign code: whatever a finality rule throws
            throw refuse("the finality rule failed: " + e, e);
        }
    }

    private PoSException refuse(String detail, Throwable cause) {
        return new PoSException(PoSError.BLOCK_FINALIZATION_FAILED, "height " + plan.height() + ": " + detail, cause);
    }
}
