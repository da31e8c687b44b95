package org.hauptbuch.node.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hauptbuch.api.chain.ChainParameters;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.chain.Offence;
import org.hauptbuch.api.chain.PoSConsensusConfig;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.node.AccountProof;
import org.hauptbuch.api.node.FinalBlock;
import org.hauptbuch.api.node.TransactionView;
import org.hauptbuch.api.rule.ChainView;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.slashing.BlockFacts;
import org.hauptbuch.api.slashing.Observation;
import org.hauptbuch.api.slashing.SlashingRule;
import org.hauptbuch.api.store.StoreFactory;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.Rate;
import org.hauptbuch.api.vdf.DelayFunction;
import org.hauptbuch.ledger.Genesis;
import org.hauptbuch.ledger.LedgerView;
import org.hauptbuch.node.core.TestChain;
import org.hauptbuch.node.core.TestRules;
import org.hauptbuch.node.genesis.GenesisFile;
import org.hauptbuch.node.keys.TestKeys;
import org.hauptbuch.rules.RuleCatalogue;
import org.hauptbuch.slashing.downtime.DowntimeSlashingFactory;
import org.hauptbuch.store.memory.MemoryStoreFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Four nodes with real threads, and links in memory. */
final class LocalNodeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path home;

    private final MemoryLinks links = new MemoryLinks();
    private final StoreFactory stores = new MemoryStoreFactory();
    private final Map<String, LocalNode> nodes = new HashMap<>();

    @BeforeEach
    void aHomeWithKeysAndGenesis() throws Exception {
        Genesis slow = TestChain.genesis();
        ChainParameters parameters =
                slow.parameters().with(new PoSConsensusConfig(1_000_000, 100, 100, 5, new Rate(50_000), false, true));
        Genesis genesis = new Genesis(
                slow.chainId(),
                System.currentTimeMillis(),
                parameters,
                slow.balances(),
                slow.validators(),
                slow.rules(),
                slow.seed());
        Files.writeString(home.resolve("genesis.json"), GenesisFile.format(genesis));
        for (String name : TestChain.NAMES) {
            TestKeys.writeConsensus(home, name);
        }
    }

    @AfterEach
    void closeAll() {
        nodes.values().forEach(LocalNode::close);
    }

    private static Map<String, Object> settings(String name) {
        List<String> trusted = new ArrayList<>();
        for (String other : TestChain.NAMES) {
            if (!other.equals(name)) {
                trusted.add(other + "=" + TestChain.consensus(other).publicKey());
            }
        }
        return new HashMap<>(Map.of(
                "name",
                name,
                "key",
                "keys/" + name + ".key",
                "bindPort",
                27_001 + TestChain.NAMES.indexOf(name),
                "trusted",
                String.join(",", trusted)));
    }

    private LocalNode open(Map<String, Object> settings) {
        return open(settings, TestRules.catalogue());
    }

    private LocalNode open(Map<String, Object> settings, RuleCatalogue catalogue) {
        LocalNode node = new NodeOpening(
                        TestChain.SCHEME,
                        TestKeys.CIPHER,
                        DelayFunction.NONE,
                        stores,
                        links,
                        catalogue,
                        Optional.empty())
                .open(NodeConfig.of(NodeConfigTest.settings(settings), home), block -> {});
        nodes.put(node.name(), node);
        return node;
    }

    private void openAll() throws InterruptedException {
        TestChain.NAMES.forEach(name -> open(settings(name)));
        for (LocalNode node : nodes.values()) {
            assertTrue(node.awaitFinal(1, PATIENCE), () -> String.valueOf(node.status()));
        }
    }

    @Test
    void aTransactionIsSubmittedAndBecomesFinalOnAllFour() throws Exception {
        openAll();
        BlockingQueue<FinalBlock> heard = new LinkedBlockingQueue<>();
        AutoCloseable subscription = nodes.get("carol").onFinal(heard::add);
        Transaction transfer = TestChain.transfer("faucet", "bob", 5, 0);
        Hash id = nodes.get("alice").submit(transfer);
        assertEquals(transfer.id(), id);
        assertEquals(1, nodes.get("alice").account(TestChain.address("faucet")).pendingNonce());
        FinalBlock with = heard.poll(20, TimeUnit.SECONDS);
        while (with.receipts().isEmpty()) {
            FinalBlock next = heard.poll(20, TimeUnit.SECONDS);
            assertEquals(with.block().height() + 1, next.block().height());
            with = next;
        }
        long height = with.block().height();
        for (LocalNode node : nodes.values()) {
            assertTrue(node.awaitFinal(height, PATIENCE));
            TransactionView view = node.transaction(id);
            assertEquals(TransactionView.State.FINAL, view.state());
            assertEquals(Optional.of(transfer), view.transaction());
            assertTrue(view.receipt().orElseThrow().succeeded());
            assertEquals(with.block(), node.block(height).orElseThrow());
            assertEquals(Optional.of(height), node.heightOf(with.block().hash()));
            assertEquals(1_000_000_005L, node.account(TestChain.address("bob")).balance());
        }
        subscription.close();
        assertEquals(List.of(), nodes.get("bob").brokenInvariants());
    }

    /** A node of four whose condition turns in a circle while {@code circling}. */
    private LocalNode openCircling(AtomicBoolean circling) throws InterruptedException {
        List.of("bob", "carol", "dave").forEach(name -> open(settings(name)));
        RuleCatalogue catalogue = TestRules.catalogue();
        catalogue.remove(catalogue.find("slashing.downtime", TestRules.VERSION).orElseThrow());
        catalogue.add(TestRules.entry(
                RuleKind.SLASHING, "slashing.downtime", parameters -> new Circling(parameters, circling)));
        Map<String, Object> settings = settings("alice");
        settings.put("ruleLimitMillis", 100L);
        LocalNode alice = open(settings, catalogue);
        assertTrue(alice.awaitFinal(2, PATIENCE), () -> String.valueOf(alice.status()));
        circling.set(true);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (alice.status().halt().isEmpty() && System.nanoTime() < end) {
            nodes.get("bob").awaitFinal(nodes.get("bob").status().finalizedHeight() + 1, PATIENCE);
        }
        return alice;
    }

    @Test
    void aRuleInAnEndlessLoopHaltsItsNodeWhichAnswersReadsAndGoesOnOnceItEnds() throws Exception {
        AtomicBoolean circling = new AtomicBoolean();
        try {
            LocalNode alice = openCircling(circling);
            String halt = alice.status().halt().orElse("");
            assertTrue(halt.startsWith("rule slashing.downtime 0.1.0 (SHA-256 "), halt);
            assertTrue(halt.contains("it took longer than 100 ms, was at "), halt);
            assertTrue(halt.contains("Circling.observe"), halt);
            assertEquals(4, alice.validators().size());
            assertTrue(alice.block(1).isPresent());
            assertFalse(alice.status().signing());
        } finally {
            circling.set(false);
        }
        long height = nodes.get("bob").status().finalizedHeight() + 3;
        for (LocalNode node : nodes.values()) {
            assertTrue(node.awaitFinal(height, PATIENCE), () -> String.valueOf(node.status()));
        }
        assertEquals(Optional.empty(), nodes.get("alice").status().halt());
    }

    @Test
    void aNodeWhoseRuleIsInAnEndlessLoopCanBeStopped() throws Exception {
        AtomicBoolean circling = new AtomicBoolean();
        try {
            LocalNode alice = openCircling(circling);
            long begin = System.nanoTime();
            alice.stop();
            assertTrue(System.nanoTime() - begin < 5_000_000_000L);
            assertFalse(alice.status().running());
            assertTrue(alice.block(1).isPresent());
        } finally {
            circling.set(false);
        }
    }

    /** The real condition, until it is told to turn in a circle. */
    private static final class Circling implements SlashingRule {
        private final SlashingRule real;
        private final AtomicBoolean circling;

        Circling(Parameters parameters, AtomicBoolean circling) {
            this.real = (SlashingRule) new DowntimeSlashingFactory().create(parameters);
            this.circling = circling;
        }

        @Override
        public Set<String> evidenceTypes() {
            return real.evidenceTypes();
        }

        @Override
        public Offence judge(ChainView view, Evidence evidence, SignatureScheme scheme) {
            return real.judge(view, evidence, scheme);
        }

        @Override
        public Observation observe(ChainView view, BlockFacts facts) {
            while (circling.get()) {
                Thread.onSpinWait();
            }
            return real.observe(view, facts);
        }
    }

    @Test
    void aReadThatNeedsARuleWhichIsGoneNamesItAndOthersGoOn() throws Exception {
        List.of("bob", "carol", "dave").forEach(name -> open(settings(name)));
        RuleCatalogue catalogue = TestRules.catalogue();
        LocalNode alice = open(settings("alice"), catalogue);
        assertTrue(alice.awaitFinal(1, PATIENCE), () -> String.valueOf(alice.status()));
        assertEquals(1, alice.delegationsTo(TestChain.address("bob")).size());
        catalogue.remove(catalogue.find("delegation.pooled", TestRules.VERSION).orElseThrow());
        for (Executable read : List.<Executable>of(
                () -> alice.delegationsTo(TestChain.address("bob")),
                () -> alice.delegations(TestChain.address("bob")),
                alice::brokenInvariants)) {
            PoSException refused = assertThrows(PoSException.class, read);
            assertTrue(
                    refused.getMessage()
                            .endsWith("this cannot be said without rule delegation.pooled 0.1.0 (SHA-256 "
                                    + TestRules.digest("delegation.pooled") + "), which is not available here"),
                    refused.getMessage());
        }
        assertEquals(1_000_000_000L, alice.account(TestChain.address("faucet")).balance());
        assertEquals(List.of(), alice.delegations(TestChain.address("faucet")));
        assertEquals(4, alice.validators().size());
    }

    @Test
    void aReadWhoseRuleThrowsSaysSoInOneLine() throws Exception {
        List.of("bob", "carol", "dave").forEach(name -> open(settings(name)));
        RuleCatalogue catalogue = TestRules.catalogue();
        LocalNode alice = open(settings("alice"), catalogue);
        assertTrue(alice.awaitFinal(1, PATIENCE), () -> String.valueOf(alice.status()));
        alice.stop();
        catalogue.remove(catalogue.find("delegation.pooled", TestRules.VERSION).orElseThrow());
        catalogue.add(TestRules.entry(RuleKind.DELEGATION, "delegation.pooled", parameters -> {
            throw new NoClassDefFoundError("org/example/Gone");
        }));
        PoSException refused = assertThrows(PoSException.class, () -> alice.delegationsTo(TestChain.address("bob")));
        assertTrue(refused.getMessage().contains("delegation.pooled"), refused.getMessage());
        assertEquals(1, refused.getMessage().lines().count());
    }

    @Test
    void everyReadAnswers() throws Exception {
        openAll();
        LocalNode alice = nodes.get("alice");
        assertEquals(4, alice.validators().size());
        assertEquals(4, alice.validatorSet().size());
        assertEquals(Optional.of(TestChain.consensus("alice").publicKey()), alice.consensusKey());
        for (String name : List.of("faucet", "nobody")) {
            AccountProof proven = alice.accountProof(TestChain.address(name));
            assertTrue(proven.proof().verify(proven.stateRoot()));
            assertEquals(name.equals("faucet"), proven.proof().present());
            assertEquals(
                    LedgerView.accountKey(TestChain.address(name)),
                    proven.proof().key());
            assertEquals(
                    proven.stateRoot(),
                    alice.block(proven.height()).orElseThrow().header().stateRoot());
        }
        assertEquals(1, alice.delegations(TestChain.address("alice")).size());
        assertEquals(
                10_000_000L,
                alice.delegationsTo(TestChain.address("bob")).get(0).tokens());
        assertEquals(List.of(), alice.unbondings(TestChain.address("alice")));
        assertTrue(alice.commissionOwed(TestChain.address("alice")) >= 0);
        assertEquals(TestRules.defaultSet(), alice.activeRules());
        assertEquals(Optional.empty(), alice.nextRules());
        assertEquals(
                Optional.of(TestRules.defaultSet()),
                alice.ruleSet(TestRules.defaultSet().id()));
        assertEquals(Optional.empty(), alice.ruleSet(Hash.ZERO));
        assertEquals(9, alice.namedJars().size());
        assertEquals(
                9,
                alice.availableRules().stream()
                        .filter(r -> r.active() && r.next())
                        .count());
        assertEquals(TransactionView.State.UNKNOWN, alice.transaction(Hash.ZERO).state());
        assertTrue(alice.certificate(1).isPresent());
        assertTrue(alice.block(0).isEmpty());
        assertTrue(alice.block(1_000_000).isEmpty());
        assertTrue(alice.cpuNanos().keySet().containsAll(List.of("loop", "verify", "net")));
        assertTrue(alice.metrics().get("blocksFinal") >= 1);
        assertEquals(3, alice.status().peers().size());
        assertTrue(alice.status().signing());
    }

    @Test
    void aStoppedNodeAnswersReadsAndGoesOnWhenItIsStarted() throws Exception {
        openAll();
        LocalNode dave = nodes.get("dave");
        long begin = System.nanoTime();
        dave.stop();
        assertTrue(System.nanoTime() - begin < 2_000_000_000L, "takes too long to stop");
        dave.stop();
        assertFalse(dave.status().running());
        assertEquals("stopped", dave.status().step());
        long height = dave.status().finalizedHeight();
        assertTrue(height >= 1);
        assertEquals(4, dave.validators().size());
        assertEquals(1, dave.delegations(TestChain.address("alice")).size());
        PoSException refused =
                assertThrows(PoSException.class, () -> dave.submit(TestChain.transfer("faucet", "bob", 5, 0)));
        assertTrue(refused.getMessage().contains("dave is stopped"), refused.getMessage());
        assertTrue(nodes.get("alice").awaitFinal(height + 3, PATIENCE));
        assertFalse(dave.awaitFinal(height + 1, Duration.ofMillis(1)));
        dave.start();
        dave.start();
        assertTrue(dave.awaitFinal(height + 3, PATIENCE), () -> String.valueOf(dave.status()));
    }

    @Test
    void aRefusedTransactionIsThrownToWhoSubmitsIt() throws Exception {
        openAll();
        Transaction forged = TestChain.transfer("faucet", "bob", 5, 0)
                .signed(TestChain.transfer("faucet", "bob", 6, 0).signature());
        PoSException refused =
                assertThrows(PoSException.class, () -> nodes.get("bob").submit(forged));
        assertEquals(PoSError.INVALID_TRANSACTION, refused.error());
    }

    private String refusal(Map<String, Object> settings) {
        return assertThrows(RuntimeException.class, () -> open(settings)).getMessage();
    }

    @Test
    void aPortInUseIsNamedAndLeavesNothingOpen() {
        open(settings("alice"));
        Map<String, Object> same = settings("bob");
        same.put("bindPort", 27_001);
        assertTrue(refusal(same).contains("127.0.0.1:27001"));
        open(settings("bob"));
    }

    @Test
    void aStoreInUseIsNamed() {
        open(settings("alice"));
        Map<String, Object> same = settings("bob");
        same.put("store", "store/alice");
        String message = refusal(same);
        assertTrue(message.contains("alice"), message);
    }

    @Test
    void aStoreOfAnotherChainIsRefused() throws Exception {
        open(settings("alice")).close();
        String other = Files.readString(home.resolve("genesis.json")).replace("devnet-test", "devnet-other");
        Files.writeString(home.resolve("genesis.json"), other);
        String message = refusal(settings("alice"));
        assertTrue(message.contains("genesis") && message.contains("the chain in the store"), message);
    }

    @Test
    void wrongFilesAreNamed() throws Exception {
        Map<String, Object> settings = settings("alice");
        settings.put("genesis", "none.json");
        assertTrue(refusal(settings).contains("none.json"));
        settings = settings("alice");
        settings.put("key", "keys/none.key");
        assertTrue(refusal(settings).contains("none.key"));
        settings = settings("alice");
        settings.put("passphraseFile", "other");
        assertTrue(refusal(settings).contains(home.resolve("other").toString()));
        Files.writeString(home.resolve("passphrase"), "another passphrase");
        String message = refusal(settings("alice"));
        assertTrue(message.contains("the key alice cannot be opened"), message);
        assertTrue(message.contains(home.resolve("passphrase").toString()), message);
    }

    @Test
    void signingRecordsGoToANodeWithAnEmptyStoreRunningOrNot() throws Exception {
        openAll();
        LocalNode alice = nodes.get("alice");
        assertTrue(alice.awaitFinal(2, PATIENCE));
        alice.stop();
        String records = alice.signingRecords();
        long last = alice.status().finalizedHeight();
        Map<String, Object> settings = settings("alice");
        settings.put("store", "store/new");
        LocalNode moved = open(settings);
        long from = moved.importSigningRecords(records).signsFrom();
        assertTrue(from > last, records);
        moved.stop();
        assertEquals(from, moved.importSigningRecords(records).signsFrom());
        assertThrows(IllegalArgumentException.class, () -> moved.importSigningRecords(records + "x"));
        PoSException refused =
                assertThrows(PoSException.class, () -> nodes.get("bob").importSigningRecords(records));
        assertTrue(refused.getMessage().contains("no record of this node's key"), refused.getMessage());
        moved.start();
        assertThrows(IllegalArgumentException.class, () -> moved.importSigningRecords("{}"));
        assertTrue(moved.awaitFinal(from + 2, PATIENCE), () -> String.valueOf(moved.status()));
        alice.close();
        nodes.put("alice", moved);
    }

    @Test
    void aFollowerNeedsNoKey() throws Exception {
        openAll();
        Map<String, Object> settings = settings("alice");
        settings.put("name", "erin");
        settings.put("key", "");
        settings.put("bindPort", 27_050);
        LocalNode erin = open(settings);
        assertTrue(erin.status().validator().isEmpty());
        assertEquals(
                PoSError.INVALID_VALIDATOR_STATUS,
                assertThrows(PoSException.class, erin::signingRecords).error());
        assertFalse(erin.status().signing());
    }

    @Test
    void listenersThatFailOrAreSlowHurtNobody() throws Exception {
        openAll();
        LocalNode alice = nodes.get("alice");
        alice.onFinal(block -> {
            throw new IllegalStateException("broken listener");
        });
        List<Long> heights = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch enough = new CountDownLatch(15);
        try (AutoCloseable slow = alice.onFinal(block -> {
            try {
                go.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            heights.add(block.block().height());
            enough.countDown();
        })) {
            assertTrue(alice.awaitFinal(alice.status().finalizedHeight() + 12, PATIENCE), String.valueOf(slow));
            go.countDown();
            assertTrue(enough.await(20, TimeUnit.SECONDS));
        }
        for (int i = 1; i < heights.size(); i++) {
            assertEquals(heights.get(i - 1) + 1, heights.get(i));
        }
    }
}
