package org.hauptbuch.ledger;

import java.util.List;
import java.util.Optional;
import org.hauptbuch.api.chain.ChainParameters;
import org.hauptbuch.api.chain.Delegation;
import org.hauptbuch.api.chain.Redelegation;
import org.hauptbuch.api.chain.SlashingEvent;
import org.hauptbuch.api.chain.Unbonding;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.generation.Generation;
import org.hauptbuch.api.plan.PlanRecord;
import org.hauptbuch.api.plan.PlanStatus;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Amounts;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.PublicKey;
import org.hauptbuch.ledger.block.Rules;
import org.hauptbuch.ledger.stake.Accounts;
import org.hauptbuch.ledger.stake.Rewards;
import org.hauptbuch.ledger.state.DirectView;
import org.hauptbuch.ledger.state.Keys;
import org.hauptbuch.ledger.state.Reads;

/**
 * Typed reads of a state after some block. It caches nothing: each answer is what the reader says at that moment. As
 * thread-safe as the reader is.
 */
public final class LedgerView {
    private final DirectView state;

    /** Reads {@code state}, which is one after genesis. */
    public LedgerView(StateReader state) {
        this.state = new DirectView(state);
    }

    /** The key under which the state holds an account: 16 bytes, balance and nonce, big-endian. For proofs. */
    public static Bytes accountKey(Address address) {
        return Keys.account(address).bytes();
    }

    /** The key under which the state holds a validator, as {@link Validator#encode()}. For proofs. */
    public static Bytes validatorKey(Address address) {
        return Keys.validator(address).bytes();
    }

    /** The chain's parameters. */
    public ChainParameters parameters() {
        return state.the(Keys.CHAIN).parameters();
    }

    /** The chain's name. */
    public String chainId() {
        return state.the(Keys.CHAIN).chainId();
    }

    /** {@link Genesis#hash()}. */
    public Hash genesisHash() {
        return state.the(Keys.CHAIN).genesis();
    }

    /** The last block executed, 0 for genesis. */
    public long height() {
        return state.the(Keys.HEAD).height();
    }

    /** The time of that block, milliseconds since 1970. */
    public long timeMillis() {
        return state.the(Keys.HEAD).timeMillis();
    }

    /** The epoch of the NEXT block. */
    public long epoch() {
        return parameters().epochOf(Math.addExact(height(), 1));
    }

    /** All units there are. */
    public long supply() {
        return state.the(Keys.TOTALS).supply();
    }

    /** Units issued since genesis. */
    public long issued() {
        return state.the(Keys.TOTALS).issued();
    }

    /** Units destroyed since genesis. */
    public long burned() {
        return state.the(Keys.TOTALS).burned();
    }

    /** Units that the end of the epoch will divide, without what it issues: fees, and what was left over before. */
    public long feePot() {
        return state.the(Keys.TOTALS).fees();
    }

    /** An account; one that was never used has nothing. */
    public Account account(Address address) {
        return Accounts.of(state, address);
    }

    /** A validator, with what it did up to the last block. */
    public Optional<Validator> validator(Address address) {
        return Reads.validator(state, address);
    }

    /** All validators, by ascending address. */
    public List<Validator> validators() {
        return Reads.validators(state);
    }

    /** The validators that vote on the NEXT block. */
    public ValidatorSet validatorSet() {
        return state.the(Keys.set(epoch()));
    }

    /** The set that decides {@code height}: any since the evidence window began, up to the epoch of the next block. */
    public Optional<ValidatorSet> validatorSetAt(long height) {
        return Reads.setAt(state, height);
    }

    /** The stake of {@code delegator} with {@code validator}, if there is any. */
    public Optional<Delegation> delegation(Address delegator, Address validator) {
        return Reads.delegation(state, delegator, validator);
    }

    /** The delegations of an account, by ascending validator. */
    public List<Delegation> delegationsOf(Address delegator) {
        return Reads.delegationsOf(state, delegator);
    }

    /** The delegations to a validator, by ascending delegator. */
    public List<Delegation> delegationsTo(Address validator) {
        return Reads.delegationsTo(state, validator);
    }

    /** What an account is unbonding, oldest first. */
    public List<Unbonding> unbondingsOf(Address delegator) {
        return Reads.unbondingsOf(state, delegator);
    }

    /** What is unbonding from a validator, oldest first. */
    public List<Unbonding> unbondingsFrom(Address validator) {
        return Reads.unbondingsFrom(state, validator);
    }

    /** The redelegations of an account that are liable, oldest first. */
    public List<Redelegation> redelegationsOf(Address delegator) {
        return Reads.redelegationsOf(state, delegator);
    }

    /** Units that a delegator's stake with a validator earned and was not paid; {@code rules} judge the next block. */
    public long rewardsOwed(Address delegator, Address validator, Generation rules) {
        try {
            return Rewards.owed(state, new Rules(rules), validator, delegator);
        } catch (RuleFailure failure) {
            throw failure.asPoSException();
        }
    }

    /** Units of commission that an operator was not paid. */
    public long commissionOwed(Address validator) {
        return Rewards.of(state, validator).commission();
    }

    /** The rules that judge the NEXT block. */
    public RuleSet ruleSet() {
        return state.the(Keys.rules(epoch()));
    }

    /** The rules from the epoch after the next block's on, where a plan that passed its gate says so. */
    public Optional<RuleSet> nextRuleSet() {
        return plan().filter(record ->
                        record.status() == PlanStatus.READY && record.plan().activationEpoch() == epoch() + 1)
                .map(record -> record.plan().to());
    }

    /** The plan that waits, if one does. */
    public Optional<PlanRecord> plan() {
        return state.get(Keys.PLAN);
    }

    /** The voting power at the NEXT block of those that attested the plan that waits; 0 where none does. */
    public long readyPower() {
        ValidatorSet validators = validatorSet();
        long power = 0;
        for (Address address : plan().map(PlanRecord::attested).orElse(List.of())) {
            power = Amounts.add(power, validators.power(address));
        }
        return power;
    }

    /** The plans that are settled, oldest first; the last 256 are kept. */
    public List<PlanRecord> settledPlans() {
        return state.list(Keys.SETTLED_PLANS);
    }

    /** The rule set to which validators may go back at the NEXT block, if there is one. */
    public Optional<RuleSet> fallback() {
        return state.get(Keys.FALLBACK).map(fallback -> state.the(Keys.ruleSet(fallback.set())));
    }

    /** A rule set that judges, or judged, this chain. */
    public Optional<RuleSet> ruleSet(Hash id) {
        return state.get(Keys.ruleSet(id));
    }

    /** The rule set that judges {@code height}, as {@link #validatorSetAt}; none where it was rolled back: it had two. */
    public Optional<Hash> ruleSetIdAt(long height) {
        return Reads.rulesAt(state, height).map(RuleSet::id);
    }

    /** The randomness of the next block's epoch. */
    public Hash seed() {
        return state.the(Keys.seed(epoch()));
    }

    /**
     * The randomness of {@code epoch}: any since the evidence window began, up to the next block's; the one after too, where
     * the chain has no delay or the output is there.
     */
    public Optional<Hash> seedOf(long epoch) {
        return state.get(Keys.seed(epoch));
    }

    /** What is evaluated during the NEXT block's epoch; nothing without a delay, and in epoch 0. */
    public Optional<EpochDelay> delay() {
        return delayOf(epoch());
    }

    /** What is, or was, evaluated during {@code epoch}: any since the evidence window began. */
    public Optional<EpochDelay> delayOf(long epoch) {
        return state.get(Keys.delay(epoch)).map(delay -> delay.of(epoch, parameters()));
    }

    /**
     * Penalties that were applied, oldest first: those of the unbonding time, and those of heights that evidence may
     * still be about. What is older is forgotten at the end of an epoch.
     */
    public List<SlashingEvent> slashings() {
        return state.list(Keys.SLASHINGS);
    }

    /** The validator that has, or had, this consensus key. */
    public Optional<Address> ownerOf(PublicKey consensusKey) {
        return state.get(Keys.consensusKey(consensusKey));
    }

    /** The validator with this name. */
    public Optional<Address> validatorNamed(String id) {
        return state.get(Keys.name(id));
    }
}
