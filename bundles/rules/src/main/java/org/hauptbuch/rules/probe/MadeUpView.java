package org.hauptbuch.rules.probe;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.hauptbuch.api.chain.ChainParameters;
import org.hauptbuch.api.chain.Delegation;
import org.hauptbuch.api.chain.Redelegation;
import org.hauptbuch.api.chain.SlashingEvent;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.rule.ChainView;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;

/**
 * A chain that does not exist.
 *
 * @param parameters its parameters
 * @param height the block being executed
 * @param timeMillis that block's time
 * @param validators all of them
 * @param validatorSet who votes now
 * @param earlierSet who voted in every epoch before
 * @param redelegations all of them, by ascending sequence
 * @param slashings penalties, oldest first
 * @param remembered the rule's memory
 */
record MadeUpView(
        ChainParameters parameters,
        long height,
        long timeMillis,
        List<Validator> validators,
        ValidatorSet validatorSet,
        ValidatorSet earlierSet,
        List<Redelegation> redelegations,
        List<SlashingEvent> slashings,
        SortedMap<Bytes, Bytes> remembered)
        implements ChainView {
    /** The rule set of all blocks. */
    static final Hash RULE_SET = Hash.sha256(new byte[] {1});

    /** The seed of all epochs. */
    static final Hash SEED = Hash.sha256(new byte[] {6});

    @Override
    public String chainId() {
        return World.CHAIN;
    }

    @Override
    public long epoch() {
        return parameters.epochOf(height);
    }

    @Override
    public Optional<Validator> validator(Address address) {
        return validators.stream().filter(v -> v.address().equals(address)).findFirst();
    }

    @Override
    public Optional<ValidatorSet> validatorSetAt(long at) {
        if (at < 1 || at > height) {
            return Optional.empty();
        }
        return Optional.of(parameters.epochOf(at) == epoch() ? validatorSet : earlierSet);
    }

    @Override
    public Optional<Hash> ruleSetIdAt(long at) {
        return at < 1 || at > height ? Optional.empty() : Optional.of(RULE_SET);
    }

    @Override
    public Optional<Hash> seedOf(long epoch) {
        return Optional.of(SEED);
    }

    @Override
    public Optional<Delegation> delegation(Address delegator, Address validator) {
        return validator(validator)
                .filter(v -> delegator.equals(validator))
                .map(v -> new Delegation(delegator, validator, v.pool().shares()));
    }

    @Override
    public List<Redelegation> redelegations(Address delegator) {
        return redelegations.stream()
                .filter(r -> r.delegator().equals(delegator) && r.maturityEpoch() >= epoch())
                .toList();
    }

    @Override
    public List<SlashingEvent> slashingsSince(long epoch) {
        return slashings.stream()
                .filter(event -> parameters.epochOf(event.height()) >= epoch)
                .toList();
    }

    @Override
    public Optional<Bytes> memory(Bytes key) {
        return Optional.ofNullable(remembered.get(key));
    }

    MadeUpView at(long otherHeight, SortedMap<Bytes, Bytes> memory) {
        return new MadeUpView(
                parameters,
                otherHeight,
                timeMillis + (otherHeight - height) * World.BLOCK_MILLIS,
                validators,
                validatorSet,
                earlierSet,
                redelegations,
                slashings,
                memory);
    }

    MadeUpView with(List<Redelegation> moves, List<SlashingEvent> penalties) {
        return new MadeUpView(
                parameters,
                height,
                timeMillis,
                validators,
                validatorSet,
                earlierSet,
                List.copyOf(moves),
                List.copyOf(penalties),
                remembered);
    }
}
