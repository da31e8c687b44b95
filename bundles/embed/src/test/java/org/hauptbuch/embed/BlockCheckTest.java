package org.hauptbuch.embed;

import static org.hauptbuch.embed.Chains.address;
import static org.hauptbuch.embed.Chains.key;
import static org.hauptbuch.embed.Chains.transfer;
import static org.hauptbuch.embed.Refusals.assertRefused;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.hauptbuch.api.block.Block;
import org.hauptbuch.api.block.BlockHeader;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.junit.jupiter.api.Test;

/** Every field of a good second block, changed one at a time. */
class BlockCheckTest {
    private static final Hash OTHER = Hash.sha256(Bytes.EMPTY);

    private final PoSConsensus twin = Chains.started();
    private final Block good;

    BlockCheckTest() {
        PoSConsensus consensus = Chains.started();
        consensus.produceBlock(List.of());
        twin.produceBlock(List.of());
        good = consensus.produceBlock(List.of(transfer(consensus, "erin", "frank", 1)));
    }

    @Test
    void theGoodBlockIsGood() {
        twin.validateBlock(good);
    }

    @Test
    void headerFields() {
        refused(h -> with(h, "other", h.height(), h.epoch(), h.parent(), h.timeMillis()), "chainId is other");
        refused(h -> with(h, h.chainId(), 3, h.epoch(), h.parent(), h.timeMillis()), "height is 3, must be 2");
        refused(h -> with(h, h.chainId(), 2, 1, h.parent(), h.timeMillis()), "epoch is 1, must be 0");
        refused(h -> with(h, h.chainId(), 2, 0, OTHER, h.timeMillis()), "parent is");
        refused(
                h -> with(h, h.chainId(), 2, 0, h.parent(), twin.ledger().timeMillis()),
                "time is",
                "after the parent's");
        refused(h -> h.withStateRoot(OTHER), "stateRoot is");
        Address stranger = address("stranger");
        refused(
                h -> roots(h, stranger, h.transactionsRoot(), h.evidenceRoot(), h.validatorsRoot(), h.ruleSetId()),
                "proposer is " + stranger);
        refused(
                h -> roots(h, h.proposer(), OTHER, h.evidenceRoot(), h.validatorsRoot(), h.ruleSetId()),
                "transactionsRoot is");
        refused(
                h -> roots(h, h.proposer(), h.transactionsRoot(), Hash.ZERO, h.validatorsRoot(), h.ruleSetId()),
                "evidenceRoot is");
        refused(
                h -> roots(h, h.proposer(), h.transactionsRoot(), h.evidenceRoot(), OTHER, h.ruleSetId()),
                "validatorsRoot is");
        refused(
                h -> roots(h, h.proposer(), h.transactionsRoot(), h.evidenceRoot(), h.validatorsRoot(), OTHER),
                "ruleSetId is");
        refused(h -> proofs(h, key("stranger").prove(Bytes.EMPTY), h.lastCertificate()), "reveal is");
        refused(h -> proofs(h, h.reveal(), OTHER), "lastCertificate is");
    }

    @Test
    void theLastCertificate() {
        refused(block(good.header(), Optional.empty(), good.transactions()), "lastCertificate is false");
        Certificate whole = good.lastCertificate().orElseThrow();
        certificate(
                new Certificate(whole.phase(), 7, whole.round(), whole.block(), whole.signatures()),
                "lastCertificate.height is 7, must be 1");
        certificate(
                new Certificate(whole.phase(), 1, whole.round(), OTHER, whole.signatures()),
                "lastCertificate.block is");
        certificate(
                new Certificate(
                        whole.phase(),
                        1,
                        whole.round(),
                        whole.block(),
                        whole.signatures().subList(0, 2)),
                "voting power");
    }

    @Test
    void aForgedTransaction() {
        Transaction genuine = good.transactions().get(0);
        Transaction forged = genuine.signed(key("frank").sign(genuine.signBytes()));
        BlockHeader h = good.header();
        BlockHeader header = roots(
                h,
                h.proposer(),
                BlockBuilder.transactionsRoot(List.of(forged)),
                h.evidenceRoot(),
                h.validatorsRoot(),
                h.ruleSetId());
        refused(block(header, good.lastCertificate(), List.of(forged)), "signature of transaction " + forged.id());
    }

    @Test
    void aTransactionTwice() {
        List<Transaction> twice =
                List.of(good.transactions().get(0), good.transactions().get(0));
        BlockHeader h = good.header();
        BlockHeader header = roots(
                h,
                h.proposer(),
                BlockBuilder.transactionsRoot(twice),
                h.evidenceRoot(),
                h.validatorsRoot(),
                h.ruleSetId());
        refused(block(header, good.lastCertificate(), twice), "nonce is 0, must be 1");
    }

    private void certificate(Certificate certificate, String... named) {
        BlockHeader header = proofs(good.header(), good.header().reveal(), certificate.digest());
        refused(block(header, Optional.of(certificate), good.transactions()), named);
    }

    private void refused(UnaryOperator<BlockHeader> change, String... named) {
        refused(block(change.apply(good.header()), good.lastCertificate(), good.transactions()), named);
    }

    private void refused(Block block, String... named) {
        assertRefused(PoSError.INVALID_BLOCK, () -> twin.validateBlock(block), named);
    }

    private static Block block(BlockHeader header, Optional<Certificate> last, List<Transaction> transactions) {
        return new Block(header, last, List.of(), transactions);
    }

    private static BlockHeader with(
            BlockHeader h, String chainId, long height, long epoch, Hash parent, long timeMillis) {
        return new BlockHeader(
                chainId,
                height,
                h.round(),
                epoch,
                parent,
                timeMillis,
                h.proposer(),
                h.transactionsRoot(),
                h.evidenceRoot(),
                h.stateRoot(),
                h.validatorsRoot(),
                h.ruleSetId(),
                h.reveal(),
                h.lastCertificate());
    }

    private static BlockHeader roots(
            BlockHeader h, Address proposer, Hash transactions, Hash evidence, Hash validators, Hash ruleSetId) {
        return new BlockHeader(
                h.chainId(),
                h.height(),
                h.round(),
                h.epoch(),
                h.parent(),
                h.timeMillis(),
                proposer,
                transactions,
                evidence,
                h.stateRoot(),
                validators,
                ruleSetId,
                h.reveal(),
                h.lastCertificate());
    }

    private static BlockHeader proofs(BlockHeader h, Bytes reveal, Hash lastCertificate) {
        return new BlockHeader(
                h.chainId(),
                h.height(),
                h.round(),
                h.epoch(),
                h.parent(),
                h.timeMillis(),
                h.proposer(),
                h.transactionsRoot(),
                h.evidenceRoot(),
                h.stateRoot(),
                h.validatorsRoot(),
                h.ruleSetId(),
                reveal,
                lastCertificate);
    }
}
