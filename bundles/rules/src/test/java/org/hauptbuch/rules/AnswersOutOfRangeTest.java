package org.hauptbuch.rules;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.chain.ValidatorStatus;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.finality.Action;
import org.hauptbuch.api.finality.FinalityMachine;
import org.hauptbuch.api.finality.HeightContext;
import org.hauptbuch.api.finality.Timer;
import org.hauptbuch.api.reward.Accumulator;
import org.hauptbuch.api.reward.Payout;
import org.hauptbuch.api.selection.PublicSchedule;
import org.hauptbuch.api.slashing.Observation;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers that no node could use: the self-test says what is wrong with them. */
@Timeout(60)
class AnswersOutOfRangeTest {
    private final Doctored doctored = new Doctored();

    @Test
    void nullIsNoAnswer() {
        for (String[] method : new String[][] {
            {"selection.weighted", "elect", "the election"},
            {"selection.weighted", "prepare", "a schedule"},
            {"staking.bonded", "eligibility", "the eligibility"},
            {"reward.proportional", "divide", "the payouts"},
            {"reward.proportional", "accrue", "an accumulator"},
            {"slashing.downtime", "evidenceTypes", "the evidence types"},
            {"slashing.equivocation", "judge", "the offence"},
            {"slashing.downtime", "observe", "what it saw"},
            {"penalty.fixed", "penalty", "the penalty"},
            {"finality.tendermint", "start", "a machine"}
        }) {
            Doctored.assertProblem(
                    "answers null for " + method[2], doctored.problems(method[0], method[1], (a, sound) -> null));
        }
    }

    @Test
    void electionsOutOfRangeAreFound() {
        Doctored.assertProblem(
                "elects 20, must elect at most 7",
                doctored.problems("selection.weighted", "elect", (arguments, sound) -> arguments[0]));
        Doctored.assertProblem(
                "must elect candidates, unchanged",
                doctored.problems("selection.weighted", "elect", (arguments, sound) -> elected(sound).stream()
                        .map(m -> new ValidatorSet.Member(m.address(), m.key(), m.power() + 1))
                        .toList()));
        Doctored.assertProblem("each once", doctored.problems("selection.weighted", "elect", (arguments, sound) -> {
            List<ValidatorSet.Member> twice = new ArrayList<>(elected(sound));
            twice.add(twice.get(0));
            return (int) arguments[1] >= twice.size() ? twice : elected(sound);
        }));
        PublicSchedule stranger = (height, round) -> new Address(Bytes.of(new byte[20]));
        Doctored.assertProblem(
                "must be a validator of the epoch",
                doctored.problems("selection.weighted", "prepare", (a, sound) -> stranger));
    }

    @Test
    void amountsOutOfRangeAreFound() {
        Doctored.assertProblem(
                "answers 8 for the maturity, must be 9 to 9223372036854775807",
                doctored.problems("staking.bonded", "maturityEpoch", (arguments, sound) -> (long) sound.get() - 15));
        Doctored.assertProblem(
                "must be ACTIVE or INACTIVE",
                doctored.problems("staking.bonded", "eligibility", (arguments, sound) -> ValidatorStatus.BANNED));
        Doctored.assertProblem(
                "answers 0 for the shares for 1,",
                doctored.problems("delegation.pooled", "sharesFor", (a, sound) -> 0L));
        Doctored.assertProblem(
                "for the worth of",
                doctored.problems("delegation.pooled", "tokensFor", (a, sound) -> (long) sound.get() + 2));
        Doctored.assertProblem(
                "for the issuance", doctored.problems("reward.proportional", "issuance", (a, sound) -> -1L));
        Doctored.assertProblem(
                "for the commission of",
                doctored.problems("reward.proportional", "divide", (arguments, sound) -> payouts(sound).stream()
                        .map(p -> new Payout(p.validator(), p.commission() + (long) arguments[1], p.pool()))
                        .toList()));
        Doctored.assertProblem(
                "must pay a participant of the epoch, each once",
                doctored.problems("reward.proportional", "divide", (arguments, sound) -> {
                    List<Payout> twice = new ArrayList<>(payouts(sound));
                    twice.addAll(payouts(sound).stream()
                            .map(p -> new Payout(p.validator(), 0, 0))
                            .toList());
                    return twice;
                }));
        Doctored.assertProblem(
                "takes back what a share has earned",
                doctored.problems(
                        "reward.proportional",
                        "accrue",
                        (arguments, sound) -> (long) arguments[2] > 500_000_000_000L ? Accumulator.ZERO : sound.get()));
        Doctored.assertProblem(
                "for what all shares earned",
                doctored.problems("reward.proportional", "owed", (arguments, sound) -> (long) sound.get() + 1));
    }

    @Test
    void offencesOutOfRangeAreFound() {
        Doctored.assertProblem(
                "must be of whom and when the evidence says",
                doctored.problems("slashing.equivocation", "judge", (arguments, sound) -> {
                    var found = (org.hauptbuch.api.chain.Offence) sound.get();
                    return new org.hauptbuch.api.chain.Offence(
                            found.condition(),
                            found.reason(),
                            found.offender(),
                            found.height() - 1,
                            found.gravity(),
                            found.evidence(),
                            found.reporter());
                }));
        Observation.Remembered nameless = new Observation.Remembered(Bytes.EMPTY, Optional.of(Bytes.EMPTY));
        Doctored.assertProblem(
                "answers 0 for the bytes of a memory key",
                doctored.problems(
                        "slashing.downtime", "observe", (a, sound) -> new Observation(List.of(), List.of(nameless))));
        Doctored.assertProblem(
                "judges evidence of type 'Surprise'",
                doctored.problems("slashing.downtime", "evidenceTypes", (a, sound) -> java.util.Set.of("Surprise")));
    }

    @Test
    void aProtocolThatBeginsAgainWithRoundZeroAfterARollbackIsFound() {
        Doctored.assertProblem(
                "for a round, must be 1048576 to ",
                doctored.problems("finality.tendermint", "start", (arguments, sound) -> {
                    HeightContext told = (HeightContext) arguments[0];
                    arguments[0] = new HeightContext(
                            told.chainId(),
                            told.height(),
                            told.validators(),
                            told.schedule(),
                            told.self(),
                            told.blockTimeMillis(),
                            told.startDelayMillis(),
                            told.journal());
                    return sound.get();
                }));
    }

    @Test
    void aProtocolThatMayForkOrStandStillIsFound() {
        Doctored.assertProblem(
                "takes 1 of 4 equal votes for final",
                doctored.problems("finality.tendermint", "verifyFinal", (a, s) -> {
                    return null;
                }));
        Doctored.assertProblem(
                "refuses the certificate of its own decision",
                doctored.problems("finality.tendermint", "verifyFinal", (arguments, sound) -> {
                    throw new PoSException(PoSError.BLOCK_FINALIZATION_FAILED, "never");
                }));
        Doctored.assertProblem(
                "waits for ever without a timer and decides nothing", machine("begin", (a, s) -> List.of()));
        Doctored.assertProblem(
                "decides nothing within 5000 events",
                machine("on", (a, sound) -> List.of(new Action.Arm(new Timer("again", 0), 1))));
        Doctored.assertProblem(
                "answers -1 for a timer's delay",
                machine("begin", (a, sound) -> List.of(new Action.Arm(new Timer("propose", 0), -1))));
        Doctored.assertProblem(
                "votes for two blocks: PREVOTE in round 0", machine("on", (a, sound) -> actions(sound).stream()
                        .flatMap(action -> action instanceof Action.CastVote vote
                                ? java.util.stream.Stream.of(
                                        action,
                                        new Action.CastVote(vote.phase(), vote.round(), TestRules.digest("other")))
                                : java.util.stream.Stream.of(action))
                        .toList()));
        Doctored.assertProblem("decides two blocks at one height", machine("on", (a, sound) -> actions(sound).stream()
                .flatMap(action -> action instanceof Action.Decide decide
                        ? java.util.stream.Stream.of(action, new Action.Decide(ofAnother(decide.certificate())))
                        : java.util.stream.Stream.of(action))
                .toList()));
        Doctored.assertProblem("answers null for the step", machine("step", (a, sound) -> null));
    }

    private List<String> machine(String method, Doctored.Instead instead) {
        return doctored.problems("finality.tendermint", "start", (arguments, sound) -> {
            Object machine = sound.get();
            return Proxy.newProxyInstance(
                    AnswersOutOfRangeTest.class.getClassLoader(),
                    new Class<?>[] {FinalityMachine.class},
                    (p, m, a) -> Doctored.answer(machine, m, a, method, instead));
        });
    }

    private static Certificate ofAnother(Certificate c) {
        return new Certificate(c.phase(), c.height(), c.round(), TestRules.digest("another"), c.signatures());
    }

    @SuppressWarnings("unchecked")
    private static List<ValidatorSet.Member> elected(Supplier<Object> sound) {
        return (List<ValidatorSet.Member>) sound.get();
    }

    @SuppressWarnings("unchecked")
    private static List<Payout> payouts(Supplier<Object> sound) {
        return (List<Payout>) sound.get();
    }

    @SuppressWarnings("unchecked")
    private static List<Action> actions(Supplier<Object> sound) {
        return (List<Action>) sound.get();
    }
}
