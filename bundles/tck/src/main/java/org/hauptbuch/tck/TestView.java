package org.hauptbuch.tck;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hauptbuch.api.block.BlockHeader;
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
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.rule.ChainView;
import org.hauptbuch.api.slashing.Observation;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.api.value.PublicKey;
import org.hauptbuch.api.value.Rate;

/**
 * A chain as a test sets it up: it answers what it was told. It begins as the chain {@code test-chain} with the default
 * parameters at height 1 and knows nobody. Lists come in the order that {@link ChainView} promises, whatever the order
 * in which they were told. Accounts, keys and validators are numbered, so that a test reads like a story.
 */
public final class TestView implements ChainView {
    private String chainId = "test-chain";
    private ChainParameters parameters = ChainParameters.defaults();
    private long height = 1;
    private long timeMillis = 1_000_000_000_000L;
    private final SortedMap<Address, Validator> validators = new TreeMap<>();
    private final SortedMap<Long, ValidatorSet> sets = new TreeMap<>();
    private final SortedMap<Long, Hash> ruleSets = new TreeMap<>();
    private final SortedMap<Long, Bytes> delays = new TreeMap<>();
    private final SortedMap<Long, Hash> seeds = new TreeMap<>();
    private final List<Delegation> delegations = new ArrayList<>();
    private final List<Redelegation> redelegations = new ArrayList<>();
    private final List<SlashingEvent> slashings = new ArrayList<>();
    private final SortedMap<Bytes, Bytes> memory = new TreeMap<>();

    /** The account number {@code n}, 0 to 65,535; ascending with the number. */
    public static Address address(int n) {
        byte[] bytes = new byte[Address.LENGTH];
        bytes[Address.LENGTH - 2] = (byte) (n >>> 8);
        bytes[Address.LENGTH - 1] = (byte) n;
        return new Address(Bytes.of(bytes));
    }

    /** A key that belongs to account number {@code n} and signs nothing. */
    public static PublicKey key(int n) {
        return new PublicKey(KeyType.ED25519, Hash.sha256(address(n).bytes()).bytes());
    }

    /** An active validator with 1,000,000 units in as many shares and a commission of 10%. */
    public static Validator validator(int n) {
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
    public static ValidatorSet set(int n, long power) {
        List<ValidatorSet.Member> members = new ArrayList<>();
        for (int i = 1; i <= n; i++) {
            members.add(new ValidatorSet.Member(address(i), key(i), power));
        }
        return ValidatorSet.of(members);
    }

    /** Another view that answers the same: what is told to one from now on, the other does not know. */
    public TestView copy() {
        TestView copy = new TestView()
                .chainId(chainId)
                .parameters(parameters)
                .height(height)
                .timeMillis(timeMillis);
        copy.validators.putAll(validators);
        copy.sets.putAll(sets);
        copy.ruleSets.putAll(ruleSets);
        copy.delays.putAll(delays);
        copy.seeds.putAll(seeds);
        copy.delegations.addAll(delegations);
        copy.redelegations.addAll(redelegations);
        copy.slashings.addAll(slashings);
        copy.memory.putAll(memory);
        return copy;
    }

    /** Another chain. */
    public TestView chainId(String name) {
        chainId = name;
        return this;
    }

    /** What a header of {@code height} may hold as its delay, beside nothing. */
    public TestView delayedBy(long height, Bytes delay) {
        delays.put(height, delay);
        return this;
    }

    /** The seed of {@code epoch}. */
    public TestView seeded(long epoch, Hash seed) {
        seeds.put(epoch, seed);
        return this;
    }

    /** Other parameters. */
    public TestView parameters(ChainParameters others) {
        parameters = others;
        return this;
    }

    /** The block being executed is at this height; its epoch follows from the parameters. */
    public TestView height(long now) {
        height = now;
        return this;
    }

    /** The time of the block being executed, milliseconds since 1970. */
    public TestView timeMillis(long now) {
        timeMillis = now;
        return this;
    }

    /** There is this validator, in place of any with its address. */
    public TestView with(Validator validator) {
        validators.put(validator.address(), validator);
        return this;
    }

    /** There is no validator with this address. */
    public TestView without(Address address) {
        validators.remove(address);
        return this;
    }

    /** This set decides {@code at}. */
    public TestView decidedBy(long at, ValidatorSet set) {
        sets.put(at, set);
        return this;
    }

    /** Which sets decided is too long ago to be known. */
    public TestView forgetSets() {
        sets.clear();
        return this;
    }

    /** The rule set with this id judges {@code at}. */
    public TestView judgedBy(long at, Hash ruleSetId) {
        ruleSets.put(at, ruleSetId);
        return this;
    }

    /** Which rule sets judged is too long ago to be known. */
    public TestView forgetRuleSets() {
        ruleSets.clear();
        return this;
    }

    /** There is this delegation. */
    public TestView with(Delegation delegation) {
        delegations.removeIf(old -> old.delegator().equals(delegation.delegator())
                && old.validator().equals(delegation.validator()));
        delegations.add(delegation);
        return this;
    }

    /** There is this redelegation, still liable. */
    public TestView with(Redelegation redelegation) {
        redelegations.add(redelegation);
        return this;
    }

    /** This penalty was applied. */
    public TestView with(SlashingEvent slashing) {
        slashings.add(slashing);
        return this;
    }

    /** The rule remembers this from now on, as the ledger does with what it observed. */
    public TestView remember(Observation seen) {
        for (Observation.Remembered entry : seen.memory()) {
            if (entry.value().isPresent()) {
                memory.put(entry.key(), entry.value().get());
            } else {
                memory.remove(entry.key());
            }
        }
        return this;
    }

    /** All that the rule remembers. */
    public SortedMap<Bytes, Bytes> memory() {
        return new TreeMap<>(memory);
    }

    /** The header of the block being executed, by this proposer in round 0, with roots and a reveal of zero. */
    public BlockHeader header(Address proposer) {
        Hash none = Hash.ZERO;
        return new BlockHeader(
                chainId,
                height,
                0,
                epoch(),
                none,
                timeMillis,
                proposer,
                none,
                none,
                none,
                none,
                none,
                Bytes.of(new byte[SignatureScheme.PROOF_LENGTH]),
                none);
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
        return validatorSetAt(height)
                .orElseThrow(() -> new IllegalStateException("the test names no validator set of height " + height));
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
    public Optional<Hash> seedOf(long epoch) {
        return Optional.ofNullable(seeds.get(epoch));
    }

    @Override
    public Optional<Boolean> mayHoldDelay(long height, Bytes delay) {
        return delay.length() == 0
                ? Optional.of(true)
                : Optional.ofNullable(delays.get(height)).map(delay::equals);
    }

    @Override
    public Optional<Delegation> delegation(Address delegator, Address validator) {
        return delegations.stream()
                .filter(d -> d.delegator().equals(delegator) && d.validator().equals(validator))
                .findFirst();
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
                .sorted(Comparator.comparingLong(SlashingEvent::height))
                .toList();
    }

    @Override
    public Optional<Bytes> memory(Bytes key) {
        return Optional.ofNullable(memory.get(key));
    }
}
