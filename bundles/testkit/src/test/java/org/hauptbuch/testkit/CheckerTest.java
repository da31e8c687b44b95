package org.hauptbuch.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.hauptbuch.api.block.Block;
import org.hauptbuch.api.block.BlockHeader;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.block.Proposal;
import org.hauptbuch.api.block.RollbackCertificate;
import org.hauptbuch.api.block.RollbackVote;
import org.hauptbuch.api.block.Vote;
import org.hauptbuch.api.block.VotePhase;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.node.FinalBlock;
import org.hauptbuch.api.store.Batch;
import org.hauptbuch.api.store.Store;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.node.chain.ChainStore;
import org.hauptbuch.rules.RuleCatalogue;
import org.junit.jupiter.api.Test;

/** The checks say no. */
class CheckerTest {
    private static final Hash V = Hash.sha256(new byte[] {1});
    private static final Hash W = Hash.sha256(new byte[] {2});

    private static Simulation ofFive() {
        Simulation simulation = Simulation.ofValidators(TestWorlds.four(), TestWorlds::store, 1);
        simulation.startAll();
        simulation.runToHeight(5, 30_000);
        return simulation;
    }

    private static FinalBlock stored(Simulation simulation, long height) {
        ChainStore store = new ChainStore(simulation.node("alice").disk().contents());
        return new FinalBlock(
                store.block(height).orElseThrow(), store.certificate(height).orElseThrow(), store.receipts(height), 0);
    }

    private static void assertRefused(String why, Runnable wrong) {
        String message = assertThrows(SimulationFailure.class, wrong::run).getMessage();
        assertTrue(message.contains(why), message);
    }

    /** A history on which four blocks of a real run are final; {@code change} is the fifth. */
    private static void assertFifthRefused(String why, java.util.function.UnaryOperator<FinalBlock> change) {
        Simulation simulation = ofFive();
        History history = new History(new VirtualTime(), simulation.chain());
        for (long height = 1; height <= 4; height++) {
            history.add("alice", stored(simulation, height));
        }
        FinalBlock good = stored(simulation, 5);
        assertRefused(why, () -> history.add("alice", change.apply(good)));
        assertEquals(4, history.height());
    }

    private static FinalBlock with(FinalBlock good, BlockHeader header) {
        Block block = new Block(
                header,
                good.block().lastCertificate(),
                good.block().evidence(),
                good.block().transactions());
        return new FinalBlock(block, good.certificate(), good.receipts(), 0);
    }

    @Test
    void whatTheNodesMadeFinalPassesAnewHistory() {
        Simulation simulation = ofFive();
        History history = new History(new VirtualTime(), simulation.chain());
        for (long height = 1; height <= 5; height++) {
            history.add("alice", stored(simulation, height));
        }
        history.checkState("alice", simulation.node("alice").disk().contents());
    }

    @Test
    void twoFinalBlocksAtOneHeight() {
        Simulation simulation = ofFive();
        Hash root = simulation.history().at(3).stateRoot();
        assertRefused("two final blocks at height 3", () -> simulation.history().check("bob", 3, V, root));
        Hash hash = simulation.history().at(3).hash();
        assertRefused("two states at height 3", () -> simulation.history().check("bob", 3, hash, W));
        assertRefused("never made final", () -> simulation.history().check("bob", 1_000, V, W));
    }

    @Test
    void aFinalBlockOutOfLine() {
        Simulation simulation = ofFive();
        History history = new History(new VirtualTime(), simulation.chain());
        assertRefused("nobody did so with 1", () -> history.add("alice", stored(simulation, 2)));
    }

    @Test
    void aFinalBlockThatIsNotWhatItsHeaderSays() {
        assertFifthRefused(
                "block of its certificate",
                good -> with(good, good.block().header().withStateRoot(V)));
        assertFifthRefused("parent", good -> {
            BlockHeader h = good.block().header();
            return with(
                    good,
                    new BlockHeader(
                            h.chainId(),
                            h.height(),
                            h.round(),
                            h.epoch(),
                            V,
                            h.timeMillis(),
                            h.proposer(),
                            h.transactionsRoot(),
                            h.evidenceRoot(),
                            h.stateRoot(),
                            h.validatorsRoot(),
                            h.ruleSetId(),
                            h.reveal(),
                            h.lastCertificate()));
        });
        assertFifthRefused("transactions root", good -> {
            BlockHeader header = good.block().header();
            SimChain chain = TestWorlds.four();
            Transaction forged = new Transaction(
                    "simulation",
                    chain.account("account0").publicKey(),
                    0,
                    1,
                    1_000_000,
                    100,
                    new Payload.Unjail(),
                    Bytes.EMPTY);
            Block block = new Block(header, good.block().lastCertificate(), List.of(), List.of(forged));
            return new FinalBlock(block, good.certificate(), good.receipts(), 0);
        });
    }

    @Test
    void aFinalBlockUnderARuleSetThatTheChainDidNotActivate() {
        assertFifthRefused("rule set is " + V, good -> {
            BlockHeader h = good.block().header();
            return with(
                    good,
                    new BlockHeader(
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
                            V,
                            h.reveal(),
                            h.lastCertificate()));
        });
    }

    @Test
    void aRollbackWithoutARuleSetToGoBackTo() {
        assertFifthRefused("no rule set to go back to", good -> {
            RollbackCertificate rollback = new RollbackCertificate(5, V, W, List.of());
            Block block = new Block(
                    good.block().header(), good.block().lastCertificate(), Optional.of(rollback), List.of(), List.of());
            return new FinalBlock(block, good.certificate(), good.receipts(), 0);
        });
    }

    @Test
    void aFalsehoodThatIsBelieved() {
        SimChain chain = TestWorlds.four();
        Simulation simulation = ofFive();
        Transaction transaction = new RandomTransactions(chain, simulation.random())
                .of(simulation.node("bob"), "account0", new Payload.Transfer(chain.address("bob"), 1));
        simulation.history().expectRefused(transaction.id());
        simulation.node("bob").submit(transaction, result -> assertEquals(Optional.empty(), result.error()));
        assertRefused("a falsehood is believed: Transfer", () -> simulation.runMillis(20_000));
    }

    @Test
    void aNodeThatHaltsForAReasonThatWasNotToBe() {
        Simulation simulation = ofFive();
        simulation.allowHalts(why -> why.contains("penalty.fixed"));
        SimNode bob = simulation.node("bob");
        for (String id : List.of("penalty.fixed", "staking.bonded")) {
            var rule = bob.catalogue().find(id, Rulebook.VERSION).orElseThrow();
            bob.catalogue().remove(rule);
            if (id.equals("penalty.fixed")) {
                simulation.runMillis(2_000);
                assertEquals(1, bob.halts());
                bob.catalogue().add(rule);
                simulation.runMillis(5_000);
            }
        }
        assertRefused("bob halted: ", () -> simulation.runMillis(2_000));
    }

    @Test
    void aJarThatNobodyMade() {
        assertEquals(Optional.empty(), TestWorlds.rules().ofJar(Bytes.fromHex("00")));
        for (RuleCatalogue.Entry rule : TestWorlds.rules().entries()) {
            Bytes jar = TestWorlds.rules().jar(rule.digest()).orElseThrow();
            assertEquals(rule.digest(), Hash.sha256(jar));
            assertEquals(Optional.of(rule.id()), TestWorlds.rules().ofJar(jar).map(RuleCatalogue.Entry::id));
        }
    }

    @Test
    void aCertificateWithoutAQuorum() {
        assertFifthRefused("voting power", good -> {
            Certificate full = good.certificate();
            Certificate thin = new Certificate(
                    full.phase(),
                    full.height(),
                    full.round(),
                    full.block(),
                    full.signatures().subList(0, 2));
            return new FinalBlock(good.block(), thin, good.receipts(), 0);
        });
    }

    @Test
    void aStoreThatDiffersInOneByte() {
        Simulation simulation = ofFive();
        Store store = simulation.node("carol").disk().contents();
        List<Bytes> keys = new ArrayList<>();
        store.scan(Store.Space.STATE, Bytes.EMPTY, (key, value) -> keys.add(key));
        store.commit(new Batch().put(Store.Space.STATE, keys.get(7), Bytes.fromHex("00")));
        assertRefused("carol at height", () -> simulation.history().checkState("carol", store));
    }

    @Test
    void aDiskThatLosesWhatItAcknowledgedMakesAValidatorContradictItself() {
        SimChain chain = new SimChain(new TestOnlyKeyedHashScheme(), TestWorlds.patient(), 4, 1_000, 100);
        Simulation simulation = Simulation.ofValidators(chain, TestWorlds::store, 1);
        SimNode bob = simulation.node("bob");
        bob.disk().remembersLastCommit();
        simulation.startAll();
        simulation.runToHeight(2, 30_000);
        assertTrue(simulation.runUntil(10_000, () -> bob.snapshot().step().equals("prevote")));
        // alone, it hears neither the offer nor its own vote for it again
        bob.crash();
        bob.disk().loseLastCommit();
        simulation.network().partition(java.util.Map.of("bob", 1));
        bob.start();
        assertRefused("contradicts itself, vote of phase 0", () -> simulation.runMillis(10_000));
    }

    @Test
    void twoVotesOfOneKey() {
        SimChain chain = TestWorlds.four();
        SignatureWatch watch = new SignatureWatch();
        Signer signer = chain.consensus("alice");
        Bytes first = Vote.signBytes("simulation", VotePhase.PREVOTE, 3, 1, V);
        Bytes second = Vote.signBytes("simulation", VotePhase.PREVOTE, 3, 1, W);
        record(watch, signer, first);
        record(watch, signer, first);
        record(watch, signer, Vote.signBytes("simulation", VotePhase.PRECOMMIT, 3, 1, W));
        record(watch, signer, Vote.signBytes("simulation", VotePhase.PREVOTE, 3, 2, W));
        record(watch, chain.consensus("bob"), second);
        assertRefused("contradicts itself, vote of phase 0 at 3/1", () -> record(watch, signer, second));
        watch.allowLies(signer.publicKey());
        record(watch, signer, second);
        assertEquals(7, watch.statements());
    }

    @Test
    void twoProposalsOfOneKey() {
        SignatureWatch watch = new SignatureWatch();
        Signer signer = TestWorlds.four().consensus("alice");
        record(watch, signer, Proposal.signBytes("simulation", 3, 1, OptionalInt.empty(), V));
        assertRefused(
                "proposal at 3/1",
                () -> record(watch, signer, Proposal.signBytes("simulation", 3, 1, OptionalInt.of(0), V)));
    }

    @Test
    void aVoteToGoBackAndAVoteThatCouldDecideTheSameHeight() {
        SimChain chain = TestWorlds.four();
        Bytes decides = Vote.signBytes("simulation", VotePhase.PRECOMMIT, 3, 1, V);
        Bytes goesBack = RollbackVote.signBytes("simulation", 3, V, W);
        Bytes after = Vote.signBytes("simulation", VotePhase.PRECOMMIT, 3, RollbackCertificate.FIRST_ROUND, V);
        SignatureWatch watch = new SignatureWatch();
        Signer alice = chain.consensus("alice");
        record(watch, alice, decides);
        record(watch, alice, RollbackVote.signBytes("simulation", 4, V, W));
        assertRefused(
                "after a vote that could make a block of this height final", () -> record(watch, alice, goesBack));
        Signer bob = chain.consensus("bob");
        record(watch, bob, Vote.signBytes("simulation", VotePhase.PREVOTE, 3, 0, V));
        record(watch, bob, Vote.signBytes("simulation", VotePhase.FINALIZE, 3, 0, Hash.ZERO));
        record(watch, bob, goesBack);
        record(watch, bob, after);
        record(watch, bob, Vote.signBytes("simulation", VotePhase.PREVOTE, 4, 0, V));
        assertRefused("after a vote to go back at this height", () -> record(watch, bob, decides));
        assertRefused(
                "after a vote to go back at this height",
                () -> record(watch, bob, Vote.signBytes("simulation", VotePhase.PREVOTE, 3, 2, V)));
        assertRefused("vote to go back at 3", () -> record(watch, bob, RollbackVote.signBytes("simulation", 3, V, V)));
    }

    @Test
    void whatWasLostWithThePowerWasNeverSaid() {
        SignatureWatch watch = new SignatureWatch();
        Signer signer = TestWorlds.four().consensus("alice");
        watch.life(signer).sign(Vote.signBytes("simulation", VotePhase.PREVOTE, 3, 1, V));
        record(watch, signer, Vote.signBytes("simulation", VotePhase.PREVOTE, 3, 1, W));
        assertEquals(1, watch.statements());
    }

    @Test
    void aVoteThatLeavesBeforeItsRecordIsOnTheDisk() {
        SignatureWatch watch = new SignatureWatch();
        SignatureWatch.Life life = watch.life(TestWorlds.four().consensus("alice"));
        Bytes signature = life.sign(Vote.signBytes("simulation", VotePhase.PREVOTE, 3, 1, V));
        life.sent(Bytes.fromHex("0102"));
        assertRefused("leaves before its record", () -> life.sent(signature));
        life.durable(new Batch().put(Store.Space.META, Bytes.EMPTY, signature));
        assertRefused("leaves before its record", () -> life.sent(signature));
        life.durable(new Batch().put(Store.Space.SIGNING, Bytes.EMPTY, signature));
        life.sent(signature);
    }

    @Test
    void aPowerCutLosesTheCommitUnderWayOrKeepsAllOfIt() {
        SimDisk disk = new SimDisk(TestWorlds.store());
        Bytes key = Bytes.fromHex("01");
        Store store = disk.mount(batch -> {}, batch -> true);
        disk.cutPowerAtNextCommit(false);
        assertThrows(PowerCut.class, () -> store.commit(new Batch().put(Store.Space.META, key, key)));
        assertEquals(Optional.empty(), disk.contents().get(Store.Space.META, key));
        Store again = disk.mount(batch -> {}, batch -> true);
        assertRefused("has crashed uses its disk", () -> store.get(Store.Space.META, key));
        disk.cutPowerAtNextCommit(true);
        assertThrows(PowerCut.class, () -> again.commit(new Batch().put(Store.Space.META, key, key)));
        assertEquals(Optional.of(key), disk.contents().get(Store.Space.META, key));
    }

    @Test
    void aFailureNamesItsSeed() {
        assertRefused(
                "seed 77 (replay with -Dsim.seed=77)",
                () -> Chaos.run(seed -> TestWorlds.four(), () -> new FailingStore(TestWorlds.store()), 77, 5_000));
    }

    private static void record(SignatureWatch watch, Signer signer, Bytes message) {
        SignatureWatch.Life life = watch.life(signer);
        life.durable(new Batch().put(Store.Space.SIGNING, Bytes.EMPTY, life.sign(message)));
    }

    /** Full after a few commits. */
    private static final class FailingStore implements Store {
        private final Store store;
        private int commits;

        FailingStore(Store store) {
            this.store = store;
        }

        @Override
        public Optional<Bytes> get(Space space, Bytes key) {
            return store.get(space, key);
        }

        @Override
        public void scan(Space space, Bytes prefix, Visitor visitor) {
            store.scan(space, prefix, visitor);
        }

        @Override
        public void commit(Batch batch) {
            if (++commits > 5) {
                throw new IllegalStateException("no space left on device");
            }
            store.commit(batch);
        }

        @Override
        public void close() {
            store.close();
        }
    }
}
