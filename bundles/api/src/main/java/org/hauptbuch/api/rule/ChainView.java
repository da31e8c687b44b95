package org.hauptbuch.api.rule;

import java.util.List;
import java.util.Optional;
import org.hauptbuch.api.chain.ChainParameters;
import org.hauptbuch.api.chain.Delegation;
import org.hauptbuch.api.chain.Redelegation;
import org.hauptbuch.api.chain.SlashingEvent;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What a rule may read: the chain as it is at one point of one block's execution. Every answer is the same on every
 * node. Valid only during the call that it was handed to.
 */
@ProviderType
public interface ChainView {
    /** The chain's name: part of what every vote and proposal signs. */
    String chainId();

    /** The chain's parameters. */
    ChainParameters parameters();

    /** The height of the block being executed. */
    long height();

    /** The epoch of that block. */
    long epoch();

    /** That block's time, milliseconds since 1970. */
    long timeMillis();

    /** The validator with this address, if there is one. */
    Optional<Validator> validator(Address address);

    /** All validators, by ascending address. */
    List<Validator> validators();

    /** The validators that vote in this epoch. */
    ValidatorSet validatorSet();

    /** The set that decided {@code height}, if that is within the time that offences are punished. */
    Optional<ValidatorSet> validatorSetAt(long height);

    /**
     * The only rule set that was ever due at {@code height}, if that is within the time that offences are punished. It is
     * empty for a height that was rolled back: honest validators proposed there under the set that was left, before.
     */
    Optional<Hash> ruleSetIdAt(long height);

    /**
     * Whether a header of {@code height} may hold {@code delay}: nothing, or the right output and proof in an epoch that
     * had none before that height. Empty where the chain does not remember.
     */
    default Optional<Boolean> mayHoldDelay(long height, Bytes delay) {
        return Optional.empty();
    }

    /** The seed of an epoch, if it is known and within the time that offences are punished. */
    default Optional<Hash> seedOf(long epoch) {
        return Optional.empty();
    }

    /** The stake of {@code delegator} with {@code validator}, if there is any. */
    Optional<Delegation> delegation(Address delegator, Address validator);

    /** The redelegations of {@code delegator} that are still liable, by ascending sequence. */
    List<Redelegation> redelegations(Address delegator);

    /** Penalties applied in {@code epoch} or later, oldest first. Those are kept that are in
     * the unbonding time or that evidence may still be about; older ones are forgotten. */
    List<SlashingEvent> slashingsSince(long epoch);

    /** What the asking rule remembered under {@code key}, if anything: its own namespace, part of the state root. */
    Optional<Bytes> memory(Bytes key);
}
