package org.hauptbuch.node.block;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.hauptbuch.api.block.Block;
import org.hauptbuch.api.block.BlockHeader;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.block.RollbackCertificate;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.proof.MerkleTree;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.selection.PrivateSchedule;
import org.hauptbuch.api.selection.PublicSchedule;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.vdf.DelayFunction;
import org.hauptbuch.ledger.BlockInput;
import org.hauptbuch.ledger.EpochDelay;
import org.hauptbuch.ledger.Execution;
import org.hauptbuch.node.chain.CandidateBlock;
import org.hauptbuch.node.pool.VerifiedSignatures;

/**
 * Decides whether a block may follow the last final one, from the block and the state alone: it shares no code with
 * the producer. In three steps, cheap ones first: header and structure, signatures (off the loop), execution. Every
 * refusal is INVALID_BLOCK and names the field, its value and what it must be.
 */
public final class BlockValidator {
    /** A block's time may be so far ahead of this node's clock: what clocks without supervision differ by. */
    public static final long MAX_AHEAD_MILLIS = 5_000;

    /** The transactions that one task verifies together: some milliseconds of work, so that handing it over costs nothing. */
    private static final int CHUNK = 250;

    private final SignatureScheme scheme;
    private final DelayFunction delay;
    private final VerifiedSignatures verified;
    private final BlockExecutor executor;

    /** A validator that verifies with {@code scheme} and {@code delay}, and executes with {@code executor}. */
    public BlockValidator(
            SignatureScheme scheme, DelayFunction delay, VerifiedSignatures verified, BlockExecutor executor) {
        this.scheme = scheme;
        this.delay = delay;
        this.verified = verified;
        this.executor = executor;
    }

    /**
     * The first step: everything but signatures and execution.
     *
     * @param wallMillis this node's clock; empty for a block that is final already
     */
    public void checkStructure(BlockContext context, CandidateBlock candidate, OptionalLong wallMillis) {
        Block block = candidate.block();
        BlockHeader header = block.header();
        same("header.chainId", header.chainId(), context.chainId());
        same("header.height", header.height(), context.height());
        same("header.epoch", header.epoch(), context.epoch());
        same("header.parent", header.parent(), context.parent().hash());
        same(
                "rollback",
                block.rollback().map(BlockValidator::subject),
                context.rollback().map(BlockValidator::subject));
        if (header.round() < context.firstRound()) {
            throw refuse("header.round", header.round(), context.firstRound() + " or more, after a rollback");
        }
        same("header.ruleSetId", header.ruleSetId(), context.ruleSetId());
        same("header.validatorsRoot", header.validatorsRoot(), context.validatorsRoot());
        checkTime(context, header.timeMillis(), wallMillis);
        if (!context.validators().contains(header.proposer())) {
            throw refuse("header.proposer", header.proposer(), "in the validator set");
        }
        if (context.schedule() instanceof PublicSchedule known) {
            same(
                    "header.proposer",
                    header.proposer(),
                    executor.calls()
                            .ask(
                                    RuleKind.SELECTION,
                                    "the schedule",
                                    () -> known.proposer(header.height(), header.round())));
        }
        checkDelayIsDue(context, header);
        checkLastCertificate(context, block);
        if (candidate.encoded().length() > context.parameters().maxBlockBytes()) {
            throw refuse(
                    "block size",
                    candidate.encoded().length() + " bytes",
                    "at most " + context.parameters().maxBlockBytes() + " bytes");
        }
        checkGas(context, block);
        same(
                "header.transactionsRoot",
                header.transactionsRoot(),
                MerkleTree.root(
                        block.transactions().stream().map(Transaction::encode).toList()));
        same(
                "header.evidenceRoot",
                header.evidenceRoot(),
                MerkleTree.root(block.evidence().stream().map(Evidence::encode).toList()));
    }

    /**
     * The second step, as tasks that may run on any thread, in any order; each throws what it refuses.
     *
     * @param trusted the parent's certificate as this node verified it: the same one is not verified again
     */
    public List<Callable<Void>> signatureTasks(BlockContext context, Block block, Optional<Certificate> trusted) {
        List<Callable<Void>> tasks = new ArrayList<>();
        tasks.add(() -> {
            checkReveal(context, block.header());
            if (!block.lastCertificate().equals(trusted)) {
                block.lastCertificate().ifPresent(certificate -> verifyLast(context, certificate));
            }
            return null;
        });
        if (block.header().delay().length() > 0) {
            tasks.add(() -> {
                checkDelay(context, block.header());
                return null;
            });
        }
        List<Transaction> transactions = block.transactions();
        int chunk =
                context.parameters().consensus().enableParallelProcessing() ? CHUNK : Math.max(1, transactions.size());
        for (int from = 0; from < transactions.size(); from += chunk) {
            List<Transaction> part = transactions.subList(from, Math.min(from + chunk, transactions.size()));
            tasks.add(() -> {
                checkTransactions(part);
                return null;
            });
        }
        return tasks;
    }

    /** The third step. @throws RuleFailedException where a rule fails */
    public Execution checkExecution(BlockContext context, CandidateBlock candidate) {
        Optional<Execution> known = executor.remembered(candidate.hash());
        if (known.isPresent()) {
            return known.get();
        }
        Execution execution = executor.execute(context, BlockInput.of(candidate.block()));
        same(
                "header.stateRoot",
                candidate.block().header().stateRoot(),
                execution.change().root());
        executor.remember(candidate.hash(), execution);
        return execution;
    }

    private static void checkTime(BlockContext context, long timeMillis, OptionalLong wallMillis) {
        long least = context.parent().timeMillis() + 1;
        if (timeMillis < least) {
            throw refuse("header.timeMillis", timeMillis, least + " or more, later than the parent's");
        }
        if (wallMillis.isPresent() && timeMillis > wallMillis.getAsLong() + MAX_AHEAD_MILLIS) {
            throw refuse(
                    "header.timeMillis",
                    timeMillis,
                    "at most " + (wallMillis.getAsLong() + MAX_AHEAD_MILLIS) + ", " + MAX_AHEAD_MILLIS
                            + " ms ahead of this node's clock");
        }
    }

    private static void checkLastCertificate(BlockContext context, Block block) {
        if (context.height() == 1) {
            if (block.lastCertificate().isPresent()) {
                throw refuse("lastCertificate", "present", "absent at height 1");
            }
            same("header.lastCertificate", block.header().lastCertificate(), Hash.ZERO);
            return;
        }
        Certificate certificate = block.lastCertificate()
                .orElseThrow(() -> refuse("lastCertificate", "absent", "present from height 2 on"));
        same("header.lastCertificate", block.header().lastCertificate(), certificate.digest());
        same("lastCertificate.height", certificate.height(), context.height() - 1);
        same("lastCertificate.block", certificate.block(), context.parent().hash());
    }

    private static void checkGas(BlockContext context, Block block) {
        var schedule = context.parameters().gas();
        long gas = schedule.blockProduction();
        try {
            gas = Math.addExact(
                    gas,
                    Math.multiplyExact(
                            schedule.slashingDetection(), block.evidence().size()));
            for (Transaction transaction : block.transactions()) {
                gas = Math.addExact(gas, transaction.gas(schedule));
            }
        } catch (ArithmeticException e) {
            gas = Long.MAX_VALUE;
        }
        if (gas > context.parameters().maxBlockGas()) {
            throw refuse("block gas", gas, "at most " + context.parameters().maxBlockGas());
        }
    }

    private void checkReveal(BlockContext context, BlockHeader header) {
        ValidatorSet.Member proposer =
                context.validators().member(header.proposer()).orElseThrow();
        Bytes output = scheme.proofOutput(proposer.key(), context.reveal(header.round()), header.reveal())
                .orElseThrow(() ->
                        refuse("header.reveal", header.reveal(), "the proposer's proof of randomness for its round"));
        if (context.schedule() instanceof PrivateSchedule drawn
                && executor.calls()
                        .ask(
                                RuleKind.SELECTION,
                                "the schedule",
                                () -> drawn.rank(header.height(), header.round(), header.proposer(), output))
                        .isEmpty()) {
            throw refuse("header.proposer", header.proposer(), "one whose draw lets it propose in its round");
        }
    }

    private static void checkDelayIsDue(BlockContext context, BlockHeader header) {
        int bytes = header.delay().length();
        if (bytes == 0) {
            return;
        }
        EpochDelay due = context.delay().orElseThrow(() -> refuse("header.delay: bytes", bytes, "0: none is due"));
        if (!due.isDue()) {
            throw refuse(
                    "header.delay: bytes",
                    bytes,
                    "0: block " + due.height() + " brought the output of epoch " + due.epoch());
        }
    }

    private void checkDelay(BlockContext context, BlockHeader header) {
        EpochDelay due = context.delay().orElseThrow();
        if (!delay.verify(due.task(), header.delay())) {
            throw refuse(
                    "header.delay", "wrong", "the output that epoch " + due.epoch() + " evaluates, with its proof");
        }
    }

    private void verifyLast(BlockContext context, Certificate certificate) {
        try {
            executor.calls().ask(RuleKind.FINALITY, "the parent's certificate", () -> {
                context.parentFinality()
                        .orElseThrow()
                        .verifyFinal(
                                certificate,
                                context.chainId(),
                                context.parentValidators().orElseThrow(),
                                scheme);
                return null;
            });
        } catch (PoSException e) {
            throw new PoSException(
                    PoSError.INVALID_BLOCK, "lastCertificate does not make the parent final: " + e.getMessage(), e);
        }
    }

    private void checkTransactions(List<Transaction> transactions) {
        for (Hash wrong : verified.wrong(transactions)) {
            PoSException refused = VerifiedSignatures.refuse(wrong);
            throw new PoSException(PoSError.INVALID_BLOCK, refused.getMessage(), refused);
        }
    }

    /** What a rollback is about; its signatures are the ledger's to verify. */
    private static RollbackCertificate subject(RollbackCertificate rollback) {
        return new RollbackCertificate(rollback.height(), rollback.from(), rollback.to(), List.of());
    }

    private static void same(String field, Object value, Object expected) {
        if (!value.equals(expected)) {
            throw refuse(field, value, expected.toString());
        }
    }

    private static PoSException refuse(String field, Object value, String range) {
        return PoSException.outOfRange(PoSError.INVALID_BLOCK, field, value, range);
    }
}
