package org.hauptbuch.node.block;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.hauptbuch.api.block.Block;
import org.hauptbuch.api.block.BlockHeader;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.block.Certificate.VoterSignature;
import org.hauptbuch.api.chain.ChainParameters;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.proof.MerkleTree;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.ledger.Account;
import org.hauptbuch.ledger.BlockInput;
import org.hauptbuch.ledger.Execution;
import org.hauptbuch.ledger.Ledger;
import org.hauptbuch.ledger.LedgerView;
import org.hauptbuch.ledger.StateReader;
import org.hauptbuch.node.chain.CandidateBlock;
import org.hauptbuch.node.metrics.Metric;
import org.hauptbuch.node.metrics.Metrics;
import org.hauptbuch.node.pool.EvidencePool;
import org.hauptbuch.node.pool.PooledTransaction;
import org.hauptbuch.node.pool.TransactionPool;

/**
 * Builds blocks from the pool. The same proposal asked for again is the same block again: the specification's block
 * cache. Belongs to the loop.
 */
public final class BlockProducer {
    /** A header, a certificate of the largest validator set that fits, and lengths. */
    private static final int HEADER_BYTES = 2_048;

    /** A voter's address and the length of its signature. */
    private static final int VOTER_BYTES = 32;

    private static final int MAX_CACHED = 8;

    private final Ledger ledger;
    private final StateReader state;
    private final BlockExecutor executor;
    private final TransactionPool pool;
    private final EvidencePool evidencePool;
    private final Function<BlockContext, Bytes> delays;
    private final Metrics metrics;
    private final Map<CacheKey, CandidateBlock> cache = new LinkedHashMap<>();

    /** A producer from these pools on this state; {@code delays} says what delay a block is to bring, if any. */
    public BlockProducer(
            Ledger ledger,
            StateReader state,
            BlockExecutor executor,
            TransactionPool pool,
            EvidencePool evidencePool,
            Function<BlockContext, Bytes> delays,
            Metrics metrics) {
        this.ledger = ledger;
        this.state = state;
        this.executor = executor;
        this.pool = pool;
        this.evidencePool = evidencePool;
        this.delays = delays;
        this.metrics = metrics;
    }

    /**
     * Who asks for a block, and for which round.
     *
     * @param round the round to propose in
     * @param self the proposer
     * @param signer its consensus key
     * @param wallMillis its clock, milliseconds since 1970
     */
    public record Request(int round, Address self, Signer signer, long wallMillis) {}

    /**
     * Builds and executes a block.
     *
     * @param lastCertificate the certificate of the parent to put into it
     * @throws PoSException BLOCK_PRODUCTION_FAILED
     * @throws RuleFailedException where a rule fails
     */
    public CandidateBlock produce(BlockContext context, Optional<Certificate> lastCertificate, Request request) {
        long timeMillis = Math.max(request.wallMillis, context.parent().timeMillis() + 1);
        ChainParameters parameters = context.parameters();
        List<Evidence> evidence = evidencePool.select(
                e -> isAdmissible(context, e, timeMillis), parameters.maxBlockBytes() / 2 - HEADER_BYTES);
        Bytes delay = delays.apply(context);
        List<PooledTransaction> chosen = choose(context, evidence, lastCertificate, delay.length());
        CacheKey key = CacheKey.of(context, lastCertificate, request, delay, evidence, chosen);
        CandidateBlock cached = cache.get(key);
        if (cached != null) {
            metrics.count(Metric.BLOCKS_PRODUCED_CACHED);
            return cached;
        }
        Draft draft = new Draft(context, lastCertificate, key.lastCertificate, request, delay, timeMillis);
        CandidateBlock produced = build(draft, evidence, chosen);
        if (cache.size() >= MAX_CACHED) {
            cache.remove(cache.keySet().iterator().next());
        }
        cache.put(key, produced);
        metrics.count(Metric.BLOCKS_PRODUCED);
        return produced;
    }

    private CandidateBlock build(Draft draft, List<Evidence> evidence, List<PooledTransaction> chosen) {
        try {
            return draft.execute(evidence, chosen);
        } catch (PoSException refused) {
            // something in the pool is not what it was when it was let in: find it, and go on without
            List<PooledTransaction> kept = new ArrayList<>();
            for (PooledTransaction pooled : chosen) {
                if (isAdmissible(draft.context, pooled.transaction(), draft.timeMillis)) {
                    kept.add(pooled);
                } else {
                    pool.drop(pooled);
                }
            }
            return draft.executeFirstOf(
                    List.of(new Content(evidence, kept), new Content(List.of(), kept), Content.NOTHING), refused);
        }
    }

    private List<PooledTransaction> choose(
            BlockContext context, List<Evidence> evidence, Optional<Certificate> lastCertificate, int delayBytes) {
        ChainParameters parameters = context.parameters();
        long gas = parameters.maxBlockGas()
                - parameters.gas().blockProduction()
                - parameters.gas().slashingDetection() * evidence.size();
        long bytes = parameters.maxBlockBytes()
                - HEADER_BYTES
                - delayBytes
                - lastCertificate.map(c -> bytesOf(c.signatures())).orElse(0L)
                - context.rollback().map(c -> bytesOf(c.signatures())).orElse(0L)
                - evidence.stream().mapToLong(e -> e.payload().length() + 128L).sum();
        LedgerView view = new LedgerView(state);
        Function<Address, Account> accounts = view::account;
        return pool.select(gas, bytes, context.height(), accounts);
    }

    private static long bytesOf(List<VoterSignature> signatures) {
        return signatures.stream()
                .mapToLong(s -> VOTER_BYTES + s.signature().length())
                .sum();
    }

    private boolean isAdmissible(BlockContext context, Evidence evidence, long timeMillis) {
        try {
            executor.calls().ask("evidence", () -> {
                ledger.checkEvidence(state, context.rules(), evidence, context.height(), timeMillis);
                return null;
            });
            return true;
        } catch (PoSException refused) {
            // not now: it may be for a height that is not final yet
            return false;
        }
    }

    private boolean isAdmissible(BlockContext context, Transaction transaction, long timeMillis) {
        try {
            executor.calls().ask("transaction", () -> {
                ledger.checkTransaction(state, context.rules(), transaction, context.height(), timeMillis);
                return null;
            });
            return true;
        } catch (PoSException refused) {
            return false;
        }
    }

    /** What a block is made of, but for its time. */
    private record CacheKey(
            Hash parent,
            int round,
            Hash ruleSet,
            Address proposer,
            Optional<Hash> lastCertificate,
            Bytes delay,
            List<Hash> evidence,
            List<Hash> transactions) {
        private static CacheKey of(
                BlockContext context,
                Optional<Certificate> lastCertificate,
                Request request,
                Bytes delay,
                List<Evidence> evidence,
                List<PooledTransaction> chosen) {
            return new CacheKey(
                    context.parent().hash(),
                    request.round,
                    context.ruleSetId(),
                    request.self,
                    lastCertificate.map(Certificate::digest),
                    delay,
                    evidence.stream().map(Evidence::id).toList(),
                    chosen.stream().map(PooledTransaction::id).toList());
        }
    }

    /** What a block may hold. */
    private record Content(List<Evidence> evidence, List<PooledTransaction> transactions) {
        private static final Content NOTHING = new Content(List.of(), List.of());
    }

    private static Hash evidenceRoot(List<Evidence> evidence) {
        return MerkleTree.root(evidence.stream().map(Evidence::encode).toList());
    }

    /** A block as far as it is known before it is executed. */
    private final class Draft {
        private final BlockContext context;
        private final Optional<Certificate> lastCertificate;
        private final Optional<Hash> lastDigest;
        private final Request request;
        private final Bytes delay;
        private final long timeMillis;

        private Draft(
                BlockContext context,
                Optional<Certificate> lastCertificate,
                Optional<Hash> lastDigest,
                Request request,
                Bytes delay,
                long timeMillis) {
            this.context = context;
            this.lastCertificate = lastCertificate;
            this.lastDigest = lastDigest;
            this.request = request;
            this.delay = delay;
            this.timeMillis = timeMillis;
        }

        /** The first of these that makes a block: a bad piece of evidence must not cost the transactions their block. */
        private CandidateBlock executeFirstOf(List<Content> attempts, PoSException why) {
            PoSException last = why;
            for (Content attempt : attempts) {
                try {
                    return execute(attempt.evidence, attempt.transactions);
                } catch (PoSException refused) {
                    refused.addSuppressed(last);
                    last = refused;
                }
            }
            throw new PoSException(
                    PoSError.BLOCK_PRODUCTION_FAILED,
                    "even an empty block of height " + context.height() + " is refused: " + last.getMessage(),
                    last);
        }

        private CandidateBlock execute(List<Evidence> evidence, List<PooledTransaction> chosen) {
            List<Transaction> transactions =
                    chosen.stream().map(PooledTransaction::transaction).toList();
            BlockHeader header = new BlockHeader(
                    context.chainId(),
                    context.height(),
                    request.round,
                    context.epoch(),
                    context.parent().hash(),
                    timeMillis,
                    request.self,
                    MerkleTree.root(
                            chosen.stream().map(PooledTransaction::encoded).toList()),
                    evidenceRoot(evidence),
                    Hash.ZERO,
                    context.validatorsRoot(),
                    context.ruleSetId(),
                    request.signer.prove(context.reveal(request.round)),
                    lastDigest.orElse(Hash.ZERO),
                    delay);
            Execution execution = executor.execute(
                    context, new BlockInput(header, lastCertificate, context.rollback(), evidence, transactions));
            CandidateBlock block = CandidateBlock.of(new Block(
                    header.withStateRoot(execution.change().root()),
                    lastCertificate,
                    context.rollback(),
                    evidence,
                    transactions));
            executor.remember(block.hash(), execution);
            return block;
        }
    }
}
