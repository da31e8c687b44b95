package org.hauptbuch.ledger.state;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hauptbuch.api.chain.Delegation;
import org.hauptbuch.api.chain.Redelegation;
import org.hauptbuch.api.chain.Unbonding;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.value.Address;

/** Reads that take more than one key: the same for rules, for faces and for the ledger itself. */
public final class Reads {
    private Reads() {}

    /** A validator with what it did in the epoch so far. */
    public static Optional<Validator> validator(StateView state, Address address) {
        return state.get(Keys.validator(address)).map(activity(state)::applyTo);
    }

    /** All validators with what they did in the epoch so far, by ascending address. */
    public static List<Validator> validators(StateView state) {
        Activity activity = activity(state);
        return state.list(Keys.VALIDATORS).stream().map(activity::applyTo).toList();
    }

    /** What validators did in the epoch so far. */
    public static Activity activity(StateView state) {
        return state.get(Keys.ACTIVITY).orElse(Activity.NONE);
    }

    /** The set that decided {@code height}, if it is kept. */
    public static Optional<ValidatorSet> setAt(StateView state, long height) {
        return isKept(state, height) ? state.get(Keys.set(epochOf(state, height))) : Optional.empty();
    }

    /** The rules that judged {@code height}, if they are kept; none of a height that was rolled back. */
    public static Optional<RuleSet> rulesAt(StateView state, long height) {
        if (!isKept(state, height)) {
            return Optional.empty();
        }
        long epoch = epochOf(state, height);
        Optional<RolledBack> left = state.get(Keys.rolledBack(epoch));
        if (left.isPresent() && height <= left.get().height()) {
            // two sets were right at the height itself, one after the other
            return height < left.get().height() ? Optional.of(left.get().before()) : Optional.empty();
        }
        return state.get(Keys.rules(epoch));
    }

    /** One delegation. */
    public static Optional<Delegation> delegation(StateView state, Address delegator, Address validator) {
        return state.get(Keys.share(validator, delegator))
                .map(share -> new Delegation(delegator, validator, share.shares()));
    }

    /** The delegations of an account, by ascending validator. */
    public static List<Delegation> delegationsOf(StateView state, Address delegator) {
        return state.list(Keys.sharesOf(delegator)).stream()
                .map(validator -> delegation(state, delegator, validator).orElseThrow())
                .toList();
    }

    /** The delegations to a validator, by ascending delegator. */
    public static List<Delegation> delegationsTo(StateView state, Address validator) {
        return state.entries(Keys.shares(validator)).entrySet().stream()
                .map(entry -> new Delegation(
                        Keys.delegatorOfShare(entry.getKey()),
                        validator,
                        entry.getValue().shares()))
                .toList();
    }

    /** The unbondings of an account, by ascending sequence. */
    public static List<Unbonding> unbondingsOf(StateView state, Address delegator) {
        return unbondings(state, Keys.unbondingsOf(delegator)).toList();
    }

    /** The unbondings from a validator, by ascending sequence. */
    public static List<Unbonding> unbondingsFrom(StateView state, Address validator) {
        return unbondings(state, Keys.unbondingsFrom(validator)).toList();
    }

    /** The redelegations of an account that are liable, by ascending sequence. */
    public static List<Redelegation> redelegationsOf(StateView state, Address delegator) {
        return redelegations(state, Keys.redelegationsOf(delegator)).toList();
    }

    /** The redelegations away from a validator that are liable, by ascending sequence. */
    public static List<Redelegation> redelegationsFrom(StateView state, Address validator) {
        return redelegations(state, Keys.redelegationsFrom(validator)).toList();
    }

    private static Stream<Unbonding> unbondings(StateView state, Prefix<Long> index) {
        return state.entries(index).entrySet().stream()
                .map(entry -> state.the(Keys.unbonding(entry.getValue(), Keys.sequence(entry.getKey()))));
    }

    private static Stream<Redelegation> redelegations(StateView state, Prefix<Long> index) {
        return state.entries(index).entrySet().stream()
                .map(entry -> state.the(Keys.redelegation(entry.getValue(), Keys.sequence(entry.getKey()))));
    }

    private static boolean isKept(StateView state, long height) {
        return height >= state.the(Keys.HEAD).oldestHeight();
    }

    private static long epochOf(StateView state, long height) {
        return state.the(Keys.CHAIN).parameters().epochOf(height);
    }
}
