package org.hauptbuch.embed;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.hauptbuch.api.block.Block;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.chain.ChainParameters;
import org.hauptbuch.api.chain.Delegation;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.chain.Pool;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.chain.ValidatorStatus;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.delegation.DelegationRule;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.generation.Generation;
import org.hauptbuch.api.proof.StateProof;
import org.hauptbuch.api.rule.RuleChange;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.tx.Receipt;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.Rate;
import org.hauptbuch.ledger.LedgerView;

/**
 * A proof-of-stake chain in this process, with the specification's verbs. The program is its pacemaker: a block comes
 * when it asks for one, and is final when the call returns, by the votes of the validators whose keys the program holds.
 * Thread-safe: one call at a time does something, the others wait.
 */
public final class PoSConsensus {
    /** Blocks after which a transaction that was signed here is of no use any more. */
    private static final long EXPIRY = 100;

    private static final int CACHED_BLOCKS = 64;

    private final EmbeddedChain chain;
    private final Keys keys;
    private final StakingSystem stakingSystem = new StakingSystem(this);
    private final SlashingSystem slashingSystem = new SlashingSystem(this);
    private final Map<Hash, Block> cache = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Hash, Block> eldest) {
            return size() > CACHED_BLOCKS;
        }
    };

    private ConsensusMetrics metrics = ConsensusMetrics.NONE;
    private List<Receipt> lastReceipts = List.of();

    PoSConsensus(EmbeddedChain chain, Keys keys) {
        this.chain = chain;
        this.keys = keys;
    }

    /** Begins to describe a chain whose signatures are {@code scheme}'s. */
    public static PoSConsensusBuilder builder(SignatureScheme scheme) {
        return new PoSConsensusBuilder(scheme);
    }

    /**
     * Starts from the store's last block, or from genesis, and starts staking and slashing; nothing happens where it
     * runs.
     *
     * @throws PoSException CONSENSUS_STATE_UPDATE_FAILED where a rule is missing or fails, the store holds another
     *     chain, or it cannot be written; VALIDATOR_SELECTION_FAILED where nobody can be elected
     */
    public synchronized void startConsensus() {
        if (!chain.isOpen()) {
            chain.open();
            stakingSystem.startStaking();
            slashingSystem.startSlashing();
        }
    }

    /** Whether it was started. */
    public synchronized boolean isStarted() {
        return chain.isOpen();
    }

    /**
     * Produces the next block, makes it final and keeps it. A transaction that is rightly made and fails (its payload
     * asks for too much) is in the block with a failed receipt, and costs its fee.
     *
     * @param transactions in the order of execution; nonces of one sender follow each other
     * @return the final block
     * @throws PoSException TRANSACTION_VALIDATION_FAILED where a transaction is wrongly made, naming it;
     *     VALIDATOR_SELECTION_FAILED, BLOCK_PRODUCTION_FAILED, INVALID_BLOCK, BLOCK_FINALIZATION_FAILED,
     *     CONSENSUS_STATE_UPDATE_FAILED where that step fails; nothing is changed then
     */
    public synchronized Block produceBlock(List<Transaction> transactions) {
        return produce(transactions, List.of(), false).block();
    }

    /**
     * As {@link #produceBlock}, on a chain that is examined first, and of a block that is validated again from its bytes,
     * with rules created for that alone, before anybody signs it.
     *
     * @throws PoSException SECURITY_VALIDATION_FAILED where the state in the store does not have the root that the chain
     *     committed to, an invariant is broken, a rule of the chain is not available, the last certificate proves
     *     nothing, or the clock is behind the last block; INVALID_VALIDATOR_STATUS where the validator whose turn it is
     *     is not ACTIVE; BLOCK_SECURITY_VALIDATION_FAILED where the block does not stand the second look
     */
    public synchronized Block secureProduceBlock(List<Transaction> transactions) {
        return produce(transactions, List.of(), true).block();
    }

    /**
     * As {@link #produceBlock}, but the same transactions, asked for again, give the block that holds them and no second
     * one. The last 64 blocks are remembered; an empty block is always a new one.
     */
    public synchronized Block cachedProduceBlock(List<Transaction> transactions) {
        if (transactions.isEmpty()) {
            return produceBlock(transactions);
        }
        Writer ids = new Writer(transactions.size() * Hash.LENGTH);
        transactions.forEach(transaction -> ids.fixed(transaction.id().bytes()));
        Hash key = Hash.sha256(ids.toArray());
        Block cached = cache.get(key);
        if (cached == null) {
            cached = produceBlock(transactions);
            cache.put(key, cached);
        }
        return cached;
    }

    /**
     * Validates each transaction by itself against the state as it is, on all cores where the configuration enables
     * parallel processing: signature, envelope, and whether its payload would succeed now.
     *
     * @return one result for each, in their order
     */
    public synchronized List<ValidationResult> parallelValidateTransactions(List<Transaction> transactions) {
        return chain.validate(transactions);
    }

    /**
     * As {@link #parallelValidateTransactions} for one.
     *
     * @throws PoSException why it is refused: INVALID_TRANSACTION where it is wrongly made
     */
    public void validateTransaction(Transaction transaction) {
        parallelValidateTransactions(List.of(transaction)).get(0).refusal().ifPresent(refusal -> {
            throw refusal;
        });
    }

    /** Refuses what is not a valid next block. @throws PoSException INVALID_BLOCK, naming what is wrong */
    public synchronized void validateBlock(Block block) {
        chain.validate(block);
    }

    /** As {@link SlashingSystem#detectSlashing}. */
    public boolean detectSlashing(ValidatorHandle validator, Evidence evidence) {
        return slashingSystem.detectSlashing(validator, evidence);
    }

    /** As {@link StakingSystem#stakeTokens}. */
    public void stakeTokens(StakingParticipant participant, long amount) {
        stakingSystem.stakeTokens(participant, amount);
    }

    /** As {@link StakingSystem#delegateTokens}. */
    public void delegateTokens(StakingParticipant delegator, ValidatorHandle validator, long amount) {
        stakingSystem.delegateTokens(delegator, validator, amount);
    }

    /** Where the chain stands. */
    public synchronized ConsensusState consensusState() {
        LedgerView view = chain.view();
        Tip tip = chain.tip();
        return new ConsensusState(
                view.epoch(),
                tip.height(),
                tip.hash(),
                tip.stateRoot(),
                view.ruleSet().id(),
                view.validators().stream()
                        .filter(validator -> validator.status() == ValidatorStatus.ACTIVE)
                        .toList(),
                metrics);
    }

    /** The staking that was started with the consensus. */
    public StakingSystem stakingSystem() {
        return stakingSystem;
    }

    /** The slashing that was started with the consensus. */
    public SlashingSystem slashingSystem() {
        return slashingSystem;
    }

    /** Typed reads of the state after the last final block, until the next one. */
    public synchronized LedgerView ledger() {
        return chain.view();
    }

    /** The chain's parameters. */
    public ChainParameters parameters() {
        return chain.parameters();
    }

    /** The final block at {@code height}. */
    public synchronized Optional<Block> block(long height) {
        return chain.block(height);
    }

    /** What made {@code height} final. */
    public synchronized Optional<Certificate> certificate(long height) {
        return chain.certificate(height);
    }

    /** What became of the transactions of the last block that was produced here, in their order. */
    public synchronized List<Receipt> lastReceipts() {
        return lastReceipts;
    }

    /** Proves to whoever knows the last block's state root what the state holds under {@code key}, or that it is absent. */
    public synchronized StateProof prove(Bytes key) {
        chain.tip();
        return chain.ledger().prove(chain.record(), key);
    }

    /**
     * What proposes to change the rules from the next epoch on, attested by every validator whose key is here after the
     * self-test of the new rules. It has to be in a block of this epoch.
     *
     * @param proposer the validator that sends it
     * @throws PoSException CONSENSUS_STATE_UPDATE_FAILED where code is not here or a rule does not pass its self-test
     */
    public synchronized Payload ruleProposal(Address proposer, RuleChange change) {
        return new RuleProposal(chain, keys).of(proposer, change);
    }

    /** Takes a key: of an account that shall stake or send, or of a validator that shall sign here. */
    public synchronized void addSigner(Signer signer) {
        keys.add(signer);
    }

    /**
     * A signed transaction of an account whose key is here, with its next nonce, the least fee, the gas that it needs,
     * and an expiry 100 blocks ahead.
     *
     * @throws PoSException INVALID_TRANSACTION where the account's key is not here
     */
    public synchronized Transaction transaction(Address from, Payload payload) {
        return transaction(from, chain.view().account(from).nonce(), payload);
    }

    /** As {@link #transaction(Address, Payload)}, with a nonce of the caller's: several in one block count upwards. */
    public synchronized Transaction transaction(Address from, long nonce, Payload payload) {
        return sign(key(from, PoSError.INVALID_TRANSACTION), nonce, payload);
    }

    /** The own stake of a validator, units; 0 where nobody registered it. */
    synchronized long ownStake(Address validator) {
        LedgerView view = chain.view();
        Optional<Pool> pool = view.validator(validator).map(Validator::pool);
        Optional<Delegation> own = view.delegation(validator, validator);
        if (pool.isEmpty() || own.isEmpty()) {
            return 0;
        }
        DelegationRule rule = chain.plan().generation().delegation();
        return foreign(
                PoSError.STAKING_FAILED,
                () -> rule.tokensFor(pool.get(), own.get().shares()));
    }

    synchronized Payload registration(
            Address operator, String id, Rate commission, Rate maximum, Rate maxDailyChange, long stake) {
        Signer signer = key(operator, PoSError.STAKING_FAILED);
        Bytes proof = signer.sign(Transaction.possessionBytes(chain.view().chainId(), operator, signer.publicKey()));
        return new Payload.RegisterValidator(id, signer.publicKey(), proof, commission, maximum, maxDailyChange, stake);
    }

    /**
     * Signs, checks, and carries out one transaction in a block of its own.
     *
     * @param amount units that the payload takes from the sender's balance
     * @param failure the error of this verb where the sender cannot
     */
    synchronized void submit(Address from, Payload payload, long amount, PoSError failure) {
        Transaction transaction =
                sign(key(from, failure), chain.view().account(from).nonce(), payload);
        long balance = chain.view().account(from).balance();
        // subtracting cannot overflow where adding could
        if (balance < transaction.fee() || balance - transaction.fee() < amount) {
            throw PoSException.outOfRange(
                    failure,
                    "balance of " + from,
                    balance,
                    "at least the amount " + amount + " and the fee " + transaction.fee());
        }
        validateTransaction(transaction);
        Receipt receipt = produce(List.of(transaction), List.of(), false)
                .execution()
                .receipts()
                .get(0);
        if (!receipt.succeeded()) {
            throw new PoSException(receipt.error().get(), receipt.detail());
        }
    }

    /** Judges evidence and, where a condition of the chain is about it, punishes what it proves. */
    synchronized boolean slash(Evidence evidence) {
        Generation rules = chain.plan().generation();
        boolean known = foreign(PoSError.SLASHING_DETECTION_FAILED, () -> rules.slashing().values().stream()
                .anyMatch(condition -> condition.evidenceTypes().contains(evidence.type())));
        if (!known) {
            return false;
        }
        long height = chain.tip().height() + 1;
        chain.ledger().checkEvidence(chain.record(), rules, evidence, height, chain.nextTime());
        Candidate block;
        try {
            block = produce(List.of(), List.of(evidence), false);
        } catch (PoSException e) {
            if (e.error() != PoSError.BLOCK_PRODUCTION_FAILED) {
                throw e;
            }
            throw new PoSException(
                    PoSError.PENALTY_APPLICATION_FAILED, "evidence " + evidence.id() + ": " + e.getMessage(), e);
        }
        boolean applied = block.execution().slashings().stream()
                .anyMatch(event -> event.offence().evidence().equals(Optional.of(evidence.id())));
        if (!applied) {
            throw new PoSException(
                    PoSError.PENALTY_APPLICATION_FAILED,
                    "block " + height + " holds evidence " + evidence.id() + " and no penalty for it");
        }
        return true;
    }

    private Candidate produce(List<Transaction> transactions, List<Evidence> evidence, boolean secure) {
        Candidate block = chain.produce(transactions, evidence, secure);
        metrics = metrics.plus(block);
        lastReceipts = block.execution().receipts();
        return block;
    }

    private Transaction sign(Signer signer, long nonce, Payload payload) {
        ChainParameters parameters = chain.parameters();
        Transaction unsigned = new Transaction(
                chain.view().chainId(),
                signer.publicKey(),
                nonce,
                parameters.minimumFee(),
                0,
                Math.addExact(chain.tip().height(), EXPIRY),
                payload,
                Bytes.EMPTY);
        Transaction withGas = new Transaction(
                unsigned.chainId(),
                unsigned.sender(),
                nonce,
                unsigned.fee(),
                unsigned.gas(parameters.gas()),
                unsigned.expiryHeight(),
                payload,
                Bytes.EMPTY);
        return withGas.signed(signer.sign(withGas.signBytes()));
    }

    /** What a rule answers; whatever it throws is one of the eighteen. */
    private static <T> T foreign(PoSError error, Supplier<T> rule) {
        try {
            return rule.get();
        } catch (PoSException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new PoSException(error, "a rule failed: " + e, e);
        }
    }

    private Signer key(Address account, PoSError failure) {
        return keys.of(account)
                .orElseThrow(() -> new PoSException(
                        failure, "the key of account " + account + " is not here, must be added first"));
    }
}
