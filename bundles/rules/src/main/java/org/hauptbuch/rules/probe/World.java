package org.hauptbuch.rules.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hauptbuch.api.chain.ChainParameters;
import org.hauptbuch.api.chain.Commission;
import org.hauptbuch.api.chain.Offence;
import org.hauptbuch.api.chain.PoSConsensusConfig;
import org.hauptbuch.api.chain.Pool;
import org.hauptbuch.api.chain.Redelegation;
import org.hauptbuch.api.chain.SlashingEvent;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.chain.ValidatorMetrics;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.chain.ValidatorStatus;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.api.value.PublicKey;
import org.hauptbuch.api.value.Rate;

/** Makes up validators and chains: always the same ones under the same name. Not thread-safe. */
final class World {
    /** The chain of all questions. */
    static final String CHAIN = "self-test";

    /** Its block time. */
    static final long BLOCK_MILLIS = 1_000;

    /** The blocks of its epochs. */
    static final long EPOCH = 10;

    private static final long START_MILLIS = 1_700_000_000_000L;
    private static final long DAY_MILLIS = 86_400_000;
    private static final long MILLION = 1_000_000;

    private final Draws draws;
    private final Draws shuffler;
    private final Probe.Order order;

    /** A world named {@code name} whose lists are in {@code order}. */
    World(String name, Probe.Order order) {
        this.draws = new Draws("hauptbuch/self-test/1 " + name);
        this.shuffler = new Draws("hauptbuch/self-test/order " + name);
        this.order = order;
    }

    Draws draws() {
        return draws;
    }

    /** The values as they are, or shuffled where this world says so. */
    <T> List<T> order(List<T> values) {
        return order == Probe.Order.STRAIGHT ? List.copyOf(values) : List.copyOf(shuffler.shuffled(values));
    }

    /** Keys of {@code count} validators, by the ascending address of each. */
    List<PublicKey> keys(int count) {
        SortedMap<Address, PublicKey> keys = new TreeMap<>();
        while (keys.size() < count) {
            PublicKey key = key();
            keys.put(Address.of(key), key);
        }
        return List.copyOf(keys.values());
    }

    /** A key that signs as {@link MadeUpScheme} does. */
    PublicKey key() {
        return new PublicKey(KeyType.ED25519, draws.bytes(KeyType.ED25519.keyLength()));
    }

    /** Members by ascending address: some with the least power, some with equal power, some with up to four times that. */
    List<ValidatorSet.Member> members(int count) {
        return members(count, 4 * MILLION);
    }

    /** The same, with up to {@code most} power. */
    List<ValidatorSet.Member> members(int count, long most) {
        List<ValidatorSet.Member> members = new ArrayList<>();
        for (PublicKey key : keys(count)) {
            long power =
                    switch (draws.below(4)) {
                        case 0 -> 1;
                        case 1 -> MILLION;
                        case 2 -> 1 + draws.below(MILLION);
                        default -> 1 + draws.below(most);
                    };
            members.add(new ValidatorSet.Member(Address.of(key), key, power));
        }
        return members;
    }

    /** The set of {@code members}. */
    ValidatorSet set(List<ValidatorSet.Member> members) {
        return ValidatorSet.of(order(members));
    }

    /** The validator of a member: one in four is not active, one in four lost some of its stake. */
    Validator validator(ValidatorSet.Member member, int number) {
        ValidatorStatus status = number % 4 == 3 ? ValidatorStatus.values()[draws.below(4)] : ValidatorStatus.ACTIVE;
        long shares = number % 4 == 2 ? Math.addExact(member.power(), draws.below(MILLION)) : member.power();
        Rate rate = new Rate(draws.below(100_001));
        return new Validator(
                member.address(),
                "validator-" + number,
                member.key(),
                status,
                new Pool(member.power(), shares),
                new Commission(rate, new Rate(200_000), new Rate(10_000), START_MILLIS - DAY_MILLIS * (number % 2)),
                status == ValidatorStatus.SLASHED ? draws.below(20) : 0,
                new ValidatorMetrics(draws.below(100), draws.below(100), draws.below(100), draws.below(MILLION), 0));
    }

    List<Validator> validators(List<ValidatorSet.Member> members) {
        List<Validator> validators = new ArrayList<>();
        for (ValidatorSet.Member member : members) {
            validators.add(validator(member, validators.size()));
        }
        return validators;
    }

    /** A chain at {@code height} with these validators, which was there with one fewer in the epochs before. */
    MadeUpView view(long height, List<ValidatorSet.Member> members) {
        ChainParameters parameters = ChainParameters.defaults()
                .with(new PoSConsensusConfig(MILLION, 100, BLOCK_MILLIS, EPOCH, new Rate(50_000), false, false));
        int fewer = Math.max(1, members.size() - 1);
        return new MadeUpView(
                parameters,
                height,
                START_MILLIS + height * BLOCK_MILLIS,
                order(validators(members)),
                set(members),
                set(members.subList(0, fewer)),
                List.of(),
                List.of(),
                new TreeMap<>());
    }

    /** An offence of each gravity in turn. */
    Offence offence(Address offender, long height, int number) {
        return new Offence(
                "slashing.made-up",
                "made up for a self-test",
                offender,
                height,
                Offence.Gravity.values()[number % 3],
                number % 2 == 0 ? Optional.of(draws.hash()) : Optional.empty(),
                number % 2 == 0 ? Optional.of(address()) : Optional.empty());
    }

    SlashingEvent event(Offence offence, long height) {
        return new SlashingEvent(
                offence, height, START_MILLIS + height * BLOCK_MILLIS, new Rate(50_000), 950, 50, false, 0);
    }

    /** Stake of {@code delegator} that moved and is liable until the end of {@code epoch}. */
    Redelegation redelegation(long sequence, Address delegator, Address from, Address to, long epoch) {
        return new Redelegation(sequence, delegator, from, to, 1_000, 1_000, 1, epoch);
    }

    /** An account that is nobody's. */
    Address address() {
        return new Address(draws.bytes(Address.LENGTH));
    }

    Hash hash() {
        return draws.hash();
    }
}
