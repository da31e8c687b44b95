package org.hauptbuch.embed;

import java.util.Optional;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.chain.ValidatorMetrics;
import org.hauptbuch.api.chain.ValidatorStatus;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Amounts;
import org.hauptbuch.api.value.Rate;

/**
 * The specification's Validator: a name for a validator of an embedded chain, registered or not yet, and the verbs of
 * its operator. It holds no state: every answer is the chain's. Thread-safe.
 */
public final class ValidatorHandle {
    /** What a validator that is registered here keeps of its delegators' rewards. */
    private static final Rate COMMISSION = new Rate(100_000);

    private static final Rate MAX_COMMISSION = new Rate(200_000);
    private static final Rate MAX_DAILY_CHANGE = new Rate(10_000);

    private final PoSConsensus consensus;
    private final String id;
    private final Address address;

    /**
     * A handle; the chain does not know of it until it stakes.
     *
     * @param consensus the chain
     * @param id its name, 1 to 64 characters of {@code a-z 0-9 _ . -}
     * @param address the operator's account
     * @throws PoSException INVALID_VALIDATOR where the name is malformed
     */
    public ValidatorHandle(PoSConsensus consensus, String id, Address address) {
        if (!Validator.validId(id)) {
            throw PoSException.outOfRange(
                    PoSError.INVALID_VALIDATOR, "validator id", "'" + id + "'", "1 to 64 characters of a-z 0-9 _ . -");
        }
        this.consensus = consensus;
        this.id = id;
        this.address = address;
    }

    /** Its name. */
    public String id() {
        return id;
    }

    /** The operator's account. */
    public Address address() {
        return address;
    }

    /** The validator as the chain knows it; empty where it never staked. */
    public Optional<Validator> record() {
        return consensus.ledger().validator(address);
    }

    /** Its own stake, units. */
    public long stakedAmount() {
        return consensus.ownStake(address);
    }

    /** Its status; INACTIVE where the chain does not know it. */
    public ValidatorStatus status() {
        return record().map(Validator::status).orElse(ValidatorStatus.INACTIVE);
    }

    /** What it did so far. */
    public ValidatorMetrics metrics() {
        return record().map(Validator::metrics).orElse(ValidatorMetrics.NONE);
    }

    /**
     * Adds to its own stake; the first time, registers it with the operator's key as its consensus key. A validator
     * that is neither jailed nor banned is ACTIVE afterwards and may vote from the next epoch on.
     *
     * @param amount units, at least the chain's minimum stake, as the specification has it; smaller additions go through
     *     {@link StakingSystem#stakeTokens}
     * @throws PoSException INVALID_STAKE, INSUFFICIENT_STAKE where the amount is out of range; STAKING_FAILED where the
     *     operator's key is not here or its balance does not cover amount and fee; INVALID_VALIDATOR where the chain
     *     knows it by another name; INVALID_VALIDATOR_STATUS where it is banned
     */
    public void stakeTokens(long amount) {
        requirePositive(amount);
        long minimum = consensus.parameters().minimumStake();
        if (amount < minimum) {
            throw PoSException.outOfRange(
                    PoSError.INSUFFICIENT_STAKE, "amount", amount, minimum + " to " + Amounts.MAX);
        }
        Optional<Validator> known = record();
        if (known.isPresent() && !known.get().id().equals(id)) {
            throw PoSException.outOfRange(
                    PoSError.INVALID_VALIDATOR, "validator id", id, known.get().id() + ", as it is registered");
        }
        Payload payload = known.isPresent()
                ? new Payload.Stake(amount)
                : consensus.registration(address, id, COMMISSION, MAX_COMMISSION, MAX_DAILY_CHANGE, amount);
        consensus.submit(address, payload, amount, PoSError.STAKING_FAILED);
    }

    /**
     * Begins to unbond own stake. A validator that keeps less than the minimum becomes INACTIVE.
     *
     * @param amount units, 1 to its own stake
     * @throws PoSException INVALID_STAKE, INSUFFICIENT_STAKE where the amount is out of range; STAKING_FAILED where the
     *     operator's key is not here or its balance does not cover the fee
     */
    public void unstakeTokens(long amount) {
        requirePositive(amount);
        long staked = stakedAmount();
        if (amount > staked) {
            throw PoSException.outOfRange(
                    PoSError.INSUFFICIENT_STAKE, "amount", amount, "at most the staked " + staked);
        }
        consensus.submit(address, new Payload.Unstake(amount), 0, PoSError.STAKING_FAILED);
    }

    private static void requirePositive(long amount) {
        if (amount < 1) {
            throw PoSException.outOfRange(PoSError.INVALID_STAKE, "amount", amount, "1 to " + Amounts.MAX);
        }
    }

    @Override
    public String toString() {
        return id + " (" + address + ")";
    }
}
