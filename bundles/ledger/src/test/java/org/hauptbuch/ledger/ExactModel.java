package org.hauptbuch.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.hauptbuch.api.chain.ChainParameters;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.chain.Offence;
import org.hauptbuch.api.chain.Unbonding;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.penalty.Penalty;
import org.hauptbuch.api.reward.Payout;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.value.Address;

/**
 * The ledger again, as a textbook would have it: exact fractions, no shares, no accumulators, every delegator paid
 * every epoch. What the real one does has to be this, but for rounding, which is bounded and never for the claimer.
 */
final class ExactModel {
    /** Stake that left a pool. */
    private static final class Leaving {
        private final Address delegator;
        private final Address validator;
        private final long initial;
        private final long started;
        private final long maturity;
        private final int order;
        private long amount;

        Leaving(Address delegator, Address validator, long initial, long started, long maturity, int order) {
            this.delegator = delegator;
            this.validator = validator;
            this.initial = initial;
            this.started = started;
            this.maturity = maturity;
            this.order = order;
            this.amount = initial;
        }
    }

    private record Move(Leaving stake, Address to) {}

    private final TestRules rules;
    private final ChainParameters parameters;
    /** What each account can spend or is owed. */
    private final TreeMap<Address, Fraction> wealth = new TreeMap<>();
    /** Times that rounding may have taken up to a unit from what an account was owed. */
    private final TreeMap<Address, Integer> roundings = new TreeMap<>();

    private final TreeMap<Address, TreeMap<Address, Fraction>> pools = new TreeMap<>();
    /** Times that shares of a pool were issued or redeemed. */
    private final TreeMap<Address, Integer> trades = new TreeMap<>();

    private final List<Leaving> unbondings = new ArrayList<>();
    private final List<Move> moves = new ArrayList<>();
    private final long initialSupply;
    private int order;
    private long burned;
    private long issued;

    ExactModel(Genesis genesis, TestRules rules) {
        this.rules = rules;
        this.parameters = genesis.parameters();
        this.initialSupply = genesis.supply();
        genesis.balances().forEach((address, balance) -> wealth.put(address, Fraction.of(balance)));
        genesis.validators().forEach(v -> join(v.address(), v.address(), v.stake()));
    }

    void fee(Address sender, long fee) {
        pay(sender, -fee);
    }

    /** A transaction that succeeded in the block at {@code height}. */
    void executed(Address sender, Payload payload, long height) {
        // every handler that changes shares settles first
        roundings.merge(sender, 2, Integer::sum);
        if (payload instanceof Payload.Transfer p) {
            pay(sender, -p.amount());
            pay(p.to(), p.amount());
        } else if (payload instanceof Payload.RegisterValidator p) {
            buy(sender, sender, p.stake());
        } else if (payload instanceof Payload.Stake p) {
            buy(sender, sender, p.amount());
        } else if (payload instanceof Payload.Delegate p) {
            buy(p.validator(), sender, p.amount());
        } else if (payload instanceof Payload.Unstake p) {
            leave(sender, sender, p.amount());
            unbondings.add(leaving(sender, sender, p.amount(), height));
        } else if (payload instanceof Payload.Undelegate p) {
            leave(p.validator(), sender, p.amount());
            unbondings.add(leaving(sender, p.validator(), p.amount(), height));
        } else if (payload instanceof Payload.Redelegate p) {
            leave(p.from(), sender, p.amount());
            join(p.to(), sender, p.amount());
            moves.add(new Move(leaving(sender, p.from(), p.amount(), height), p.to()));
        } else if (payload instanceof Payload.SubmitEvidence p) {
            punish(p.evidence(), sender);
        }
    }

    void punish(Evidence evidence, Address reporter) {
        boolean attack = evidence.payload().at(0) == Offence.Gravity.ATTACK.ordinal();
        Penalty penalty = attack ? rules.attack : rules.fault;
        Address offender = evidence.offender();
        long tokens = tokens(offender).whole();
        long charged = penalty.slash().floorOf(tokens);
        if (charged > 0) {
            Fraction left = Fraction.of(tokens - charged, tokens);
            pools.get(offender).replaceAll((delegator, stake) -> stake.times(left));
        }
        for (Leaving entry : unbondings) {
            if (entry.validator.equals(offender) && entry.started >= evidence.height()) {
                charged += charge(entry, penalty.slash().floorOf(entry.initial));
            }
        }
        for (Move move : moves) {
            if (move.stake.validator.equals(offender) && move.stake.started >= evidence.height()) {
                charged += chargeMove(move, penalty.slash().floorOf(move.stake.initial));
            }
        }
        long rewarded = reporter.equals(offender) ? 0 : penalty.reporterShare().floorOf(charged);
        pay(reporter, rewarded);
        burned += charged - rewarded;
    }

    /** The end of an epoch; {@code shares} are those of the ledger, which rewards are defined by. */
    void endEpoch(long epoch, List<Payout> payouts, LedgerView view) {
        issued += parameters.epochLength() * parameters.blockReward();
        for (Payout payout : payouts) {
            pay(payout.validator(), payout.commission());
            Validator validator = view.validator(payout.validator()).orElseThrow();
            view.delegationsTo(payout.validator()).forEach(delegation -> {
                Fraction part =
                        Fraction.of(delegation.shares(), validator.pool().shares());
                wealth.merge(delegation.delegator(), part.times(Fraction.of(payout.pool())), Fraction::plus);
            });
        }
        unbondings.stream().filter(entry -> entry.maturity == epoch).forEach(e -> pay(e.delegator, e.amount));
        unbondings.removeIf(entry -> entry.maturity == epoch);
        moves.removeIf(move -> move.stake.maturity == epoch);
    }

    void compare(TestChain chain, String replay) {
        LedgerView view = chain.view;
        assertEquals(initialSupply + issued - burned, view.supply(), replay + ": supply");
        assertEquals(burned, view.burned(), replay + ": burned");
        wealth.forEach((address, exact) -> {
            long real = view.account(address).balance() + view.commissionOwed(address);
            int most = roundings.getOrDefault(address, 0) + 1;
            for (var delegation : view.delegationsOf(address)) {
                real += view.rewardsOwed(address, delegation.validator(), chain.generation);
                most++;
            }
            Fraction lost = exact.minus(Fraction.of(real));
            assertTrue(lost.compareTo(Fraction.ZERO) >= 0, replay + ": " + address + " has too much by " + lost);
            assertTrue(lost.compareTo(Fraction.of(most)) <= 0, replay + ": " + address + " has too little by " + lost);
        });
        for (Validator validator : view.validators()) {
            comparePool(chain, validator, replay);
        }
        List<Long> real = new ArrayList<>();
        wealth.keySet().forEach(address -> view.unbondingsOf(address).stream()
                .map(Unbonding::amount)
                .forEach(real::add));
        List<Long> exact = new ArrayList<>();
        wealth.keySet().forEach(address -> unbondings.stream()
                .filter(entry -> entry.delegator.equals(address))
                .forEach(entry -> exact.add(entry.amount)));
        assertEquals(exact, real, replay + ": unbonding");
    }

    private void comparePool(TestChain chain, Validator validator, String replay) {
        Address address = validator.address();
        assertEquals(tokens(address).whole(), validator.tokens(), replay + ": stake of " + validator.id());
        // a trade moves less than a share's worth, and a share is worth at most a unit and what rounding left behind
        Fraction bound = Fraction.of(2L * trades.get(address) + 2);
        pools.get(address).forEach((delegator, exact) -> {
            long shares = chain.view
                    .delegation(delegator, address)
                    .map(delegation -> delegation.shares())
                    .orElse(0L);
            long worth = chain.rules.delegation.tokensFor(validator.pool(), shares);
            Fraction off = exact.minus(Fraction.of(worth)).abs();
            assertTrue(off.compareTo(bound) <= 0, replay + ": stake of " + delegator + " is off by " + off);
        });
    }

    private void pay(Address address, long amount) {
        wealth.merge(address, Fraction.of(amount), Fraction::plus);
    }

    private void buy(Address validator, Address delegator, long amount) {
        pay(delegator, -amount);
        join(validator, delegator, amount);
    }

    private void join(Address validator, Address delegator, long amount) {
        trades.merge(validator, 1, Integer::sum);
        pools.computeIfAbsent(validator, v -> new TreeMap<>()).merge(delegator, Fraction.of(amount), Fraction::plus);
    }

    private void leave(Address validator, Address delegator, long amount) {
        trades.merge(validator, 1, Integer::sum);
        pools.get(validator).merge(delegator, Fraction.of(-amount), Fraction::plus);
    }

    private Leaving leaving(Address delegator, Address validator, long amount, long height) {
        long maturity = parameters.epochOf(height) + parameters.unbondingEpochs();
        return new Leaving(delegator, validator, amount, height, maturity, order++);
    }

    private static long charge(Leaving entry, long amount) {
        long taken = Math.min(amount, entry.amount);
        entry.amount -= taken;
        return taken;
    }

    /** Histories are too short, and penalties too small, to charge a move more than what is left of it. */
    private long chargeMove(Move move, long charge) {
        long left = charge;
        for (Leaving entry : unbondings) {
            if (entry.delegator.equals(move.stake.delegator)
                    && entry.validator.equals(move.to)
                    && entry.order > move.stake.order) {
                left -= charge(entry, left);
            }
        }
        if (left > 0) {
            roundings.merge(move.stake.delegator, 1, Integer::sum);
            leave(move.to, move.stake.delegator, left);
        }
        return charge;
    }

    private Fraction tokens(Address validator) {
        return Optional.ofNullable(pools.get(validator)).stream()
                .flatMap(pool -> pool.values().stream())
                .reduce(Fraction.ZERO, Fraction::plus);
    }
}
