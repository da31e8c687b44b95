package org.hauptbuch.ledger.epoch;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.chain.ValidatorMetrics;
import org.hauptbuch.api.reward.EpochSummary;
import org.hauptbuch.api.reward.Payout;
import org.hauptbuch.api.reward.RewardRule;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Amounts;
import org.hauptbuch.ledger.block.BlockContext;
import org.hauptbuch.ledger.block.Rules;
import org.hauptbuch.ledger.stake.Rewards;
import org.hauptbuch.ledger.stake.Validators;
import org.hauptbuch.ledger.state.Activity;
import org.hauptbuch.ledger.state.Keys;
import org.hauptbuch.ledger.state.Overlay;
import org.hauptbuch.ledger.state.Reads;
import org.hauptbuch.ledger.state.Totals;

/** Issues and divides what an epoch earned. Delegators are paid later, each when it asks: see {@link Rewards}. */
final class RewardDay {
    private final BlockContext block;
    private final Overlay state;
    private final Rules rules;
    private final Rewards rewards;

    RewardDay(BlockContext block) {
        this.block = block;
        this.state = block.state();
        this.rules = block.rules();
        this.rewards = new Rewards(block);
    }

    void pay() {
        EpochSummary summary = summary();
        RewardRule rule = rules.generation().reward();
        Totals totals = state.the(Keys.TOTALS);
        long issued = rules.must(RuleKind.REWARD, () -> rule.issuance(summary));
        if (issued < 0) {
            throw rules.broken(RuleKind.REWARD, "issuance", issued, "0 or more");
        }
        // the supply is bounded: what would go over it is not issued
        Totals funded = totals.issue(Math.min(issued, Amounts.MAX - totals.supply()));
        List<Payout> payouts = rules.must(RuleKind.REWARD, () -> rule.divide(summary, funded.fees()));
        check(summary, payouts, funded.fees());
        long paid = 0;
        for (Payout payout : payouts) {
            paid = Amounts.add(paid, pay(payout));
        }
        state.set(Keys.TOTALS, funded.minusFees(paid));
    }

    private EpochSummary summary() {
        Activity activity = Reads.activity(state);
        List<EpochSummary.Participant> participants = state.the(Keys.set(block.epoch())).members().stream()
                .map(member -> {
                    Validator validator = activity.applyTo(Validators.the(block, member.address()));
                    Activity.Counts counts = activity.of(member.address());
                    return new EpochSummary.Participant(validator, member.power(), counts.proposed(), counts.signed());
                })
                .toList();
        long bonded = 0;
        for (Validator validator : state.list(Keys.VALIDATORS)) {
            bonded = Amounts.add(bonded, validator.tokens());
        }
        return new EpochSummary(
                block.epoch(),
                block.parameters().epochLength(),
                block.parameters().blockReward(),
                state.the(Keys.TOTALS).supply(),
                bonded,
                participants);
    }

    private void check(EpochSummary summary, List<Payout> payouts, long pot) {
        Set<Address> unpaid = new TreeSet<>();
        summary.participants()
                .forEach(participant -> unpaid.add(participant.validator().address()));
        long left = pot;
        for (Payout payout : payouts) {
            if (!unpaid.remove(payout.validator())) {
                throw rules.broken(
                        RuleKind.REWARD, "payout to", payout.validator(), "a participant of the epoch, each once");
            }
            for (long part : new long[] {payout.commission(), payout.pool()}) {
                if (part < 0 || part > left) {
                    throw rules.broken(
                            RuleKind.REWARD, "payout to " + payout.validator(), part, "0 to what is left, " + left);
                }
                left -= part;
            }
        }
    }

    /** Returns what was paid: a pool in which nobody has a share any more earns nothing. */
    private long pay(Payout payout) {
        Validator validator = Validators.the(block, payout.validator());
        long shares = validator.pool().shares();
        long pool = shares == 0 ? 0 : payout.pool();
        rewards.earnCommission(payout.validator(), payout.commission());
        if (pool > 0) {
            rewards.earn(payout.validator(), shares, pool);
        }
        long paid = Amounts.add(payout.commission(), pool);
        ValidatorMetrics m = validator.metrics();
        state.set(
                Keys.validator(payout.validator()),
                validator.withMetrics(new ValidatorMetrics(
                        m.blocksProposed(),
                        m.blocksSigned(),
                        m.blocksMissed(),
                        Amounts.add(m.rewards(), paid),
                        m.slashed())));
        return paid;
    }
}
