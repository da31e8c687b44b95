package org.hauptbuch.ledger;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hauptbuch.api.chain.Redelegation;
import org.hauptbuch.api.chain.Unbonding;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.generation.Generation;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.ledger.block.Rules;
import org.hauptbuch.ledger.stake.Pools;
import org.hauptbuch.ledger.stake.Rewards;
import org.hauptbuch.ledger.state.DirectView;
import org.hauptbuch.ledger.state.Keys;
import org.hauptbuch.ledger.state.PoolRewards;
import org.hauptbuch.ledger.state.Prefix;
import org.hauptbuch.ledger.state.Share;
import org.hauptbuch.ledger.state.Totals;
import org.hauptbuch.ledger.tree.StateTree;

/** What must be true of every state. That nothing is negative is checked by decoding it: no record can hold less. */
final class Invariants {
    private final StateReader reader;
    private final DirectView state;
    private final Rules rules;
    private final List<String> broken = new ArrayList<>();

    Invariants(StateReader reader, Generation rules) {
        this.reader = reader;
        this.state = new DirectView(reader);
        this.rules = new Rules(rules);
    }

    List<String> broken() {
        checkSupply();
        for (Validator validator : state.list(Keys.VALIDATORS)) {
            checkPool(validator);
            checkNames(validator);
        }
        checkShareIndex();
        checkQueue();
        checkMoves();
        checkSet();
        checkRoot();
        return List.copyOf(broken);
    }

    /** Sums are taken without bound, so that a sum that wraps cannot look right. */
    private void checkSupply() {
        Totals totals = state.the(Keys.TOTALS);
        BigInteger sum = BigInteger.valueOf(totals.fees());
        for (Account account : state.list(Keys.ACCOUNTS)) {
            sum = sum.add(BigInteger.valueOf(account.balance()));
        }
        for (Validator validator : state.list(Keys.VALIDATORS)) {
            sum = sum.add(BigInteger.valueOf(validator.tokens()));
        }
        for (Unbonding entry : state.list(Keys.UNBONDINGS)) {
            sum = sum.add(BigInteger.valueOf(entry.amount()));
        }
        for (PoolRewards rewards : state.list(Keys.ALL_REWARDS)) {
            sum = sum.add(BigInteger.valueOf(rewards.undrawn())).add(BigInteger.valueOf(rewards.commission()));
        }
        BigInteger supply = BigInteger.valueOf(totals.initial())
                .add(BigInteger.valueOf(totals.issued()))
                .subtract(BigInteger.valueOf(totals.burned()));
        expect("supply", "the sum of all pots", sum, supply);
    }

    private void checkPool(Validator validator) {
        PoolRewards rewards = Rewards.of(state, validator.address());
        BigInteger shares = BigInteger.ZERO;
        BigInteger worth = BigInteger.ZERO;
        BigInteger owed = BigInteger.ZERO;
        for (var entry : state.entries(Keys.shares(validator.address())).entrySet()) {
            Share share = entry.getValue();
            long held = share.shares();
            shares = shares.add(BigInteger.valueOf(held));
            worth = worth.add(BigInteger.valueOf(Pools.worth(rules, validator.pool(), held)));
            owed = owed.add(BigInteger.valueOf(rules.must(
                    RuleKind.REWARD,
                    () -> rules.generation().reward().owed(share.entry(), rewards.accumulator(), held))));
        }
        String name = "validator " + validator.id();
        expect(
                name,
                "the sum of shares",
                shares,
                BigInteger.valueOf(validator.pool().shares()));
        expectAtMost(name, "the worth of all shares", worth, BigInteger.valueOf(validator.tokens()));
        expectAtMost(name, "the rewards owed", owed, BigInteger.valueOf(rewards.undrawn()));
        if (validator.pool().shares() == 0) {
            expect(name, "the stake of nobody", BigInteger.valueOf(validator.tokens()), BigInteger.ZERO);
        }
    }

    private void checkNames(Validator validator) {
        Optional<Address> owner = Optional.of(validator.address());
        if (!state.get(Keys.name(validator.id())).equals(owner)) {
            broken.add("validator " + validator.id() + ": its name is not its own");
        }
        if (!state.get(Keys.consensusKey(validator.consensusKey())).equals(owner)) {
            broken.add("validator " + validator.id() + ": its consensus key is not its own");
        }
    }

    private void checkShareIndex() {
        SortedMap<Bytes, Share> shares = state.entries(Keys.ALL_SHARES);
        for (Bytes key : shares.keySet()) {
            Address validator = Keys.validatorOfShare(key);
            if (state.get(Keys.shareOf(Keys.delegatorOfShare(key), validator)).isEmpty()) {
                broken.add("share " + key + ": not in its delegator's index");
            }
        }
        expectSize("delegators' index", state.entries(Keys.ALL_SHARES_OF).size(), shares.size());
    }

    private void checkQueue() {
        long epoch =
                state.the(Keys.CHAIN).parameters().epochOf(state.the(Keys.HEAD).height() + 1);
        List<Unbonding> queue = state.list(Keys.UNBONDINGS);
        for (Unbonding entry : queue) {
            String name = "unbonding " + entry.sequence();
            expectAtMost(
                    name,
                    "what is left",
                    BigInteger.valueOf(entry.amount()),
                    BigInteger.valueOf(entry.initialAmount()));
            if (entry.maturityEpoch() < epoch) {
                broken.add(name + ": overdue since epoch " + entry.maturityEpoch());
            }
            expectIndexed(name, Keys.unbondingsFrom(entry.validator()), entry.sequence());
            expectIndexed(name, Keys.unbondingsOf(entry.delegator()), entry.sequence());
        }
    }

    private void checkMoves() {
        for (Redelegation move : state.list(Keys.REDELEGATIONS)) {
            String name = "redelegation " + move.sequence();
            expectIndexed(name, Keys.redelegationsFrom(move.from()), move.sequence());
            expectIndexed(name, Keys.redelegationsOf(move.delegator()), move.sequence());
        }
    }

    private void checkSet() {
        long epoch =
                state.the(Keys.CHAIN).parameters().epochOf(state.the(Keys.HEAD).height() + 1);
        ValidatorSet set = state.the(Keys.set(epoch));
        if (set.size() == 0) {
            broken.add("validator set of epoch " + epoch + ": empty");
        }
        for (ValidatorSet.Member member : set.members()) {
            if (!state.get(Keys.consensusKey(member.key())).equals(Optional.of(member.address()))) {
                broken.add("validator set of epoch " + epoch + ": the key of " + member.address() + " is not its own");
            }
        }
    }

    private void checkRoot() {
        SortedMap<Bytes, Optional<Bytes>> all = new TreeMap<>();
        reader.scan(Bytes.EMPTY, (key, value) -> {
            all.put(key, Optional.of(value));
            return true;
        });
        if (!StateTree.apply(StateReader.empty(), all).root().equals(StateTree.root(reader))) {
            broken.add("state root: not the root of the keys and values");
        }
    }

    private void expectIndexed(String name, Prefix<Long> index, long sequence) {
        boolean found = state.entries(index).keySet().stream().anyMatch(key -> Keys.sequence(key) == sequence);
        if (!found) {
            broken.add(name + ": not in its index " + index.bytes());
        }
    }

    private void expect(String name, String what, BigInteger actual, BigInteger expected) {
        if (!actual.equals(expected)) {
            broken.add(name + ": " + what + " is " + actual + ", must be " + expected);
        }
    }

    private void expectAtMost(String name, String what, BigInteger actual, BigInteger most) {
        if (actual.compareTo(most) > 0) {
            broken.add(name + ": " + what + " is " + actual + ", must be at most " + most);
        }
    }

    private void expectSize(String name, int actual, int expected) {
        if (actual != expected) {
            broken.add(name + ": " + actual + " entries, must be " + expected);
        }
    }
}
