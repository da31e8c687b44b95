package org.hauptbuch.rules.probe;

import java.util.ArrayList;
import java.util.List;
import org.hauptbuch.api.chain.Pool;
import org.hauptbuch.api.chain.Redelegation;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.delegation.DelegationRule;
import org.hauptbuch.api.generation.Generation;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Amounts;
import org.hauptbuch.api.value.Rate;

/** Pools that are new, whole, slashed, nearly gone and very large, and stake that moves. */
final class DelegationProbes {
    private static final long LARGE = 1L << 60;

    private DelegationProbes() {}

    static List<Probe> all() {
        return List.of(
                new Probe("shares", (rules, order) -> shares(rules, new World("shares", order))),
                new Probe("moves", (rules, order) -> moves(rules, new World("moves", order))));
    }

    private static List<String> shares(Generation rules, World world) {
        DelegationRule rule = rules.delegation();
        List<Pool> pools = new ArrayList<>(List.of(
                Pool.EMPTY,
                new Pool(1_000, 1_000),
                new Pool(950, 1_000),
                new Pool(1, 1_000_000_000),
                new Pool(0, 1_000),
                new Pool(LARGE, LARGE),
                new Pool(LARGE - 12_345, LARGE)));
        for (int i = 0; i < 8; i++) {
            long shares = 1 + world.draws().below(LARGE);
            pools.add(new Pool(1 + world.draws().below(shares), shares));
        }
        Answers answers = new Answers();
        for (Pool pool : pools) {
            long[] amounts = {1, 7, 949, 1_000_001, 1 + world.draws().below(LARGE)};
            for (long amount : amounts) {
                answers.may(
                        pool.tokens() + "/" + pool.shares() + " join " + amount, () -> sharesFor(rule, pool, amount));
                worth(answers, rule, pool, amount);
            }
        }
        return answers.ask(world);
    }

    private static String sharesFor(DelegationRule rule, Pool pool, long amount) {
        return Long.toString(
                Unfit.within("the shares for " + amount, rule.sharesFor(pool, amount), 1, Amounts.MAX - pool.shares()));
    }

    /** What part of the pool is worth, and what part of that costs. */
    private static void worth(Answers answers, DelegationRule rule, Pool pool, long amount) {
        String name = pool.tokens() + "/" + pool.shares();
        long shares = pool.shares() == 0 ? 0 : amount % (pool.shares() + 1);
        answers.may(
                name + " worth of " + shares,
                () -> Long.toString(Unfit.within(
                        "the worth of " + shares + " shares", rule.tokensFor(pool, shares), 0, pool.tokens())));
        if (pool.tokens() > 0 && pool.shares() > 0) {
            long tokens = 1 + amount % pool.tokens();
            answers.may(
                    name + " redeem " + tokens,
                    () -> Long.toString(Unfit.within(
                            "the shares to redeem for " + tokens,
                            rule.sharesToRedeem(pool, tokens),
                            0,
                            pool.shares())));
        }
    }

    private static List<String> moves(Generation rules, World world) {
        DelegationRule rule = rules.delegation();
        List<ValidatorSet.Member> members = world.members(8);
        MadeUpView here = world.view(95, members);
        List<Validator> validators = here.validators().stream()
                .sorted((a, b) -> a.address().compareTo(b.address()))
                .toList();
        Address delegator = world.address();
        List<Redelegation> earlier = new ArrayList<>();
        for (int i = 0; i + 1 < validators.size(); i += 2) {
            Address from = validators.get(i).address();
            Address to = validators.get(i + 1).address();
            earlier.add(world.redelegation(i, delegator, from, to, here.epoch() + i / 2));
        }
        MadeUpView view = here.with(earlier, List.of());
        Answers answers = new Answers();
        answers.must(
                "maturity",
                () -> Long.toString(
                        Unfit.within("the maturity", rule.maturityEpoch(view), view.epoch(), Long.MAX_VALUE)));
        for (Validator from : validators) {
            for (int ppm : new int[] {0, 50_000, 60_000, 200_000, 200_001, Rate.WHOLE}) {
                answers.permit(from.id() + " commission " + ppm, () -> rule.checkCommission(view, from, new Rate(ppm)));
            }
            for (long amount : new long[] {1, 1_000_000, LARGE}) {
                answers.permit(
                        from.id() + " delegate " + amount, () -> rule.checkDelegate(view, delegator, from, amount));
                for (Validator to : validators) {
                    answers.permit(
                            from.id() + " to " + to.id() + " " + amount,
                            () -> rule.checkRedelegate(view, delegator, from, to, amount));
                }
            }
        }
        return answers.ask(world);
    }
}
