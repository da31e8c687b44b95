package org.hauptbuch.node.core;

import java.util.Optional;
import org.hauptbuch.api.block.Block;
import org.hauptbuch.api.block.BlockHeader;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.block.Checkpoint;
import org.hauptbuch.api.chain.ChainParameters;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.chain.WeakSubjectivity;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.proof.MerkleTree;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.ledger.LedgerView;
import org.hauptbuch.node.chain.CandidateBlock;
import org.hauptbuch.node.chain.PendingState;
import org.hauptbuch.node.wire.SnapshotMessage;

/** Checks what a peer says a chain begins with at a trusted checkpoint. Without state: on any thread. */
final class SyncBasis {
    private SyncBasis() {}

    /**
     * The basis that {@code body} is. All of it follows from the trusted hash: the block's parts by the roots in its
     * header, the validator set by its root, the certificate by the signatures of that set. Which rule's certificate it
     * is cannot be asked yet, because rules may have to be fetched first; no two rules make blocks final by the same
     * phase, and validators sign only under theirs.
     *
     * @throws PoSException naming what is wrong
     */
    static PendingState.Basis check(
            Checkpoint trusted, SnapshotMessage.Body body, String chainId, SignatureScheme scheme) {
        CandidateBlock block = CandidateBlock.decode(body.block());
        BlockHeader header = block.block().header();
        same("checkpoint.hash", block.hash(), trusted.hash());
        same("checkpoint.height", header.height(), trusted.height());
        same("header.chainId", header.chainId(), chainId);
        checkBody(block.block());
        ValidatorSet validators = ValidatorSet.decode(body.validators());
        same("header.validatorsRoot", validators.root(), header.validatorsRoot());
        Certificate certificate = body.certificate();
        same("certificate.height", certificate.height(), header.height());
        same("certificate.block", certificate.block(), block.hash());
        if (!certificate.phase().decides()) {
            throw PoSException.outOfRange(
                    PoSError.BLOCK_FINALIZATION_FAILED, "certificate.phase", certificate.phase(), "one that decides");
        }
        certificate.verify(chainId, validators, scheme);
        block.block().rollback().ifPresent(rollback -> {
            same("rollback.height", rollback.height(), header.height());
            same("rollback.to", rollback.to(), header.ruleSetId());
            rollback.verify(chainId, validators, scheme);
        });
        return new PendingState.Basis(block, certificate);
    }

    /**
     * Refuses a checkpoint that is too old to be trusted: see {@link WeakSubjectivity}.
     *
     * @throws PoSException SECURITY_VALIDATION_FAILED, naming its age and the period
     */
    static void checkAge(PendingState.Basis basis, ChainParameters parameters, long wallMillis) {
        long age = wallMillis - basis.block().block().header().timeMillis();
        long period = WeakSubjectivity.periodMillis(parameters);
        if (age > period) {
            throw new PoSException(
                    PoSError.SECURITY_VALIDATION_FAILED,
                    "checkpoint " + basis.checkpoint() + " is " + age / 1_000 + " s old, must be at most "
                            + period / 1_000 + " s, the weak-subjectivity period of "
                            + WeakSubjectivity.periodBlocks(parameters) + " blocks: those who validated then may have"
                            + " their stake back, and another chain from there would cost them nothing; take a newer"
                            + " one from somebody you trust, or set trustOldCheckpoint to true");
        }
    }

    /** Why the chain cannot go on with a state that is whole, if it cannot. */
    static Optional<String> problem(PendingState.Basis basis, Hash root, LedgerView state, Hash genesis) {
        Hash stateRoot = basis.block().block().header().stateRoot();
        if (!root.equals(stateRoot)) {
            return Optional.of("the state in the store has root " + root + ", must be " + stateRoot
                    + ": the store is damaged; it is emptied");
        }
        return Optional.of(state.genesisHash())
                .filter(found -> !found.equals(genesis))
                .map(found -> "checkpoint " + basis.checkpoint() + " is of the chain with genesis " + found
                        + ", must be of the one with " + genesis);
    }

    private static void checkBody(Block block) {
        BlockHeader header = block.header();
        same(
                "header.transactionsRoot",
                MerkleTree.root(
                        block.transactions().stream().map(Transaction::encode).toList()),
                header.transactionsRoot());
        same(
                "header.evidenceRoot",
                MerkleTree.root(block.evidence().stream().map(Evidence::encode).toList()),
                header.evidenceRoot());
        block.lastCertificate()
                .ifPresent(last -> same("header.lastCertificate", last.digest(), header.lastCertificate()));
    }

    private static void same(String field, Object value, Object expected) {
        if (!value.equals(expected)) {
            throw PoSException.outOfRange(PoSError.INVALID_BLOCK, field, value, expected.toString());
        }
    }
}
