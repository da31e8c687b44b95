package org.hauptbuch.node.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.hauptbuch.api.block.Block;
import org.hauptbuch.api.block.BlockHeader;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.chain.ChainParameters;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.proof.MerkleTree;
import org.hauptbuch.api.selection.PrivateSchedule;
import org.hauptbuch.api.selection.PublicSchedule;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.vdf.DelayFunction;
import org.hauptbuch.api.vdf.DelayResult;
import org.hauptbuch.api.vdf.DelayTask;
import org.hauptbuch.api.vdf.DelayWatch;
import org.hauptbuch.ledger.EpochDelay;
import org.hauptbuch.ledger.Ledger;
import org.hauptbuch.ledger.LedgerView;
import org.hauptbuch.node.block.BlockContext;
import org.hauptbuch.node.block.BlockExecutor;
import org.hauptbuch.node.block.BlockProducer;
import org.hauptbuch.node.block.BlockValidator;
import org.hauptbuch.node.block.RuleCalls;
import org.hauptbuch.node.chain.CandidateBlock;
import org.hauptbuch.node.chain.ChainStore;
import org.hauptbuch.node.chain.StoredState;
import org.hauptbuch.node.metrics.Metric;
import org.hauptbuch.node.metrics.Metrics;
import org.hauptbuch.node.pool.EvidencePool;
import org.hauptbuch.node.pool.PooledTransaction;
import org.hauptbuch.node.pool.TransactionPool;
import org.hauptbuch.node.pool.VerifiedSignatures;
import org.hauptbuch.vdf.wesolowski.WesolowskiDelay;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A producer's block on a real chain, and every way in which it could be wrong. */
final class BlockValidatorTest {
    private static final Hash OTHER = Hash.sha256(new byte[] {9});

    private final Metrics metrics = new Metrics();
    private final DelayFunction delay = new WesolowskiDelay();
    private BlockContext context;
    private BlockValidator validator;
    private BlockProducer producer;
    private TransactionPool pool;
    private CandidateBlock good;
    private BlockProducer.Request request;
    private long now;

    @BeforeEach
    void aChainOfThreeBlocks() {
        TestNetwork network = TestNetwork.ofFour();
        network.startAll();
        network.runToHeight(3, 10_000);
        var store = network.node("alice").store;
        StoredState state = new StoredState(store);
        Ledger ledger = new Ledger(TestChain.SCHEME);
        Head head = new Head(
                TestChain.genesis(),
                new ChainStore(store),
                state,
                ledger,
                new RuleActivation(TestRules.catalogue(), RuleCalls.UNLIMITED));
        context = head.next(Optional.empty());
        BlockExecutor executor = new BlockExecutor(ledger, state, metrics, RuleCalls.UNLIMITED);
        VerifiedSignatures verified = new VerifiedSignatures(TestChain.SCHEME, metrics);
        validator = new BlockValidator(TestChain.SCHEME, delay, verified, executor);
        pool = new TransactionPool(PoolLimits.DEFAULT, context.parameters().gas(), metrics);
        pool.add(PooledTransaction.of(TestChain.transfer("faucet", "bob", 5, 0)), 0);
        pool.add(PooledTransaction.of(TestChain.transfer("faucet", "bob", 6, 1)), 0);
        producer =
                new BlockProducer(ledger, state, executor, pool, new EvidencePool(), context -> Bytes.EMPTY, metrics);
        Address proposer = ((PublicSchedule) context.schedule()).proposer(context.height(), 0);
        String name = new LedgerView(state).validator(proposer).orElseThrow().id();
        now = context.parent().timeMillis() + 1_000;
        request = new BlockProducer.Request(0, proposer, TestChain.consensus(name), now);
        good = producer.produce(context, context.parentCertificate(), request);
    }

    private void validate(CandidateBlock block) throws Exception {
        validator.checkStructure(context, block, OptionalLong.of(now));
        for (Callable<Void> task : validator.signatureTasks(context, block.block(), Optional.empty())) {
            task.call();
        }
        validator.checkExecution(context, block);
    }

    private void assertRefused(Block block, String field) {
        PoSException refused = assertThrows(PoSException.class, () -> validate(CandidateBlock.of(block)));
        assertEquals(PoSError.INVALID_BLOCK, refused.error());
        assertTrue(refused.getMessage().contains(field), refused.getMessage());
    }

    private Block with(UnaryOperator<BlockHeader> change) {
        Block block = good.block();
        return new Block(change.apply(block.header()), block.lastCertificate(), block.evidence(), block.transactions());
    }

    private static BlockHeader header(BlockHeader h, String field, Object value) {
        return new BlockHeader(
                field.equals("chainId") ? (String) value : h.chainId(),
                field.equals("height") ? (Long) value : h.height(),
                field.equals("round") ? (Integer) value : h.round(),
                field.equals("epoch") ? (Long) value : h.epoch(),
                field.equals("parent") ? (Hash) value : h.parent(),
                field.equals("timeMillis") ? (Long) value : h.timeMillis(),
                field.equals("proposer") ? (Address) value : h.proposer(),
                field.equals("transactionsRoot") ? (Hash) value : h.transactionsRoot(),
                field.equals("evidenceRoot") ? (Hash) value : h.evidenceRoot(),
                field.equals("stateRoot") ? (Hash) value : h.stateRoot(),
                field.equals("validatorsRoot") ? (Hash) value : h.validatorsRoot(),
                field.equals("ruleSetId") ? (Hash) value : h.ruleSetId(),
                field.equals("reveal") ? (Bytes) value : h.reveal(),
                field.equals("lastCertificate") ? (Hash) value : h.lastCertificate());
    }

    private void assertFieldChecked(String field, Object wrong) {
        assertRefused(with(h -> header(h, field, wrong)), "header." + field);
    }

    private Block withTransactions(List<Transaction> transactions) {
        Hash root =
                MerkleTree.root(transactions.stream().map(Transaction::encode).toList());
        return new Block(
                header(good.block().header(), "transactionsRoot", root),
                good.block().lastCertificate(),
                List.of(),
                transactions);
    }

    @Test
    void whatTheProducerBuildsIsValid() throws Exception {
        assertEquals(2, good.block().transactions().size());
        validate(good);
        validate(CandidateBlock.decode(good.encoded()));
    }

    @Test
    void everyHeaderFieldIsChecked() {
        assertFieldChecked("chainId", "devnet-other");
        assertFieldChecked("height", 5L);
        assertFieldChecked("epoch", 1L);
        assertFieldChecked("parent", OTHER);
        assertFieldChecked("timeMillis", context.parent().timeMillis());
        assertFieldChecked("timeMillis", now + BlockValidator.MAX_AHEAD_MILLIS + 1);
        assertFieldChecked("proposer", TestChain.address("faucet"));
        assertFieldChecked("transactionsRoot", OTHER);
        assertFieldChecked("evidenceRoot", OTHER);
        assertFieldChecked("stateRoot", OTHER);
        assertFieldChecked("validatorsRoot", OTHER);
        assertFieldChecked("ruleSetId", OTHER);
        assertFieldChecked("reveal", Bytes.fromHex("00"));
        assertFieldChecked("lastCertificate", OTHER);
    }

    @Test
    void aValidatorWhoseTurnItIsNotIsRefused() {
        Address other = TestChain.NAMES.stream()
                .map(TestChain::address)
                .filter(a -> !a.equals(good.block().header().proposer()))
                .findFirst()
                .orElseThrow();
        assertFieldChecked("proposer", other);
    }

    @Test
    void aRoundOfAnotherProposerIsRefused() {
        int round = 1;
        while (((PublicSchedule) context.schedule())
                .proposer(context.height(), round)
                .equals(request.self())) {
            round++;
        }
        assertRefused(with(roundIs(round)), "header.proposer");
    }

    @Test
    void whereProposersAreDrawnInPrivateTheRevealIsTheRightToPropose() throws Exception {
        context = drawing((height, round, who, output) -> OptionalLong.of(1));
        validate(good);
        assertRefused(with(roundIs(1)), "header.reveal");
        Bytes later = TestChain.consensus("alice").prove(context.reveal(1));
        assertFieldChecked("reveal", later);
        context = drawing((height, round, who, output) -> OptionalLong.empty());
        assertRefused(
                good.block(), "header.proposer is " + good.block().header().proposer() + ", must be one whose draw");
    }

    private BlockContext drawing(PrivateSchedule schedule) {
        return new BlockContext(
                context.chainId(),
                context.height(),
                context.epoch(),
                context.parent(),
                context.parentCertificate(),
                context.parentValidators(),
                context.parentFinality(),
                context.validators(),
                context.validatorsRoot(),
                schedule,
                context.seed(),
                context.rules(),
                context.ruleSetId(),
                context.rollback(),
                context.parameters(),
                context.delay());
    }

    private static UnaryOperator<BlockHeader> roundIs(int round) {
        return h -> header(h, "round", round);
    }

    @Test
    void aTimeAheadOfTheClockIsFineOnceTheBlockIsFinal() {
        CandidateBlock early = CandidateBlock.of(with(h -> header(h, "timeMillis", now + 60_000)));
        validator.checkStructure(context, early, OptionalLong.empty());
    }

    @Test
    void theParentsCertificateIsVerified() {
        Certificate last = good.block().lastCertificate().orElseThrow();
        assertLast(Optional.empty(), "lastCertificate");
        assertLast(
                Optional.of(new Certificate(
                        last.phase(), last.height() - 1, last.round(), last.block(), last.signatures())),
                "lastCertificate.height");
        assertLast(
                Optional.of(new Certificate(last.phase(), last.height(), last.round(), OTHER, last.signatures())),
                "lastCertificate.block");
        assertLast(
                Optional.of(new Certificate(
                        last.phase(),
                        last.height(),
                        last.round(),
                        last.block(),
                        last.signatures().subList(0, 2))),
                "lastCertificate does not make");
        List<Certificate.VoterSignature> forged = new ArrayList<>(last.signatures());
        forged.set(
                0,
                new Certificate.VoterSignature(
                        forged.get(0).validator(), forged.get(1).signature()));
        assertLast(
                Optional.of(new Certificate(last.phase(), last.height(), last.round(), last.block(), forged)),
                "lastCertificate does not make");
    }

    private void assertLast(Optional<Certificate> last, String word) {
        Block block = good.block();
        BlockHeader header = header(
                block.header(), "lastCertificate", last.map(Certificate::digest).orElse(Hash.ZERO));
        assertRefused(new Block(header, last, block.evidence(), block.transactions()), word);
    }

    private BlockContext limited(long gas, int bytes) {
        ChainParameters p = context.parameters();
        return new BlockContext(
                context.chainId(),
                context.height(),
                context.epoch(),
                context.parent(),
                context.parentCertificate(),
                context.parentValidators(),
                context.parentFinality(),
                context.validators(),
                context.validatorsRoot(),
                context.schedule(),
                context.seed(),
                context.rules(),
                context.ruleSetId(),
                context.rollback(),
                new ChainParameters(
                        p.consensus(),
                        p.unbondingEpochs(),
                        p.evidenceMaxAgeBlocks(),
                        p.evidenceMaxAgeMillis(),
                        p.blockReward(),
                        p.minimumFee(),
                        gas,
                        bytes,
                        p.gas()),
                context.delay());
    }

    @Test
    void aDelayThatIsNotDueOrWrongIsRefused() {
        Bytes some = Bytes.of(new byte[68]);
        assertRefused(with(h -> h.withDelay(some)), "header.delay: bytes is 68, must be 0: none is due");
        DelayTask task = new DelayTask(OTHER.bytes(), 256, 100);
        context = delayed(new EpochDelay(context.epoch(), task, context.height() - 1));
        assertRefused(with(h -> h.withDelay(some)), "must be 0: block " + (context.height() - 1) + " brought");
        context = delayed(new EpochDelay(context.epoch(), task, 0));
        assertRefused(with(h -> h.withDelay(some)), "header.delay is wrong");
        assertRefused(with(h -> h.withDelay(Bytes.of(new byte[1]))), "header.delay is wrong");
        DelayResult other = delay.evaluate(new DelayTask(OTHER.bytes(), 256, 101), 1, DelayWatch.NEVER_ENDING);
        assertRefused(with(h -> h.withDelay(other.joined())), "header.delay is wrong");
        // the right one is wrong only for this state, which does not wait for it
        DelayResult right = delay.evaluate(task, 1, DelayWatch.NEVER_ENDING);
        assertRefused(with(h -> h.withDelay(right.joined())), "no output is due");
    }

    private BlockContext delayed(EpochDelay due) {
        return new BlockContext(
                context.chainId(),
                context.height(),
                context.epoch(),
                context.parent(),
                context.parentCertificate(),
                context.parentValidators(),
                context.parentFinality(),
                context.validators(),
                context.validatorsRoot(),
                context.schedule(),
                context.seed(),
                context.rules(),
                context.ruleSetId(),
                context.rollback(),
                context.parameters(),
                Optional.of(due));
    }

    @Test
    void tooMuchGasAndTooManyBytesAreRefused() {
        for (int i = 2; i < 60; i++) {
            pool.add(PooledTransaction.of(TestChain.transfer("faucet", "bob", 6, i)), 0);
        }
        CandidateBlock big = producer.produce(context, context.parentCertificate(), request);
        assertEquals(60, big.block().transactions().size());
        assertLimit(limited(20_000_000, 1 << 20), big, "block gas is 31000000, must be at most 20000000");
        assertLimit(
                limited(20_000_000_000L, 10_000),
                big,
                "block size is " + big.encoded().length() + " bytes");
        // and the producer keeps them
        BlockContext tight = limited(20_000_000, 1 << 20);
        assertEquals(
                38,
                producer.produce(tight, context.parentCertificate(), request)
                        .block()
                        .transactions()
                        .size());
        BlockContext small = limited(20_000_000_000L, 10_000);
        CandidateBlock fits = producer.produce(small, context.parentCertificate(), request);
        assertTrue(
                fits.encoded().length() <= 10_000 && fits.block().transactions().size() > 20);
    }

    private void assertLimit(BlockContext tight, CandidateBlock block, String words) {
        PoSException refused =
                assertThrows(PoSException.class, () -> validator.checkStructure(tight, block, OptionalLong.of(now)));
        assertTrue(refused.getMessage().contains(words), refused.getMessage());
    }

    @Test
    void aForgedTransactionIsRefused() {
        Transaction first = good.block().transactions().get(0);
        Transaction forged =
                first.signed(TestChain.transfer("faucet", "bob", 7, 0).signature());
        assertRefused(withTransactions(List.of(forged)), "signature of transaction");
    }

    @Test
    void aTransactionOutOfOrderIsRefused() {
        assertRefused(withTransactions(List.of(good.block().transactions().get(1))), "nonce");
    }

    @Test
    void leavingATransactionOutChangesTheRoot() {
        assertRefused(withTransactions(good.block().transactions().subList(0, 1)), "header.stateRoot");
    }

    @Test
    void theSameProposalIsTheSameBlockFromTheCache() {
        assertSame(good, producer.produce(context, context.parentCertificate(), request));
        assertEquals(1, metrics.value(Metric.BLOCKS_PRODUCED));
        assertEquals(1, metrics.value(Metric.BLOCKS_PRODUCED_CACHED));
        pool.add(PooledTransaction.of(TestChain.transfer("faucet", "bob", 6, 2)), 0);
        assertEquals(
                3,
                producer.produce(context, context.parentCertificate(), request)
                        .block()
                        .transactions()
                        .size());
    }

    @Test
    void whatIsInTheWayInThePoolIsLeftOut() {
        pool.add(PooledTransaction.of(TestChain.transfer("nobody", "bob", 6, 0)), 0);
        CandidateBlock block = producer.produce(context, context.parentCertificate(), request);
        assertEquals(2, block.block().transactions().size());
    }
}
