package org.hauptbuch.ledger.state;

import java.nio.charset.StandardCharsets;
import org.hauptbuch.api.chain.Redelegation;
import org.hauptbuch.api.chain.SlashingEvent;
import org.hauptbuch.api.chain.Unbonding;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.plan.PlanRecord;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.PublicKey;
import org.hauptbuch.ledger.Account;

/**
 * The keys of the state: a byte that names the table, then fields of fixed length, big-endian, so that the order of
 * keys is the order of heights, epochs and sequences.
 */
public final class Keys {
    private static final int ONE = 1;
    private static final int ACCOUNT = 2;
    private static final int VALIDATOR = 3;
    private static final int REWARDS = 4;
    private static final int SHARE = 5;
    private static final int SHARE_OF = 6;
    private static final int UNBONDING = 7;
    private static final int UNBONDING_FROM = 8;
    private static final int UNBONDING_OF = 9;
    private static final int REDELEGATION = 10;
    private static final int REDELEGATION_FROM = 11;
    private static final int REDELEGATION_OF = 12;
    private static final int NAME = 13;
    private static final int CONSENSUS_KEY = 14;
    private static final int PUNISHED = 15;
    private static final int TIME = 16;
    private static final int SET = 17;
    private static final int RULES = 18;
    private static final int SEED = 19;
    private static final int MEMORY = 20;
    private static final int SLASHING = 21;
    private static final int ROLLED_BACK = 22;
    private static final int RULE_SET = 23;
    private static final int SETTLED_PLAN = 24;
    private static final int PLAN_ID = 25;
    private static final int LAST_PROPOSAL = 26;
    private static final int DELAY = 27;

    private static final int WHOLE_EVIDENCE = 0;
    private static final int WHOLE_OFFENCE = 1;

    /** What genesis fixed. */
    public static final Key<ChainInfo> CHAIN = new Key<>(tag(ONE, 1).u8(0).toBytes(), Codecs.CHAIN);

    /** Where the chain stands. */
    public static final Key<Head> HEAD = new Key<>(tag(ONE, 1).u8(1).toBytes(), Codecs.HEAD);

    /** The sums. */
    public static final Key<Totals> TOTALS = new Key<>(tag(ONE, 1).u8(2).toBytes(), Codecs.TOTALS);

    /** The plan that waits. */
    public static final Key<PlanRecord> PLAN = new Key<>(tag(ONE, 1).u8(3).toBytes(), Codecs.PLAN);

    /** The way back from the last change of rules. */
    public static final Key<Fallback> FALLBACK = new Key<>(tag(ONE, 1).u8(5).toBytes(), Codecs.FALLBACK);

    /** What validators did in the epoch so far. */
    public static final Key<Activity> ACTIVITY = new Key<>(tag(ONE, 1).u8(4).toBytes(), Codecs.ACTIVITY);

    /** All accounts. */
    public static final Prefix<Account> ACCOUNTS = new Prefix<>(tag(ACCOUNT, 0).toBytes(), Codecs.ACCOUNT);

    /** All validators, by address. */
    public static final Prefix<Validator> VALIDATORS =
            new Prefix<>(tag(VALIDATOR, 0).toBytes(), Codecs.VALIDATOR);

    /** All pools' rewards, by validator. */
    public static final Prefix<PoolRewards> ALL_REWARDS =
            new Prefix<>(tag(REWARDS, 0).toBytes(), Codecs.POOL_REWARDS);

    /** All shares, by validator and delegator. */
    public static final Prefix<Share> ALL_SHARES = new Prefix<>(tag(SHARE, 0).toBytes(), Codecs.SHARE);

    /** All entries of {@link #shareOf}. */
    public static final Prefix<Address> ALL_SHARES_OF =
            new Prefix<>(tag(SHARE_OF, 0).toBytes(), Codecs.ADDRESS);

    /** The unbonding queue, by maturity. */
    public static final Prefix<Unbonding> UNBONDINGS =
            new Prefix<>(tag(UNBONDING, 0).toBytes(), Codecs.UNBONDING);

    /** All redelegations that are liable, by maturity. */
    public static final Prefix<Redelegation> REDELEGATIONS =
            new Prefix<>(tag(REDELEGATION, 0).toBytes(), Codecs.REDELEGATION);

    /** All marks of what was punished, by height of the offence; each holds the height that punished it. */
    public static final Prefix<Long> ALL_PUNISHED =
            new Prefix<>(tag(PUNISHED, 0).toBytes(), Codecs.NUMBER);

    /** All that rules remember. */
    public static final Prefix<Bytes> ALL_MEMORY = new Prefix<>(tag(MEMORY, 0).toBytes(), Codecs.RAW);

    /** All penalties, oldest first. */
    public static final Prefix<SlashingEvent> SLASHINGS =
            new Prefix<>(tag(SLASHING, 0).toBytes(), Codecs.SLASHING);

    /** All plans that are settled, oldest first. */
    public static final Prefix<PlanRecord> SETTLED_PLANS =
            new Prefix<>(tag(SETTLED_PLAN, 0).toBytes(), Codecs.PLAN);

    private Keys() {}

    /** An account. */
    public static Key<Account> account(Address address) {
        return new Key<>(with(ACCOUNT, address), Codecs.ACCOUNT);
    }

    /** The address in a key of {@link #account}. */
    public static Address addressOf(Key<Account> account) {
        return address(account.bytes(), 1);
    }

    /** A validator. */
    public static Key<Validator> validator(Address address) {
        return new Key<>(with(VALIDATOR, address), Codecs.VALIDATOR);
    }

    /** What a validator's pool earned. */
    public static Key<PoolRewards> rewards(Address validator) {
        return new Key<>(with(REWARDS, validator), Codecs.POOL_REWARDS);
    }

    /** The part that a delegator has of a validator's pool. */
    public static Key<Share> share(Address validator, Address delegator) {
        return new Key<>(with(SHARE, validator, delegator), Codecs.SHARE);
    }

    /** The shares of a validator's pool, by delegator. */
    public static Prefix<Share> shares(Address validator) {
        return new Prefix<>(with(SHARE, validator), Codecs.SHARE);
    }

    /** The validator of a key of {@link #share}. */
    public static Address validatorOfShare(Bytes key) {
        return address(key, 1);
    }

    /** The delegator of a key of {@link #share}. */
    public static Address delegatorOfShare(Bytes key) {
        return address(key, 1 + Address.LENGTH);
    }

    /** Says that a delegator has a share with a validator. */
    public static Key<Address> shareOf(Address delegator, Address validator) {
        return new Key<>(with(SHARE_OF, delegator, validator), Codecs.ADDRESS);
    }

    /** The validators with whom a delegator has shares. */
    public static Prefix<Address> sharesOf(Address delegator) {
        return new Prefix<>(with(SHARE_OF, delegator), Codecs.ADDRESS);
    }

    /** An entry of the unbonding queue. */
    public static Key<Unbonding> unbonding(long maturityEpoch, long sequence) {
        return new Key<>(numbered(UNBONDING, maturityEpoch, sequence), Codecs.UNBONDING);
    }

    /** What the end of an epoch pays out. */
    public static Prefix<Unbonding> unbondings(long maturityEpoch) {
        return new Prefix<>(numbered(UNBONDING, maturityEpoch), Codecs.UNBONDING);
    }

    /** Where an unbonding from a validator is in the queue: its maturity. */
    public static Key<Long> unbondingFrom(Address validator, long sequence) {
        return new Key<>(numbered(UNBONDING_FROM, validator, sequence), Codecs.NUMBER);
    }

    /** The unbondings from a validator. */
    public static Prefix<Long> unbondingsFrom(Address validator) {
        return new Prefix<>(with(UNBONDING_FROM, validator), Codecs.NUMBER);
    }

    /** Where an unbonding of a delegator is in the queue: its maturity. */
    public static Key<Long> unbondingOf(Address delegator, long sequence) {
        return new Key<>(numbered(UNBONDING_OF, delegator, sequence), Codecs.NUMBER);
    }

    /** The unbondings of a delegator. */
    public static Prefix<Long> unbondingsOf(Address delegator) {
        return new Prefix<>(with(UNBONDING_OF, delegator), Codecs.NUMBER);
    }

    /** A redelegation that is liable. */
    public static Key<Redelegation> redelegation(long maturityEpoch, long sequence) {
        return new Key<>(numbered(REDELEGATION, maturityEpoch, sequence), Codecs.REDELEGATION);
    }

    /** The redelegations whose liability ends with an epoch. */
    public static Prefix<Redelegation> redelegations(long maturityEpoch) {
        return new Prefix<>(numbered(REDELEGATION, maturityEpoch), Codecs.REDELEGATION);
    }

    /** The maturity of a redelegation away from a validator. */
    public static Key<Long> redelegationFrom(Address validator, long sequence) {
        return new Key<>(numbered(REDELEGATION_FROM, validator, sequence), Codecs.NUMBER);
    }

    /** The redelegations away from a validator. */
    public static Prefix<Long> redelegationsFrom(Address validator) {
        return new Prefix<>(with(REDELEGATION_FROM, validator), Codecs.NUMBER);
    }

    /** The maturity of a redelegation of a delegator. */
    public static Key<Long> redelegationOf(Address delegator, long sequence) {
        return new Key<>(numbered(REDELEGATION_OF, delegator, sequence), Codecs.NUMBER);
    }

    /** The redelegations of a delegator. */
    public static Prefix<Long> redelegationsOf(Address delegator) {
        return new Prefix<>(with(REDELEGATION_OF, delegator), Codecs.NUMBER);
    }

    /** The sequence at the end of an index key. */
    public static long sequence(Bytes key) {
        long sequence = 0;
        for (int i = key.length() - 8; i < key.length(); i++) {
            sequence = sequence << 8 | key.at(i) & 0xff;
        }
        return sequence;
    }

    /** The validator with a name. */
    public static Key<Address> name(String id) {
        return new Key<>(
                tag(NAME, id.length())
                        .fixed(id.getBytes(StandardCharsets.UTF_8))
                        .toBytes(),
                Codecs.ADDRESS);
    }

    /** The validator that has, or had, a consensus key; by the key's digest, since a hybrid one has 1,985 bytes. */
    public static Key<Address> consensusKey(PublicKey key) {
        return new Key<>(
                tag(CONSENSUS_KEY, Hash.LENGTH)
                        .fixed(Hash.sha256(key.encoded()).bytes())
                        .toBytes(),
                Codecs.ADDRESS);
    }

    /** Says that a piece of evidence was punished. */
    public static Key<Long> punished(long height, Hash evidence) {
        return new Key<>(
                tag(PUNISHED, Long.BYTES + 1 + Hash.LENGTH)
                        .u64(height)
                        .u8(WHOLE_EVIDENCE)
                        .fixed(evidence.bytes())
                        .toBytes(),
                Codecs.NUMBER);
    }

    /** Says that an offence was punished, whatever proved it. */
    public static Key<Long> punished(long height, Address offender, String condition) {
        return new Key<>(
                tag(PUNISHED, Long.BYTES + 1 + Address.LENGTH + condition.length())
                        .u64(height)
                        .u8(WHOLE_OFFENCE)
                        .fixed(offender.bytes())
                        .fixed(condition.getBytes(StandardCharsets.UTF_8))
                        .toBytes(),
                Codecs.NUMBER);
    }

    /** The height of the offence in a key of {@link #ALL_PUNISHED}. */
    public static long punishedHeight(Bytes key) {
        return sequence(key.slice(0, 1 + Long.BYTES));
    }

    /** The time of a block. */
    public static Key<Long> time(long height) {
        return new Key<>(numbered(TIME, height), Codecs.NUMBER);
    }

    /** The validators of an epoch. */
    public static Key<ValidatorSet> set(long epoch) {
        return new Key<>(numbered(SET, epoch), Codecs.VALIDATOR_SET);
    }

    /** The rules of an epoch. */
    public static Key<RuleSet> rules(long epoch) {
        return new Key<>(numbered(RULES, epoch), Codecs.RULE_SET);
    }

    /** The rule set that was left within an epoch. */
    public static Key<RolledBack> rolledBack(long epoch) {
        return new Key<>(numbered(ROLLED_BACK, epoch), Codecs.ROLLED_BACK);
    }

    /** A rule set that judges, or judged, by its id. */
    public static Key<RuleSet> ruleSet(Hash id) {
        return new Key<>(tag(RULE_SET, Hash.LENGTH).fixed(id.bytes()).toBytes(), Codecs.RULE_SET);
    }

    /** A plan that is settled. */
    public static Key<PlanRecord> settledPlan(long sequence) {
        return new Key<>(numbered(SETTLED_PLAN, sequence), Codecs.PLAN);
    }

    /** The number of a settled plan, by its id. */
    public static Key<Long> settledPlan(Hash id) {
        return new Key<>(tag(PLAN_ID, Hash.LENGTH).fixed(id.bytes()).toBytes(), Codecs.NUMBER);
    }

    /** The block that holds the last plan that an account proposed. */
    public static Key<Long> lastProposal(Address proposer) {
        return new Key<>(with(LAST_PROPOSAL, proposer), Codecs.NUMBER);
    }

    /** The randomness of an epoch. */
    public static Key<Hash> seed(long epoch) {
        return new Key<>(numbered(SEED, epoch), Codecs.HASH);
    }

    /** The delay that is evaluated during an epoch. */
    public static Key<DelayState> delay(long epoch) {
        return new Key<>(numbered(DELAY, epoch), Codecs.DELAY);
    }

    /** What a rule remembers under a key of its own. */
    public static Key<Bytes> memory(String ruleId, Bytes key) {
        return new Key<>(memoryOf(ruleId, key.length()).fixed(key).toBytes(), Codecs.RAW);
    }

    /** All that a rule remembers. */
    public static Prefix<Bytes> memory(String ruleId) {
        return new Prefix<>(memoryOf(ruleId, 0).toBytes(), Codecs.RAW);
    }

    /** A penalty. */
    public static Key<SlashingEvent> slashing(long sequence) {
        return new Key<>(numbered(SLASHING, sequence), Codecs.SLASHING);
    }

    private static Writer memoryOf(String ruleId, int more) {
        // the length keeps one rule's namespace from being the beginning of another's
        byte[] id = ruleId.getBytes(StandardCharsets.UTF_8);
        return tag(MEMORY, 1 + id.length + more).u8(id.length).fixed(id);
    }

    /** The beginning of a key of {@code table}, with so many bytes to follow. */
    private static Writer tag(int table, int more) {
        return new Writer(1 + more).u8(table);
    }

    private static Bytes with(int table, Address address) {
        return tag(table, Address.LENGTH).fixed(address.bytes()).toBytes();
    }

    private static Bytes with(int table, Address first, Address second) {
        return tag(table, 2 * Address.LENGTH)
                .fixed(first.bytes())
                .fixed(second.bytes())
                .toBytes();
    }

    private static Bytes numbered(int table, long number) {
        return tag(table, Long.BYTES).u64(number).toBytes();
    }

    private static Bytes numbered(int table, long first, long second) {
        return tag(table, 2 * Long.BYTES).u64(first).u64(second).toBytes();
    }

    private static Bytes numbered(int table, Address address, long sequence) {
        return tag(table, Address.LENGTH + Long.BYTES)
                .fixed(address.bytes())
                .u64(sequence)
                .toBytes();
    }

    private static Address address(Bytes key, int from) {
        return new Address(key.slice(from, Address.LENGTH));
    }
}
