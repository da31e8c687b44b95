package org.hauptbuch.api.node;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.hauptbuch.api.block.Block;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.chain.ChainParameters;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.chain.SlashingEvent;
import org.hauptbuch.api.chain.Unbonding;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.plan.Attestation;
import org.hauptbuch.api.plan.PlanRecord;
import org.hauptbuch.api.plan.RulePlan;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.PublicKey;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One node, as faces see it. One service for each node in the container, with the service property {@code name}.
 * Reads answer from the last final block, also while the node is stopped. Thread-safe.
 */
@ProviderType
public interface NodeService {
    /** The service property that carries {@link #name()}. */
    String NAME = "name";

    /** The node's name, such as {@code alice}. */
    String name();

    /** Starts the node; nothing happens where it runs. */
    void start();

    /** Stops the node tidily; nothing happens where it is stopped. */
    void stop();

    /** Where the node stands. */
    NodeStatus status();

    /** The randomness of the epoch; empty while there is no state yet. */
    default Optional<Randomness> randomness() {
        return Optional.empty();
    }

    /** The chain's parameters. */
    ChainParameters parameters();

    /** The last blocks of the last epochs, newest first, at most {@code most}; those of before a start from a
     * checkpoint are not known. */
    List<CheckpointView> checkpoints(int most);

    /** The first block that this node keeps; 1 where it keeps all. */
    long earliestBlock();

    /** The final block at {@code height}, if it is kept. */
    Optional<Block> block(long height);

    /** The certificate that made {@code height} final. */
    Optional<Certificate> certificate(long height);

    /** The height of the final block with this hash. */
    Optional<Long> heightOf(Hash block);

    /** An account; one that was never used has nothing. */
    AccountView account(Address address);

    /**
     * An account, provable to whoever knows a header.
     *
     * @throws org.hauptbuch.api.error.PoSException CONSENSUS_STATE_UPDATE_FAILED while there is no final block
     */
    AccountProof accountProof(Address address);

    /** The key that this node signs blocks and votes with, where it has one. */
    Optional<PublicKey> consensusKey();

    /** All validators, by ascending address. */
    List<Validator> validators();

    /** The set that votes in the current epoch. */
    ValidatorSet validatorSet();

    /** The delegations of an account. */
    List<DelegationView> delegations(Address delegator);

    /** The delegations to a validator. */
    List<DelegationView> delegationsTo(Address validator);

    /** What an account is unbonding, by ascending maturity. */
    List<Unbonding> unbondings(Address delegator);

    /** What an operator's commission is owed. */
    long commissionOwed(Address validator);

    /** Checks a transaction against the last final block and the pool, takes it, and passes it on. */
    Hash submit(Transaction transaction);

    /** Where a transaction is. */
    TransactionView transaction(Hash id);

    /** All penalties since genesis, oldest first; the chain's state forgets old ones, the node does not. */
    List<SlashingEvent> slashings();

    /** Evidence that waits for a block. */
    List<Evidence> pendingEvidence();

    /** The rules that judge the next block. */
    RuleSet activeRules();

    /** The rules from the next epoch on, where they differ. */
    Optional<RuleSet> nextRules();

    /** The plan that waits, if there is one. */
    Optional<PlanRecord> plan();

    /** All plans that there were, oldest first. */
    List<PlanRecord> planHistory();

    /** The rule set to which the validators may go back now, if there is one. */
    Optional<RuleSet> fallback();

    /** A rule set that judges, or judged, this chain. */
    Optional<RuleSet> ruleSet(Hash id);

    /**
     * The rule jars that this chain needs, by SHA-256, and what for, in words: the next block, the plan that waits, a
     * fallback, the genesis, blocks that are kept. No other is needed to go on, to go back or to execute it again.
     */
    SortedMap<Hash, String> namedJars();

    /** The voting power of the validators that attested the plan that waits, in the set of the next block. */
    long readyPower();

    /**
     * Tests a rule set that need not be active: creates each rule, asks it for its known answers, and calls it with
     * inputs in two orders. Takes seconds at most.
     *
     * @throws org.hauptbuch.api.error.PoSException where code is not here, naming each rule that is missing
     */
    SelfTestReport selfTest(RuleSet rules);

    /**
     * This validator's word that it is ready for {@code plan}, which need not be on chain yet.
     *
     * @throws org.hauptbuch.api.error.PoSException where it is not ready: a jar of it or of its fallback is
     *     missing, the self-test fails or gives another digest than the plan names, the shadow run found a problem, or
     *     this node is no validator
     */
    Attestation attest(RulePlan plan);

    /** What the shadow run of the plan that waits has found so far; empty where there is none. */
    Optional<ShadowReport> shadow();

    /**
     * Votes to go back to {@link #fallback()} at the height that is not final yet. From then on this validator signs
     * nothing for that height under the active rule set. The network goes back when more than two thirds of the power
     * have voted.
     *
     * @return the height
     * @throws org.hauptbuch.api.error.PoSException where there is no fallback, this node is no validator, or it signed
     *     already what could make a block of this height final
     */
    long voteToRollBack();

    /** Rules that are available in this container, with what the chain does with them. */
    List<AvailableRule> availableRules();

    /** Waits until {@code height} is final here; returns whether it is. */
    boolean awaitFinal(long height, Duration timeout) throws InterruptedException;

    /** Tells {@code listener} of every final block from now on, on a thread of its own, until closed. */
    AutoCloseable onFinal(Consumer<FinalBlock> listener);

    /** Figures for operators: counters and gauges by name, units in the name. */
    SortedMap<String, Long> metrics();

    /** How this node came to the proposals of the heights decided last, at most 4,096, the oldest first. */
    List<BlockTiming> timings();

    /** For a development network only: this validator really signs two blocks of the next height. */
    void equivocate();

    /**
     * What this node's validator signed, as far as records are kept, in the interchange format of EIP-3076, version 5.
     *
     * @throws org.hauptbuch.api.error.PoSException INVALID_VALIDATOR_STATUS where the node has no key
     */
    String signingRecords();

    /**
     * Takes signing records of this node's key: it signs nothing any more up to the last height in them. All of them or
     * none.
     *
     * @param records in the interchange format of EIP-3076, version 5
     * @throws IllegalArgumentException where that is not in the format
     * @throws org.hauptbuch.api.error.PoSException INVALID_VALIDATOR_STATUS where the node has no key;
     *     SECURITY_VALIDATION_FAILED where they are of another chain or key, or contradict themselves or the node's own
     */
    SigningImport importSigningRecords(String records);

    /** CPU time in nanoseconds by part of the node, where it is measured. */
    Map<String, Long> cpuNanos();

    /**
     * Executes the stored chain again, from its genesis to the last final block, each block under the rule set of its
     * time, and checks every certificate, signature and state root. Takes a while; the node goes on meanwhile.
     *
     * @param progress is told each height that was right
     * @throws org.hauptbuch.api.error.PoSException where the chain is wrong, naming height and field, or where a rule of
     *     its past is not here, naming each
     */
    ReplayReport replay(LongConsumer progress);

    /** Checks every invariant of the ledger; the answer names each one that is broken. */
    List<String> brokenInvariants();
}
