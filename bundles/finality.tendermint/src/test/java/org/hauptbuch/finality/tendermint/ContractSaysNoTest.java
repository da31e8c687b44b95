package org.hauptbuch.finality.tendermint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.block.Vote;
import org.hauptbuch.api.block.VotePhase;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.finality.Action;
import org.hauptbuch.api.finality.Event;
import org.hauptbuch.api.finality.FinalityMachine;
import org.hauptbuch.api.finality.FinalityRule;
import org.hauptbuch.api.finality.HeightContext;
import org.hauptbuch.api.finality.Message;
import org.hauptbuch.api.finality.Timer;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.selection.PrivateSchedule;
import org.hauptbuch.api.selection.PublicSchedule;
import org.hauptbuch.api.selection.Schedule;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.tck.ContractProof;
import org.hauptbuch.tck.FinalityRuleContract;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A protocol that breaks a promise of the contract is found out. Each one here is the good one with one fault. */
class ContractSaysNoTest {
    private static final FinalityRule GOOD = new TendermintFinality(TendermintParameters.from(Parameters.NONE));
    private static final Hash X = Hash.sha256(new byte[] {'x'});

    /** The good protocol; a fault overrides one of its steps. */
    private static class Faulty implements FinalityRule {
        @Override
        public FinalityMachine start(HeightContext context) {
            return new Machine(this, context, GOOD.start(knows(context)));
        }

        @Override
        public void verifyFinal(
                Certificate certificate, String chainId, ValidatorSet validators, SignatureScheme scheme) {
            GOOD.verifyFinal(certificate, chainId, validators, scheme);
        }

        HeightContext knows(HeightContext context) {
            return context;
        }

        Optional<Event> hears(Event event) {
            return Optional.of(event);
        }

        List<Action> does(HeightContext context, Optional<Event> event, List<Action> actions) {
            return actions;
        }
    }

    private record Machine(Faulty fault, HeightContext context, FinalityMachine good) implements FinalityMachine {
        @Override
        public List<Action> begin() {
            return fault.does(context, Optional.empty(), good.begin());
        }

        @Override
        public List<Action> on(Event event) {
            List<Action> actions = fault.hears(event).map(good::on).orElse(List.of());
            return fault.does(context, Optional.of(event), actions);
        }

        @Override
        public int round() {
            return good.round();
        }

        @Override
        public String step() {
            return good.step();
        }

        @Override
        public List<Message> known() {
            return good.known();
        }
    }

    @TestFactory
    Stream<DynamicTest> eachPromiseIsLookedAt() {
        return new ContractProof<>(FinalityRuleContract.class, contract(new Faulty()))
                .breaks("honestValidatorsAgree", contract(FORGETS_ITS_JOURNAL))
                .breaks("honestValidatorsAgree", contract(HASTY))
                .breaks("honestValidatorsAgree", contract(HAS_NO_PATIENCE))
                .breaks("honestValidatorsAgree", contract(ACCUSES_ANYBODY))
                .breaks("honestValidatorsAgreeWhereProposersAreDrawnInPrivate", contract(FORGETS_ITS_JOURNAL))
                .breaks("honestValidatorsAgreeWhereProposersAreDrawnInPrivate", contract(HAS_NO_PATIENCE))
                .breaks("honestValidatorsAgreeWhereProposersAreDrawnInPrivate", contract(ACCUSES_ANYBODY))
                .breaks("theBestDrawIsDecided", contract(PREFERS_THE_WORST))
                .breaks("theBestDrawIsDecided", contract(HAS_NO_PATIENCE))
                .breaks("theSameSeedIsTheSameRun", contract(UNSTEADY))
                .breaks("theWorldsDoTheirWorst", contract(REPORTS_NOBODY))
                .breaks("allDecideTheSameAndWhoFollowsKnowsIt", contract(FOLLOWS_BLINDLY))
                .breaks("allDecideTheSameAndWhoFollowsKnowsIt", contract(VOTES_AS_FOLLOWER))
                .breaks("allDecideTheSameAndWhoFollowsKnowsIt", contract(PROPOSES_OUT_OF_TURN))
                .breaks("allDecideTheSameAndWhoFollowsKnowsIt", contract(ARMS_TWICE))
                .breaks("allDecideTheSameAndWhoFollowsKnowsIt", contract(ACCUSES_ANYBODY))
                .breaks("threeOfFourDecide", contract(HAS_NO_PATIENCE))
                .breaks("twoOfFourDoNot", contract(HASTY))
                .breaks("anInvalidBlockIsNotDecided", contract(CREDULOUS))
                .breaks("anOfferOutOfTurnIsNotVotedFor", contract(VOTES_FOR_ANY_OFFER))
                .breaks("aCertificateProvesWhatItSaysAndNothingElse", contract(HASTY))
                .breaks("aCertificateProvesWhatItSaysAndNothingElse", contract(TAKES_ANY_QUORUM))
                .breaks("aCertificateProvesWhatItSaysAndNothingElse", contract(READS_NO_SIGNATURE))
                .breaks("aCertificateProvesWhatItSaysAndNothingElse", contract(KNOWS_ONE_CHAIN_ONLY))
                .breaks("theSameEventsHaveTheSameActions", contract(UNSTEADY))
                .breaks("repeatedEventsAndOtherHeightsChangeNothing", contract(JUDGES_AGAIN))
                .breaks("repeatedEventsAndOtherHeightsChangeNothing", contract(HEARS_OTHER_HEIGHTS))
                .breaks("aJournalIsNeverContradicted", contract(FORGETS_ITS_JOURNAL))
                .breaks("aJournalIsNeverContradicted", contract(SENDS_WHAT_IT_NEVER_SAID))
                .breaks("honestValidatorsAgree", contract(SENDS_WHAT_IT_NEVER_HEARD))
                .breaks("allDecideTheSameAndWhoFollowsKnowsIt", contract(SENDS_WHAT_IT_NEVER_HEARD))
                .breaks("allDecideTheSameAndWhoFollowsKnowsIt", contract(SENDS_AS_FOLLOWER))
                .breaks("aJournalIsNeverContradicted", contract(SENDS_WHAT_IT_NEVER_HEARD))
                .breaks("aHeightBeginsInTheRoundThatItIsTold", contract(KNOWS_NO_FIRST_ROUND))
                .breaks("whoContradictsItselfIsReported", contract(REPORTS_NOBODY))
                .tests();
    }

    private static FinalityRuleContract contract(FinalityRule rule) {
        return () -> parameters -> rule;
    }

    private static final Faulty FORGETS_ITS_JOURNAL = new Faulty() {
        @Override
        HeightContext knows(HeightContext context) {
            return with(context, context.schedule(), List.of());
        }
    };

    private static final Faulty PROPOSES_OUT_OF_TURN = new Faulty() {
        @Override
        HeightContext knows(HeightContext context) {
            if (!(context.schedule() instanceof PublicSchedule known)) {
                return context;
            }
            PublicSchedule next = (height, round) -> known.proposer(height, round + 1);
            return with(context, next, context.journal());
        }
    };

    /** Takes the first offer for decided, and anything for a certificate. */
    private static final Faulty HASTY = new Faulty() {
        @Override
        List<Action> does(HeightContext context, Optional<Event> event, List<Action> actions) {
            return offer(event)
                    .map(offer -> plus(
                            actions,
                            new Action.Decide(new Certificate(
                                    VotePhase.PRECOMMIT,
                                    context.height(),
                                    0,
                                    offer.proposal().block(),
                                    List.of()))))
                    .orElse(actions);
        }

        @Override
        public void verifyFinal(
                Certificate certificate, String chainId, ValidatorSet validators, SignatureScheme scheme) {}
    };

    /** Waits for ever. */
    private static final Faulty HAS_NO_PATIENCE = new Faulty() {
        @Override
        Optional<Event> hears(Event event) {
            return event instanceof Event.TimedOut ? Optional.empty() : Optional.of(event);
        }
    };

    private static final Faulty ACCUSES_ANYBODY = new Faulty() {
        @Override
        List<Action> does(HeightContext context, Optional<Event> event, List<Action> actions) {
            return offer(event)
                    .map(offer -> plus(
                            actions,
                            new Action.Accuse(new Evidence(
                                    "equivocation.votes", offer.proposal().proposer(), context.height(), Bytes.EMPTY))))
                    .orElse(actions);
        }
    };

    private static final Faulty PREFERS_THE_WORST = new Faulty() {
        @Override
        Optional<Event> hears(Event event) {
            return Optional.of(
                    event instanceof Event.Received received && received.message() instanceof Message.Offer offer
                            ? new Event.Received(new Message.Offer(
                                    offer.proposal(),
                                    offer.proofOfLock(),
                                    offer.credential(),
                                    PrivateSchedule.MAX_RANK - offer.rank()))
                            : event);
        }
    };

    /** Every machine waits another time. */
    private static final Faulty UNSTEADY = new Faulty() {
        private final AtomicLong armed = new AtomicLong();

        @Override
        List<Action> does(HeightContext context, Optional<Event> event, List<Action> actions) {
            return actions.stream()
                    .map(action -> action instanceof Action.Arm arm
                            ? new Action.Arm(arm.timer(), arm.delayMillis() + armed.incrementAndGet())
                            : action)
                    .toList();
        }
    };

    private static final Faulty REPORTS_NOBODY = new Faulty() {
        @Override
        List<Action> does(HeightContext context, Optional<Event> event, List<Action> actions) {
            return actions.stream()
                    .filter(action -> !(action instanceof Action.Accuse))
                    .toList();
        }
    };

    private static final Faulty FOLLOWS_BLINDLY = new Faulty() {
        @Override
        List<Action> does(HeightContext context, Optional<Event> event, List<Action> actions) {
            return context.self().isPresent() ? actions : List.of();
        }
    };

    private static final Faulty VOTES_AS_FOLLOWER = new Faulty() {
        @Override
        List<Action> does(HeightContext context, Optional<Event> event, List<Action> actions) {
            return context.self().isPresent()
                    ? actions
                    : plus(actions, new Action.CastVote(VotePhase.PREVOTE, 0, Hash.ZERO));
        }
    };

    private static final Faulty ARMS_TWICE = new Faulty() {
        @Override
        List<Action> does(HeightContext context, Optional<Event> event, List<Action> actions) {
            return plus(actions, new Action.Arm(new Timer("again", 0), 1_000));
        }
    };

    /** Believes that every block is valid. */
    private static final Faulty CREDULOUS = new Faulty() {
        @Override
        Optional<Event> hears(Event event) {
            return Optional.of(event instanceof Event.Judged judged ? new Event.Judged(judged.block(), true) : event);
        }
    };

    private static final Faulty VOTES_FOR_ANY_OFFER = new Faulty() {
        @Override
        List<Action> does(HeightContext context, Optional<Event> event, List<Action> actions) {
            return offer(event)
                    .map(offer -> plus(
                            actions,
                            new Action.CastVote(
                                    VotePhase.PREVOTE, 0, offer.proposal().block())))
                    .orElse(actions);
        }
    };

    /** Of any phase, and for nothing. */
    private static final Faulty TAKES_ANY_QUORUM = new Faulty() {
        @Override
        public void verifyFinal(
                Certificate certificate, String chainId, ValidatorSet validators, SignatureScheme scheme) {
            certificate.verify(chainId, validators, scheme);
        }
    };

    private static final Faulty READS_NO_SIGNATURE = new Faulty() {
        @Override
        public void verifyFinal(
                Certificate certificate, String chainId, ValidatorSet validators, SignatureScheme scheme) {
            long power = certificate.signatures().stream()
                    .mapToLong(s -> validators.power(s.validator()))
                    .sum();
            if (certificate.phase() != VotePhase.PRECOMMIT || !validators.isQuorum(power)) {
                super.verifyFinal(certificate, chainId, validators, scheme);
            }
        }
    };

    private static final Faulty KNOWS_ONE_CHAIN_ONLY = new Faulty() {
        @Override
        public void verifyFinal(
                Certificate certificate, String chainId, ValidatorSet validators, SignatureScheme scheme) {
            super.verifyFinal(certificate, "test", validators, scheme);
        }
    };

    private static final Faulty JUDGES_AGAIN = new Faulty() {
        @Override
        List<Action> does(HeightContext context, Optional<Event> event, List<Action> actions) {
            return offer(event)
                    .filter(offer -> offer.height() == context.height())
                    .map(offer ->
                            plus(actions, new Action.Judge(offer.proposal().block())))
                    .orElse(actions);
        }
    };

    /** Takes whatever it hears for this height's; the offer is not verified again. */
    private static final Faulty HEARS_OTHER_HEIGHTS = new Faulty() {
        @Override
        List<Action> does(HeightContext context, Optional<Event> event, List<Action> actions) {
            return event.filter(e -> e instanceof Event.Received received
                                    && received.message().height() != context.height())
                            .isPresent()
                    ? plus(actions, new Action.Judge(X))
                    : actions;
        }
    };

    private static final Faulty SENDS_WHAT_IT_NEVER_SAID = new Faulty() {
        @Override
        List<Action> does(HeightContext context, Optional<Event> event, List<Action> actions) {
            if (event.isPresent() || context.journal().isEmpty()) {
                return actions;
            }
            Vote vote = new Vote(
                    VotePhase.PREVOTE, context.height(), 9, X, context.self().orElseThrow(), Bytes.EMPTY);
            return plus(actions, new Action.Resend(new Message.Ballot(vote)));
        }
    };

    /** Whatever it is offered, it knows of a vote for it. */
    private static final Faulty SENDS_WHAT_IT_NEVER_HEARD = new Faulty() {
        @Override
        List<Action> does(HeightContext context, Optional<Event> event, List<Action> actions) {
            return offer(event)
                    .map(offer -> plus(
                            actions,
                            new Action.Resend(new Message.Ballot(new Vote(
                                    VotePhase.PREVOTE,
                                    context.height(),
                                    offer.round(),
                                    X,
                                    offer.proposal().proposer(),
                                    Bytes.EMPTY)))))
                    .orElse(actions);
        }
    };

    /** Also where it is nobody: it sends on what it hears. */
    private static final Faulty SENDS_AS_FOLLOWER = new Faulty() {
        @Override
        List<Action> does(HeightContext context, Optional<Event> event, List<Action> actions) {
            return context.self().isPresent()
                    ? actions
                    : offer(event)
                            .map(offer -> plus(actions, new Action.Resend(offer)))
                            .orElse(actions);
        }
    };

    private static final Faulty KNOWS_NO_FIRST_ROUND = new Faulty() {
        @Override
        HeightContext knows(HeightContext context) {
            return new HeightContext(
                    context.chainId(),
                    context.height(),
                    context.validators(),
                    context.schedule(),
                    context.self(),
                    context.blockTimeMillis(),
                    context.startDelayMillis(),
                    0,
                    context.journal(),
                    context.draws());
        }
    };

    private static HeightContext with(HeightContext context, Schedule schedule, List<Message> journal) {
        return new HeightContext(
                context.chainId(),
                context.height(),
                context.validators(),
                schedule,
                context.self(),
                context.blockTimeMillis(),
                context.startDelayMillis(),
                context.firstRound(),
                journal,
                context.draws());
    }

    private static Optional<Message.Offer> offer(Optional<Event> event) {
        return event.filter(Event.Received.class::isInstance)
                .map(e -> ((Event.Received) e).message())
                .filter(Message.Offer.class::isInstance)
                .map(Message.Offer.class::cast);
    }

    private static List<Action> plus(List<Action> actions, Action more) {
        List<Action> all = new ArrayList<>(actions);
        all.add(more);
        return all;
    }
}
