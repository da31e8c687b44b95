package org.hauptbuch.rules.probe;

import java.util.ArrayList;
import java.util.List;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.chain.ValidatorStatus;
import org.hauptbuch.api.generation.Generation;
import org.hauptbuch.api.staking.StakingRule;

/** Own stake that comes, goes and is just not enough. */
final class StakingProbes {
    private static final long[] AMOUNTS = {1, 999_999, 1_000_000, 1_000_001, 500_000_000_000L, Long.MAX_VALUE};

    private StakingProbes() {}

    static List<Probe> all() {
        List<Probe> probes = new ArrayList<>();
        for (long height : new long[] {1, 95}) {
            String name = "own stake at height " + height;
            probes.add(new Probe(name, (rules, order) -> stake(rules, new World(name, order), height)));
        }
        return probes;
    }

    private static List<String> stake(Generation rules, World world, long height) {
        StakingRule rule = rules.staking();
        MadeUpView view = world.view(height, world.members(8));
        Answers answers = new Answers();
        answers.must(
                "maturity",
                () -> Long.toString(
                        Unfit.within("the maturity", rule.maturityEpoch(view), view.epoch(), Long.MAX_VALUE)));
        for (long amount : AMOUNTS) {
            answers.permit("register " + amount, () -> rule.checkRegister(view, amount));
        }
        for (Validator validator : view.validators().stream()
                .sorted((a, b) -> a.address().compareTo(b.address()))
                .toList()) {
            ask(answers, rule, view, validator);
        }
        return answers.ask(world);
    }

    private static void ask(Answers answers, StakingRule rule, MadeUpView view, Validator validator) {
        String of = validator.id() + " with ";
        for (long own : new long[] {0, 999_999, 1_000_000, validator.tokens()}) {
            for (long amount : AMOUNTS) {
                answers.permit(of + own + " stake " + amount, () -> rule.checkStake(view, validator, own, amount));
                answers.permit(of + own + " unstake " + amount, () -> rule.checkUnstake(view, validator, own, amount));
            }
            answers.permit(of + own + " unjail", () -> rule.checkUnjail(view, validator, own));
            if (validator.status() == ValidatorStatus.ACTIVE || validator.status() == ValidatorStatus.INACTIVE) {
                answers.must(of + own + " eligibility", () -> eligibility(rule, view, validator, own));
            }
        }
    }

    private static String eligibility(StakingRule rule, MadeUpView view, Validator validator, long own) {
        ValidatorStatus status = Unfit.present("the eligibility", rule.eligibility(view, validator, own));
        Unfit.unless(
                status == ValidatorStatus.ACTIVE || status == ValidatorStatus.INACTIVE,
                "answers " + status + " for the eligibility, must be ACTIVE or INACTIVE");
        return status.name();
    }
}
