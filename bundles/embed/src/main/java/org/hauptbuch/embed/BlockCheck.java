package org.hauptbuch.embed;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.hauptbuch.api.block.Block;
import org.hauptbuch.api.block.BlockHeader;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.finality.FinalityRule;
import org.hauptbuch.api.generation.Generation;
import org.hauptbuch.api.proof.MerkleTree;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.ledger.BlockInput;
import org.hauptbuch.ledger.Execution;
import org.hauptbuch.ledger.Ledger;
import org.hauptbuch.ledger.StateReader;

/**
 * Checks a block as a stranger would: from its bytes, with rules created for this check alone, believing nothing that
 * its producer computed.
 */
final class BlockCheck {
    private final Ledger ledger;
    private final SignatureScheme scheme;
    private final StateReader state;

    BlockCheck(Ledger ledger, SignatureScheme scheme, StateReader state) {
        this.ledger = ledger;
        this.scheme = scheme;
        this.state = state;
    }

    /**
     * Refuses what is not a valid next block.
     *
     * @param plan what the next block has to agree with
     * @param fresh the plan's rule set, created anew
     * @param lastFinality the finality rule that decided the parent, created anew
     * @param lastValidators the set that decided the parent; empty where it is genesis
     * @param block the block in question
     * @throws PoSException INVALID_BLOCK, naming field, value and what it must be
     */
    void check(
            HeightPlan plan,
            Generation fresh,
            FinalityRule lastFinality,
            Optional<ValidatorSet> lastValidators,
            Block block) {
        int size = block.encode().length();
        require(
                size <= plan.parameters().maxBlockBytes(),
                "size",
                size,
                "at most " + plan.parameters().maxBlockBytes() + " bytes");
        Block read = Block.decode(block.encode());
        checkHeader(plan, read);
        checkCertificate(plan, lastFinality, lastValidators, read);
        checkSignatures(plan, read.transactions());
        Hash root = execute(fresh, read).change().root();
        require(
                read.header().stateRoot().equals(root),
                "stateRoot",
                read.header().stateRoot(),
                root);
    }

    private void checkHeader(HeightPlan plan, Block block) {
        BlockHeader header = block.header();
        requireEqual("chainId", header.chainId(), plan.chainId());
        requireEqual("height", header.height(), plan.height());
        requireEqual("epoch", header.epoch(), plan.epoch());
        requireEqual("parent", header.parent(), plan.parent().hash());
        require(
                header.timeMillis() > plan.parent().timeMillis(),
                "time",
                header.timeMillis(),
                "after the parent's " + plan.parent().timeMillis());
        plan.proposer(header.round()).ifPresent(due -> requireEqual("proposer", header.proposer(), due.address()));
        ValidatorSet.Member proposer = plan.validators()
                .member(header.proposer())
                .orElseThrow(() -> refuse("proposer", header.proposer(), "one of the validators", null));
        requireEqual("transactionsRoot", header.transactionsRoot(), root(block.transactions(), Transaction::encode));
        requireEqual("evidenceRoot", header.evidenceRoot(), root(block.evidence(), Evidence::encode));
        requireEqual(
                "validatorsRoot", header.validatorsRoot(), plan.validators().root());
        requireEqual("ruleSetId", header.ruleSetId(), plan.generation().set().id());
        Bytes output = scheme.proofOutput(proposer.key(), plan.reveal(header.round()), header.reveal())
                .orElseThrow(() ->
                        refuse("reveal", header.reveal(), "the proposer's proof of randomness for its round", null));
        require(
                plan.rank(header.round(), header.proposer(), output).isPresent(),
                "proposer",
                header.proposer(),
                "one whose draw lets it propose in round " + header.round());
    }

    private void checkCertificate(
            HeightPlan plan, FinalityRule lastFinality, Optional<ValidatorSet> lastValidators, Block block) {
        requireEqual("lastCertificate", block.lastCertificate().isPresent(), plan.height() > 1);
        Hash digest = block.lastCertificate().map(Certificate::digest).orElse(Hash.ZERO);
        requireEqual("lastCertificate", block.header().lastCertificate(), digest);
        if (block.lastCertificate().isEmpty()) {
            return;
        }
        Certificate certificate = block.lastCertificate().get();
        requireEqual(
                "lastCertificate.height", certificate.height(), plan.parent().height());
        requireEqual("lastCertificate.block", certificate.block(), plan.parent().hash());
        ValidatorSet voters = lastValidators.orElseThrow(() -> refuse(
                "lastCertificate",
                "of height " + certificate.height(),
                "of a height whose validators are known",
                null));
        try {
            lastFinality.verifyFinal(certificate, plan.chainId(), voters, scheme);
        } catch (PoSException e) {
            throw refuse("lastCertificate", e.getMessage(), "the proof that the parent is final", e);
        }
    }

    private void checkSignatures(HeightPlan plan, List<Transaction> transactions) {
        boolean parallel = plan.parameters().consensus().enableParallelProcessing();
        Chunks.each(transactions, parallel, (from, part) -> {
            boolean[] right = Chunks.verify(scheme, part);
            for (int i = 0; i < right.length; i++) {
                require(right[i], "signature of transaction " + part.get(i).id(), "wrong", "the sender's");
            }
        });
    }

    private Execution execute(Generation fresh, Block block) {
        try {
            return ledger.execute(state, fresh, BlockInput.of(block));
        } catch (RuntimeException e) {
            if (e instanceof PoSException refusal && refusal.error() == PoSError.INVALID_BLOCK) {
                throw refusal;
            }
            // foreign code: whatever a rule throws, the block is not proven good
            throw refuse("execution", e.toString(), "without a failure", e);
        }
    }

    private static <T> Hash root(List<T> parts, Function<T, Bytes> encoding) {
        return MerkleTree.root(parts.stream().map(encoding).toList());
    }

    private static void requireEqual(String field, Object value, Object expected) {
        require(value.equals(expected), field, value, expected);
    }

    private static void require(boolean good, String field, Object value, Object range) {
        if (!good) {
            throw refuse(field, value, range, null);
        }
    }

    private static PoSException refuse(String field, Object value, Object range, Throwable cause) {
        return new PoSException(
                PoSError.INVALID_BLOCK, "block " + field + " is " + value + ", must be " + range, cause);
    }
}
