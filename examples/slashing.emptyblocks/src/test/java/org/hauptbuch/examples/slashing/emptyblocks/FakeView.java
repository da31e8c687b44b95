package org.hauptbuch.examples.slashing.emptyblocks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hauptbuch.api.chain.ChainParameters;
import org.hauptbuch.api.chain.Commission;
import org.hauptbuch.api.chain.Delegation;
import org.hauptbuch.api.chain.Pool;
import org.hauptbuch.api.chain.Redelegation;
import org.hauptbuch.api.chain.SlashingEvent;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.chain.ValidatorMetrics;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.chain.ValidatorStatus;
import org.hauptbuch.api.rule.ChainView;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.api.value.PublicKey;
import org.hauptbuch.api.value.Rate;

/** A chain as a test sets it up: every answer is a field. */
final class FakeView implements ChainView {
    String chainId = "test-chain";
    ChainParameters parameters = ChainParameters.defaults();
    long height = 1;
    long timeMillis = 1_000_000_000_000L;
    final SortedMap<Address, Validator> validators = new TreeMap<>();
    final SortedMap<Long, ValidatorSet> sets = new TreeMap<>();
    final SortedMap<Long, Hash> ruleSets = new TreeMap<>();
    final List<Redelegation> redelegations = new ArrayList<>();
    final List<SlashingEvent> slashings = new ArrayList<>();
    final SortedMap<Bytes, Bytes> memory = new TreeMap<>();

    /** The account number {@code n}. */
    static Address address(int n) {
        byte[] bytes = new byte[Address.LENGTH];
        bytes[Address.LENGTH - 2] = (byte) (n >>> 8);
        bytes[Address.LENGTH - 1] = (byte) n;
        return new Address(Bytes.of(bytes));
    }

    /** A key that belongs to account number {@code n} and signs nothing. */
    static PublicKey key(int n) {
        return new PublicKey(KeyType.ED25519, Hash.sha256(address(n).bytes()).bytes());
    }

    /** An active validator with 1,000,000 units in as many shares. */
    static Validator validator(int n) {
        return new Validator(
                address(n),
                "v" + n,
                key(n),
                ValidatorStatus.ACTIVE,
                new Pool(1_000_000, 1_000_000),
                new Commission(new Rate(100_000), new Rate(200_000), new Rate(10_000), 0),
                0,
                ValidatorMetrics.NONE);
    }

    /** The set of validators 1 to {@code n}, each with this power. */
    static ValidatorSet set(int n, long power) {
        List<ValidatorSet.Member> members = new ArrayList<>();
        for (int i = 1; i <= n; i++) {
            members.add(new ValidatorSet.Member(address(i), key(i), power));
        }
        return ValidatorSet.of(members);
    }

    @Override
    public String chainId() {
        return chainId;
    }

    @Override
    public ChainParameters parameters() {
        return parameters;
    }

    @Override
    public long height() {
        return height;
    }

    @Override
    public long epoch() {
        return parameters.epochOf(height);
    }

    @Override
    public long timeMillis() {
        return timeMillis;
    }

    @Override
    public Optional<Validator> validator(Address address) {
        return Optional.ofNullable(validators.get(address));
    }

    @Override
    public List<Validator> validators() {
        return List.copyOf(validators.values());
    }

    @Override
    public ValidatorSet validatorSet() {
        return validatorSetAt(height).orElseThrow();
    }

    @Override
    public Optional<ValidatorSet> validatorSetAt(long at) {
        return Optional.ofNullable(sets.get(at));
    }

    @Override
    public Optional<Hash> ruleSetIdAt(long at) {
        return Optional.ofNullable(ruleSets.get(at));
    }

    @Override
    public Optional<Delegation> delegation(Address delegator, Address validator) {
        return Optional.empty();
    }

    @Override
    public List<Redelegation> redelegations(Address delegator) {
        return redelegations.stream()
                .filter(r -> r.delegator().equals(delegator))
                .sorted(Comparator.comparingLong(Redelegation::sequence))
                .toList();
    }

    @Override
    public List<SlashingEvent> slashingsSince(long epoch) {
        return slashings.stream()
                .filter(e -> parameters.epochOf(e.height()) >= epoch)
                .toList();
    }

    @Override
    public Optional<Bytes> memory(Bytes key) {
        return Optional.ofNullable(memory.get(key));
    }
}
