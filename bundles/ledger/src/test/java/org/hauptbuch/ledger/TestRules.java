package org.hauptbuch.ledger;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.chain.Offence;
import org.hauptbuch.api.chain.Pool;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.chain.ValidatorStatus;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.delegation.DelegationRule;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.finality.FinalityMachine;
import org.hauptbuch.api.finality.FinalityRule;
import org.hauptbuch.api.finality.HeightContext;
import org.hauptbuch.api.generation.Generation;
import org.hauptbuch.api.penalty.Penalty;
import org.hauptbuch.api.penalty.PenaltyRule;
import org.hauptbuch.api.reward.Accumulator;
import org.hauptbuch.api.reward.EpochSummary;
import org.hauptbuch.api.reward.Payout;
import org.hauptbuch.api.reward.RewardRule;
import org.hauptbuch.api.rule.ChainView;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.rule.RuleRef;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.selection.PublicSchedule;
import org.hauptbuch.api.selection.SelectionRule;
import org.hauptbuch.api.slashing.BlockFacts;
import org.hauptbuch.api.slashing.Observation;
import org.hauptbuch.api.slashing.SlashingRule;
import org.hauptbuch.api.staking.StakingRule;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Amounts;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.Rate;

/** The plainest rules that there can be, each replaceable: the ledger's tests are not about the rules. */
final class TestRules {
    static final String CONDITION = "slashing.test";
    static final String EVIDENCE = "test.fault";

    SelectionRule selection = new Selection();
    StakingRule staking = new Staking();
    DelegationRule delegation = new Delegation();
    RewardRule reward = new Reward();
    PenaltyRule penalty = new Penalties();
    SlashingRule slashing = new Slashing();

    /** What an attack costs, and what everything else costs. */
    Penalty attack = new Penalty(Rate.parse("5%"), true, 0, Rate.parse("10%"));

    Penalty fault = new Penalty(Rate.parse("5%"), false, 2, Rate.parse("10%"));

    /** What the slashing condition sees in a block. */
    BiFunction<ChainView, BlockFacts, Observation> sees = (view, facts) -> Observation.NOTHING;

    /** What the slashing condition says of evidence. */
    BiFunction<ChainView, Evidence, Offence> judges = (view, evidence) -> {
        if (evidence.payload().length() != 1) {
            throw new PoSException(PoSError.SLASHING_DETECTION_FAILED, "the payload proves nothing");
        }
        Offence.Gravity gravity = Offence.Gravity.values()[evidence.payload().at(0)];
        return new Offence(
                CONDITION, "test", evidence.offender(), evidence.height(), gravity, Optional.empty(), Optional.empty());
    };

    static RuleRef ref(RuleKind kind, String id) {
        return new RuleRef(kind, id, "1.0.0", Hash.sha256(Bytes.of(id.getBytes())), Parameters.NONE);
    }

    static RuleSet set() {
        List<RuleRef> rules = new ArrayList<>();
        for (RuleKind kind : RuleKind.values()) {
            rules.add(ref(kind, kind.text() + ".test"));
        }
        return new RuleSet(rules);
    }

    static Evidence evidence(Offence.Gravity gravity, Actor offender, long height) {
        return new Evidence(EVIDENCE, offender.address(), height, Bytes.of(new byte[] {(byte) gravity.ordinal()}));
    }

    Generation generation() {
        return generation(set());
    }

    Generation generation(RuleSet set) {
        TreeMap<String, SlashingRule> conditions = new TreeMap<>();
        set.all(RuleKind.SLASHING).forEach(rule -> conditions.put(rule.id(), slashing));
        return new Generation(set, selection, staking, delegation, reward, conditions, penalty, new Finality());
    }

    static class Selection implements SelectionRule {
        @Override
        public List<ValidatorSet.Member> elect(List<ValidatorSet.Member> candidates, int maxValidators) {
            return candidates.stream()
                    .sorted(Comparator.comparing(ValidatorSet.Member::power)
                            .reversed()
                            .thenComparing(ValidatorSet.Member::address))
                    .limit(maxValidators)
                    .toList();
        }

        @Override
        public PublicSchedule prepare(long epoch, long firstHeight, ValidatorSet validators, Hash seed) {
            return (height, round) -> validators.members().get(0).address();
        }
    }

    static class Staking implements StakingRule {
        @Override
        public void checkRegister(ChainView view, long stake) {
            if (stake < view.parameters().minimumStake()) {
                throw PoSException.outOfRange(
                        PoSError.INSUFFICIENT_STAKE,
                        "stake",
                        stake,
                        "at least " + view.parameters().minimumStake());
            }
        }

        @Override
        public void checkStake(ChainView view, Validator validator, long ownStake, long amount) {
            // always permitted
        }

        @Override
        public void checkUnstake(ChainView view, Validator validator, long ownStake, long amount) {
            if (amount > ownStake) {
                throw PoSException.outOfRange(PoSError.INSUFFICIENT_STAKE, "amount", amount, "at most " + ownStake);
            }
        }

        @Override
        public long maturityEpoch(ChainView view) {
            return view.epoch() + view.parameters().unbondingEpochs();
        }

        @Override
        public ValidatorStatus eligibility(ChainView view, Validator validator, long ownStake) {
            return ownStake >= view.parameters().minimumStake() ? ValidatorStatus.ACTIVE : ValidatorStatus.INACTIVE;
        }

        @Override
        public void checkUnjail(ChainView view, Validator validator, long ownStake) {
            checkRegister(view, ownStake);
        }
    }

    static class Delegation implements DelegationRule {
        @Override
        public long sharesFor(Pool pool, long tokens) {
            if (pool.shares() == 0) {
                return tokens;
            }
            long shares = pool.tokens() == 0 ? 0 : Amounts.mulDivFloor(tokens, pool.shares(), pool.tokens());
            if (shares < 1) {
                throw PoSException.outOfRange(PoSError.DELEGATION_FAILED, "shares", shares, "1 or more");
            }
            return shares;
        }

        @Override
        public long tokensFor(Pool pool, long shares) {
            return shares == 0 ? 0 : Amounts.mulDivFloor(shares, pool.tokens(), pool.shares());
        }

        @Override
        public long sharesToRedeem(Pool pool, long tokens) {
            return Amounts.mulDivCeil(tokens, pool.shares(), pool.tokens());
        }

        @Override
        public void checkDelegate(ChainView view, Address delegator, Validator validator, long amount) {
            // always permitted
        }

        @Override
        public void checkRedelegate(ChainView view, Address delegator, Validator from, Validator to, long amount) {
            if (view.redelegations(delegator).stream().anyMatch(r -> r.to().equals(from.address()))) {
                throw new PoSException(PoSError.DELEGATION_FAILED, "a second hop from " + from.id());
            }
        }

        @Override
        public long maturityEpoch(ChainView view) {
            return view.epoch() + view.parameters().unbondingEpochs();
        }

        @Override
        public void checkCommission(ChainView view, Validator validator, Rate newRate) {
            int change = Math.abs(newRate.ppm() - validator.commission().rate().ppm());
            if (change > validator.commission().maxDailyChange().ppm()) {
                throw PoSException.outOfRange(
                        PoSError.DELEGATION_FAILED,
                        "commission",
                        newRate,
                        "at most " + validator.commission().maxDailyChange() + " away");
            }
        }
    }

    static class Reward implements RewardRule {
        @Override
        public long issuance(EpochSummary epoch) {
            return epoch.blocks() * epoch.blockReward();
        }

        @Override
        public List<Payout> divide(EpochSummary epoch, long pot) {
            long power = epoch.participants().stream()
                    .mapToLong(EpochSummary.Participant::power)
                    .sum();
            return epoch.participants().stream()
                    .map(p -> {
                        long part = Amounts.mulDivFloor(pot, p.power(), power);
                        long commission = p.validator().commission().rate().floorOf(part);
                        return new Payout(p.validator().address(), commission, part - commission);
                    })
                    .toList();
        }

        @Override
        public Accumulator accrue(Accumulator before, long shares, long amount) {
            BigInteger more =
                    BigInteger.valueOf(amount).shiftLeft(Accumulator.SCALE_BITS).divide(BigInteger.valueOf(shares));
            return new Accumulator(before.perShare().add(more));
        }

        @Override
        public long owed(Accumulator entry, Accumulator now, long shares) {
            return now.perShare()
                    .subtract(entry.perShare())
                    .multiply(BigInteger.valueOf(shares))
                    .shiftRight(Accumulator.SCALE_BITS)
                    .longValueExact();
        }
    }

    private final class Penalties implements PenaltyRule {
        @Override
        public Penalty penalty(ChainView view, Offence offence) {
            return offence.gravity() == Offence.Gravity.ATTACK ? attack : fault;
        }
    }

    private final class Slashing implements SlashingRule {
        @Override
        public Set<String> evidenceTypes() {
            return Set.of(EVIDENCE);
        }

        @Override
        public Offence judge(ChainView view, Evidence evidence, SignatureScheme scheme) {
            return judges.apply(view, evidence);
        }

        @Override
        public Observation observe(ChainView view, BlockFacts facts) {
            return sees.apply(view, facts);
        }
    }

    private static final class Finality implements FinalityRule {
        @Override
        public FinalityMachine start(HeightContext context) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void verifyFinal(
                Certificate certificate, String chainId, ValidatorSet validators, SignatureScheme scheme) {
            throw new UnsupportedOperationException();
        }
    }
}
