package org.hauptbuch.shell.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.hauptbuch.api.chain.Delegation;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.chain.Offence;
import org.hauptbuch.api.chain.SlashingEvent;
import org.hauptbuch.api.chain.Unbonding;
import org.hauptbuch.api.node.AvailableRule;
import org.hauptbuch.api.node.DelegationView;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.rule.RuleChange;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.rule.RuleRef;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Rate;
import org.hauptbuch.shell.FakeChain;
import org.hauptbuch.shell.FakeContainer;
import org.hauptbuch.shell.FakeNode;
import org.hauptbuch.shell.command.ShellHarness.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Command lines as they are typed, in Karaf's own shell, against toy nodes. */
class CommandsTest {
    private final FakeContainer home = new FakeContainer("alice", "bob");
    private final FakeChain chain = home.chain;
    private ShellHarness shell;

    @BeforeEach
    void start() throws Exception {
        shell = new ShellHarness(home);
        chain.seal();
        chain.seal();
    }

    @AfterEach
    void stop() {
        shell.close();
    }

    @Test
    void statusIsForPeopleAndForPrograms() {
        home.nodes.get(1).running = false;
        home.alsoConfigured.add("carol");
        JsonObject json = json("pos:status --json");
        assertEquals("test-1", json.get("chainId").getAsString());
        assertEquals(3, json.get("height").getAsLong());
        assertEquals(2, json.get("finalizedHeight").getAsLong());
        assertEquals(chain.blocks.get(1).hash().toString(), json.get("finalizedHash").getAsString());
        assertEquals(FakeChain.digest("state2").toString(), json.get("stateRoot").getAsString());
        assertEquals(0, json.get("epoch").getAsLong());
        assertEquals(chain.rules.id().toString(), json.get("ruleSetId").getAsString());
        JsonArray nodes = json.getAsJsonArray("nodes");
        assertEquals(List.of("alice", "bob", "carol"), texts(nodes, "name"));
        assertEquals(List.of("true", "false", "false"), texts(nodes, "running"));
        for (JsonElement node : nodes) {
            for (String field : List.of("name", "running", "height", "finalizedHash")) {
                assertTrue(node.getAsJsonObject().has(field), field);
            }
        }
        Answer text = shell.run("pos:status");
        assertContains(text.out(), "test-1", "final block", "alice", "not up", "development network");
        assertEquals(List.of("bob"), texts(json("pos:status --json --node bob").getAsJsonArray("nodes"), "name"));
    }

    @Test
    void statusSaysThatNodesDisagreeAndWhyOneDoesNotSign() {
        home.nodes.get(1).otherHash = Optional.of(FakeChain.digest("fork"));
        home.nodes.get(1).halt = Optional.of("rule selection.test 0.1.0 is missing");
        assertEquals(false, json("pos:status --json").get("agree").getAsBoolean());
        assertContains(
                shell.run("pos:status").out(), "THE NODES DISAGREE", "bob does not sign: rule selection.test 0.1.0");
    }

    @Test
    void aContainerWithoutNodesSaysSo() {
        home.nodes.clear();
        assertFails("pos:status", "no node is configured in this container");
        assertFails("pos:block-list", "no node is configured in this container");
    }

    @Test
    void errorsAreOneLineOnStandardErrorAndAnObjectForPrograms() {
        Answer text = shell.run("pos:block-show 99");
        assertEquals(1, text.exit());
        assertEquals("BLOCK is '99', must be a whole number from 1 to 2\n", text.err());
        assertEquals("", text.out().strip());
        Answer json = shell.run("pos:block-show --json 99");
        assertEquals(1, json.exit());
        assertEquals(
                "BLOCK is '99', must be a whole number from 1 to 2",
                json.json().get("error").getAsString());
        assertEquals(
                "CommandException",
                json.thrown().getClass().getSimpleName(),
                "Karaf logs every other one with its stack");
    }

    @Test
    void waits() {
        JsonObject json = json("pos:wait --final 2 --json");
        assertTrue(json.get("reached").getAsBoolean());
        assertEquals(2, json.get("finalizedHeight").getAsLong());
        assertContains(shell.run("pos:wait --ready").out(), "block 2 is final on all of alice, bob");
        assertContains(shell.run("pos:wait --height 3").out(), "Reached");
        assertFails("pos:wait", "one of --final HEIGHT, --height HEIGHT and --ready must be given");
        assertFails("pos:wait --final 1 --ready", "one of --final HEIGHT, --height HEIGHT and --ready must be given");
        assertFails("pos:wait --final x", "--final is 'x', must be a whole number from 0 to 9223372036854775807");
        assertFails("pos:wait --final 2 --timeout 0", "--timeout is '0', must be a whole number from 1 to 86400");
    }

    @Test
    void showsTheEpoch() {
        chain.nextRules = Optional.of(chain.rules.apply(new RuleChange(
                RuleChange.Operation.ADOPT, FakeChain.ref(RuleKind.SELECTION, "selection.next", "0.1.0", Parameters.NONE))));
        JsonObject json = json("pos:epoch-show --json");
        assertEquals(1, json.get("firstHeight").getAsLong());
        assertEquals(10, json.get("lastHeight").getAsLong());
        assertEquals(8, json.get("blocksLeft").getAsLong());
        assertEquals(8_000_000, json.get("totalPower").getAsLong());
        assertEquals(4, json.getAsJsonArray("validators").size());
        assertEquals(
                chain.nextRules.get().id().toString(), json.get("nextRuleSetId").getAsString());
        assertContains(shell.run("pos:epoch-show").out(), "1 to 10", "about 8 s", "25.0%", "from block 11");
    }

    @Test
    void listsAndShowsBlocks() {
        JsonArray blocks = json("pos:block-list --json").getAsJsonArray("blocks");
        assertEquals(List.of("2", "1"), texts(blocks, "height"));
        assertEquals(List.of("1"), texts(json("pos:block-list --json --from 1").getAsJsonArray("blocks"), "height"));
        assertEquals(List.of("2"), texts(json("pos:block-list --json --count 1").getAsJsonArray("blocks"), "height"));
        assertFails("pos:block-list --count 0", "--count is '0', must be a whole number from 1 to 1000");
        assertFails("pos:block-list --from 3", "--from is '3', must be a whole number from 0 to 2");

        shell.run("pos:tx-send --from alice --to bob 5");
        String hash = chain.blocks.get(2).hash().toString();
        for (String block : List.of("3", hash, "")) {
            JsonObject json = json("pos:block-show --json " + block);
            assertEquals(hash, json.get("hash").getAsString());
            assertEquals(List.of("transfer"), texts(json.getAsJsonArray("transactions"), "type"));
            assertEquals(4, json.getAsJsonObject("certificate").getAsJsonArray("signers").size());
        }
        assertContains(shell.run("pos:block-show 3").out(), hash, "transfer", "alice", "4 votes of round 0");
        assertFails("pos:block-show " + "ab".repeat(32), "BLOCK is '" + "ab".repeat(32) + "', must be the hash of a final block");
        assertFails("pos:block-show 0", "BLOCK is '0', must be a whole number from 1 to 3");
    }

    @Test
    void sendsUnitsAndWaitsUntilTheyAreThere() {
        JsonObject json = json("pos:tx-send --json --from alice --to bob 1_000");
        assertEquals("final", json.get("state").getAsString());
        assertTrue(json.get("succeeded").getAsBoolean());
        assertEquals(3, json.get("height").getAsLong());
        assertEquals(10_001_000, chain.balances.get(home.address("bob")));
        assertEquals(10_000_000 - 1_000 - 1, chain.balances.get(home.address("alice")));
        String id = json.get("id").getAsString();

        JsonObject shown = json("pos:tx-show --json " + id);
        assertEquals("final", shown.get("state").getAsString());
        assertEquals(1000, shown.getAsJsonObject("transaction").getAsJsonObject("payload").get("amount").getAsLong());
        assertContains(shell.run("pos:tx-show " + id).out(), "succeeded in block 3", "transfer", "alice", "1000");
        assertEquals("unknown", json("pos:tx-show --json " + "ab".repeat(32)).get("state").getAsString());
        assertFails("pos:tx-show abc", "ID is 'abc', must be 64 hexadecimal digits");

        String to = "cd".repeat(20);
        Answer text = shell.run("pos:tx-send --from alice --to " + to + " --fee 7 5");
        assertContains(text.out(), "succeeded in block 4", "fee 7");
    }

    @Test
    void doesNotWaitWhereItIsNotTo() {
        chain.immediate = false;
        JsonObject json = json("pos:tx-send --json --no-wait --from alice --to bob 5");
        assertEquals("pending", json.get("state").getAsString());
        assertTrue(json.get("height").isJsonNull());
        assertEquals("pending", json("pos:tx-show --json " + json.get("id").getAsString()).get("state").getAsString());
        assertFails(
                "pos:tx-send --wait --no-wait --from alice --to bob 5", "--wait and --no-wait exclude each other");
    }

    @Test
    void aFailedTransactionIsShownAndFailsTheCommand() {
        chain.failing = Optional.of("Staking failed: unbonding 5 of 3");
        Answer answer = shell.run("pos:unstake --json --from alice 5");
        assertEquals(1, answer.exit());
        assertFalse(answer.json().get("succeeded").getAsBoolean());
        assertEquals("STAKING_FAILED", answer.json().get("error").getAsString());
        assertEquals("Staking failed: unbonding 5 of 3", answer.json().get("detail").getAsString());
        assertContains(answer.err(), "failed: Staking failed: unbonding 5 of 3");
    }

    @Test
    void everyWrongArgumentOfATransferIsNamed() {
        assertFails("pos:tx-send --to bob 5", "--from is missing: the key that signs and pays");
        assertFails("pos:tx-send --from alice 5", "--to is missing: a key of this home or an address");
        assertFails("pos:tx-send --from zoe --to bob 5", "--from is 'zoe', must be a key of this home: ");
        assertFails("pos:tx-send --from alice --to zoe 5", "--to is 'zoe', must be a key of this home");
        assertFails("pos:tx-send --from alice --to bob 0", "AMOUNT is '0', must be a whole number from 1 to ");
        assertFails("pos:tx-send --from alice --to bob 5x", "AMOUNT is '5x', must be a whole number from 1 to ");
        assertFails("pos:tx-send --from alice --to bob --fee x 5", "--fee is 'x', must be a whole number from 0 to ");
        assertFails(
                "pos:tx-send --from alice --to bob --expiry 0 5",
                "--expiry is '0', must be a whole number from 1 to 10000");
        assertFails(
                "pos:tx-send --from alice --to bob --timeout 0 5",
                "--timeout is '0', must be a whole number from 1 to 86400");
        assertFails("pos:tx-send --node zoe --from alice --to bob 5", "--node is 'zoe', must be one of alice, bob");
        assertFails(
                "pos:tx-send --from alice --to bob --fee 99_999_999 5",
                "Invalid transaction: balance is 10000000, must be at least 99999999");
        assertEquals(2, chain.height(), "nothing was sent");
        assertEquals(1, shell.run("pos:tx-send --from alice --to bob").exit(), "no amount");
        assertEquals(1, shell.run("pos:tx-send --frm alice --to bob 5").exit(), "an option that there is not");
        home.nodes.forEach(node -> node.running = false);
        assertFails("pos:tx-send --from alice --to bob 5", "all nodes of this container are stopped");
    }

    @Test
    void showsAccountsAndKeys() {
        chain.delegations.add(delegation("alice", "bob", 500, 7));
        chain.unbondings.add(unbonding("alice", "bob", 30));
        JsonObject json = json("pos:account-show --json alice");
        assertEquals(home.address("alice").toString(), json.get("address").getAsString());
        assertEquals(10_000_000, json.get("balance").getAsLong());
        assertEquals(500, json.get("staked").getAsLong());
        assertEquals(30, json.get("unbonding").getAsLong());
        assertEquals(7, json.get("rewards").getAsLong());
        assertContains(shell.run("pos:account-show " + home.address("alice")).out(), "balance", "10000000");
        assertFails("pos:account-show zoe", "ACCOUNT is 'zoe', must be a key of this home");

        JsonObject created = json("pos:key-create --json erin");
        assertEquals(home.address("erin").toString(), created.get("address").getAsString());
        assertFails("pos:key-create erin", "key name: 'erin' is taken");
        assertFails("pos:key-create ERIN", "key name: 'ERIN', must be 1 to 64 of a-z 0-9 _ . -");
        assertEquals(
                List.of("alice", "bob", "carol", "dave", "erin", "faucet"),
                texts(json("pos:key-list --json").getAsJsonArray("keys"), "name"));
        assertContains(shell.run("pos:key-list").out(), "*** DEVELOPMENT KEYS", "erin", "development");
        home.keys.development = false;
        assertFalse(shell.run("pos:key-list").out().contains("DEVELOPMENT"));
    }

    @Test
    void showsValidators() {
        chain.delegations.add(delegation("faucet", "bob", 500, 7));
        chain.commission.put(home.address("bob"), 11L);
        assertEquals(4, json("pos:validator-list --json").getAsJsonArray("validators").size());
        assertContains(shell.run("pos:validator-list").out(), "bob", "active", "2000000", "25.0%", "10%");
        for (String name : List.of("bob", home.address("bob").toString())) {
            JsonObject json = json("pos:validator-show --json " + name);
            assertEquals("bob", json.get("id").getAsString());
            assertEquals("active", json.get("status").getAsString());
            assertEquals(11, json.get("commissionOwed").getAsLong());
            assertEquals(1, json.getAsJsonArray("delegations").size());
        }
        assertContains(shell.run("pos:validator-show bob").out(), "consensus key", "faucet", "500");
        assertFails("pos:validator-show zoe", "VALIDATOR is 'zoe', must be the id or address of a validator");
    }

    @Test
    void registersAValidatorWithAProofOfItsKey() {
        shell.run("pos:key-create erin");
        chain.balances.put(home.address("erin"), 5_000_000L);
        json("pos:validator-register --json --from erin --commission 7% 2_000_000");
        Payload.RegisterValidator payload = (Payload.RegisterValidator) lastPayload();
        assertEquals("erin", payload.id());
        assertEquals(new Rate(70_000), payload.commission());
        assertEquals(new Rate(200_000), payload.maxCommission());
        assertEquals(2_000_000, payload.stake());
        Bytes possession = Transaction.possessionBytes("test-1", home.address("erin"), payload.consensusKey());
        assertTrue(home.scheme.verify(payload.consensusKey(), possession, payload.proof()));

        json("pos:validator-register --json --from erin --id other --consensus-key faucet 2_000_000");
        payload = (Payload.RegisterValidator) lastPayload();
        assertEquals("other", payload.id());
        assertEquals(home.keys.signer("faucet").orElseThrow().publicKey(), payload.consensusKey());
        assertTrue(home.scheme.verify(payload.consensusKey(), Transaction.possessionBytes("test-1", home.address("erin"), payload.consensusKey()), payload.proof()));

        assertFails("pos:validator-register --from erin --commission 200% 5", "--commission is '200%', must be 0% to 100%");
        assertFails("pos:validator-register --from erin --max-commission x 5", "--max-commission is 'x', must be 0%");
        assertFails("pos:validator-register --from erin --max-daily-change x 5", "--max-daily-change is 'x', must be 0%");
        assertFails("pos:validator-register --from erin --id E 5", "--id is 'E', must be 1 to 64 characters of a-z 0-9 _ . -");
        assertFails("pos:validator-register --from erin --consensus-key zoe 5", "--consensus-key is 'zoe', must be a key");
        assertFails("pos:validator-register --from erin -5", "");
    }

    @Test
    void editsAValidator() {
        json("pos:validator-edit --json --from bob --commission 0.11");
        assertEquals(new Payload.EditValidator(new Rate(110_000)), lastPayload());
        json("pos:validator-edit --json --from bob --consensus-key faucet");
        Payload.RotateKey rotate = (Payload.RotateKey) lastPayload();
        Bytes possession = Transaction.possessionBytes("test-1", home.address("bob"), rotate.consensusKey());
        assertTrue(home.scheme.verify(rotate.consensusKey(), possession, rotate.proof()));
        assertFails("pos:validator-edit --from bob", "one of --commission RATE and --consensus-key KEY must be given");
    }

    @Test
    void movesStake() {
        json("pos:stake --json --from alice 5");
        assertEquals(new Payload.Stake(5), lastPayload());
        json("pos:unstake --json --from alice 6");
        assertEquals(new Payload.Unstake(6), lastPayload());
        json("pos:delegate --json --from faucet bob 7");
        assertEquals(new Payload.Delegate(home.address("bob"), 7), lastPayload());
        json("pos:undelegate --json --from faucet " + home.address("bob") + " 8");
        assertEquals(new Payload.Undelegate(home.address("bob"), 8), lastPayload());
        json("pos:redelegate --json --from faucet bob carol 9");
        assertEquals(new Payload.Redelegate(home.address("bob"), home.address("carol"), 9), lastPayload());
        json("pos:unjail --json --from alice");
        assertEquals(new Payload.Unjail(), lastPayload());
        assertFails("pos:delegate --from faucet zoe 7", "VALIDATOR is 'zoe', must be the id or address of a validator");
        assertFails("pos:delegate --from faucet bob x", "AMOUNT is 'x', must be a whole number from 1 to ");
        assertFails("pos:undelegate --from faucet zoe 7", "VALIDATOR is 'zoe'");
        assertFails("pos:redelegate --from faucet zoe bob 7", "SOURCE is 'zoe'");
        assertFails("pos:redelegate --from faucet bob zoe 7", "DESTINATION is 'zoe'");
        assertFails("pos:stake --from alice 0", "AMOUNT is '0'");
        assertFails("pos:unstake --from alice 0", "AMOUNT is '0'");
    }

    @Test
    void showsDelegationsAndRewards() {
        chain.delegations.add(delegation("faucet", "bob", 500, 7));
        chain.delegations.add(delegation("bob", "bob", 900, 9));
        chain.unbondings.add(unbonding("faucet", "carol", 30));
        chain.commission.put(home.address("bob"), 11L);
        JsonObject json = json("pos:delegation-list --json faucet");
        assertEquals(List.of("500"), texts(json.getAsJsonArray("delegations"), "stake"));
        assertEquals(List.of("30"), texts(json.getAsJsonArray("unbondings"), "amount"));
        assertEquals(
                List.of("500", "900"),
                texts(json("pos:delegation-list --json --validator bob").getAsJsonArray("delegations"), "stake"));
        assertContains(shell.run("pos:delegation-list faucet").out(), "bob", "500", "carol", "30");
        assertFails("pos:delegation-list", "one of ACCOUNT and --validator must be given");

        JsonObject rewards = json("pos:rewards-show --json bob");
        assertEquals(20, rewards.get("total").getAsLong());
        assertEquals(11, rewards.get("commission").getAsLong());
        assertEquals(0, json("pos:rewards-show --json faucet").get("commission").getAsLong());
        assertContains(shell.run("pos:rewards-show bob").out(), "commission", "11", "total", "20");
    }

    @Test
    void withdrawsFromOneOrFromAllThatOwe() {
        assertFails("pos:rewards-withdraw --from faucet", "nothing is owed to faucet");
        chain.delegations.add(delegation("faucet", "bob", 500, 7));
        chain.delegations.add(delegation("faucet", "carol", 500, 0));
        chain.delegations.add(delegation("faucet", "dave", 500, 8));
        JsonObject json = json("pos:rewards-withdraw --json --from faucet");
        assertEquals(2, json.getAsJsonArray("transactions").size());
        assertEquals(new Payload.WithdrawRewards(home.address("dave")), lastPayload());
        json("pos:rewards-withdraw --json --from faucet bob");
        assertEquals(new Payload.WithdrawRewards(home.address("bob")), lastPayload());
        chain.delegations.add(delegation("alice", "alice", 500, 0));
        chain.commission.put(home.address("alice"), 3L);
        json("pos:rewards-withdraw --json --from alice");
        assertEquals(new Payload.WithdrawRewards(home.address("alice")), lastPayload());
    }

    @Test
    void listsAndSubmitsEvidence(@TempDir Path folder) throws Exception {
        Evidence evidence = new Evidence("equivocation.vote", home.address("bob"), 2, Bytes.fromHex("c0ffee"));
        chain.evidence.add(evidence);
        JsonObject json = json("pos:evidence-list --json");
        JsonObject first = json.getAsJsonArray("evidence").get(0).getAsJsonObject();
        assertEquals(evidence.id().toString(), first.get("id").getAsString());
        String encoded = first.get("encoded").getAsString();
        json("pos:evidence-submit --json --from alice " + encoded);
        assertEquals(new Payload.SubmitEvidence(evidence), lastPayload());
        Path file = Files.writeString(folder.resolve("evidence.hex"), encoded + "\n");
        json("pos:evidence-submit --json --from carol --file '" + file + "'");
        assertEquals(new Payload.SubmitEvidence(evidence), lastPayload());
        assertContains(shell.run("pos:evidence-list").out(), "equivocation.vote", "bob");
        assertFails("pos:evidence-submit --from alice", "one of EVIDENCE and --file PATH must be given");
        assertFails("pos:evidence-submit --from alice xyz", "EVIDENCE is 'xyz', must be an even number of hexadecimal digits");
        assertFails("pos:evidence-submit --from alice 00", "Slashing detection failed: evidence.type");
        assertFails("pos:evidence-submit --from alice --file '" + folder.resolve("absent") + "'", "--file ");
    }

    @Test
    void listsPenalties() {
        chain.slashings.add(new SlashingEvent(
                new Offence(
                        "slashing.test",
                        "two precommits at height 7 round 0",
                        home.address("bob"),
                        7,
                        Offence.Gravity.ATTACK,
                        Optional.of(FakeChain.digest("evidence")),
                        Optional.of(home.address("alice"))),
                9,
                FakeChain.TIME,
                new Rate(50_000),
                95_000,
                5_000,
                true,
                0));
        JsonObject json = json("pos:slashing-list --json").getAsJsonArray("slashings").get(0).getAsJsonObject();
        assertEquals("5%", json.get("rate").getAsString());
        assertEquals("attack", json.get("gravity").getAsString());
        assertTrue(json.get("banned").getAsBoolean());
        assertContains(shell.run("pos:slashing-list").out(), "bob", "two precommits", "5%", "banned");
    }

    @Test
    void showsRules() {
        JsonObject json = json("pos:rules-show --json");
        assertEquals(chain.rules.id().toString(), json.get("ruleSetId").getAsString());
        assertEquals(7, json.getAsJsonArray("rules").size());
        assertTrue(json.get("next").isJsonNull());
        offer("slashing.late", false);
        JsonArray rules = json("pos:rules-list --json").getAsJsonArray("rules");
        assertEquals(8, rules.size());
        assertTrue(texts(rules, "digest").contains(FakeChain.digest("slashing.late0.1.0").toString()));
        assertContains(shell.run("pos:rules-list").out(), "slashing.late", "0.1.0", "now", "rules/late.jar");
        assertContains(shell.run("pos:rules-show").out(), "selection.test", "slashing.test");
    }

    @Test
    void adoptsARuleWithTheAuthoritysKey() {
        offer("slashing.late", false);
        JsonObject json = json("pos:rules-adopt --json --param window=5 --param limit=2 slashing.late 0.1.0");
        Payload.AdoptRule payload = (Payload.AdoptRule) lastPayload();
        assertEquals(RuleChange.Operation.ADOPT, payload.change().operation());
        assertEquals(
                Parameters.of(Map.of("window", "5", "limit", "2")),
                payload.change().rule().parameters());
        Transaction sent = chain.blocks.get((int) chain.height() - 1).transactions().get(0);
        assertEquals(home.address("alice"), sent.from());
        assertEquals(1, json.get("fromEpoch").getAsLong());
        assertEquals(11, json.get("fromHeight").getAsLong());
        assertContains(
                shell.run("pos:rules-adopt --from bob slashing.late 0.1.0").out(), "from block 11 on");

        json("pos:rules-remove --json slashing.test");
        payload = (Payload.AdoptRule) lastPayload();
        assertEquals(RuleChange.Operation.REMOVE, payload.change().operation());

        assertFails("pos:rules-adopt slashing.none 0.1.0", "ID is 'slashing.none', must be a rule that alice has");
        assertFails("pos:rules-adopt slashing.late 0.2.0", "VERSION is '0.2.0', must be a version of slashing.late");
        assertFails("pos:rules-adopt --param x slashing.late 0.1.0", "--param is 'x', must be NAME=VALUE");
        assertFails("pos:rules-remove selection.test", "ID is 'selection.test', must be a slashing condition");
        chain.ruleAuthority = Optional.empty();
        assertFails("pos:rules-adopt slashing.late 0.1.0", "this network has no rule authority");
        chain.ruleAuthority = Optional.of(org.hauptbuch.api.value.Address.fromHex("ab".repeat(20)));
        assertFails("pos:rules-adopt slashing.late 0.1.0", "the key of the rule authority (abab");
    }

    @Test
    void stopsAndStartsNodes() {
        assertFalse(json("pos:node-stop --json bob").get("running").getAsBoolean());
        assertFalse(home.nodes.get(1).running);
        assertEquals(List.of("true", "false"), texts(json("pos:node-list --json").getAsJsonArray("nodes"), "running"));
        assertTrue(json("pos:node-start --json bob").get("running").getAsBoolean());
        assertContains(shell.run("pos:node-list").out(), "alice", "bob");
        assertFails("pos:node-stop zoe", "NAME is 'zoe', must be one of alice, bob");
        assertFails("pos:node-start zoe", "NAME is 'zoe', must be one of alice, bob");
    }

    @Test
    void showsMetrics() {
        JsonObject nodes = json("pos:metrics --json").getAsJsonObject("nodes");
        assertEquals(2, nodes.getAsJsonObject("alice").get("blocksFinal").getAsLong());
        assertContains(shell.run("pos:metrics").out(), "metric", "alice", "bob", "bytesSent", "12");
        assertEquals(1, json("pos:metrics --json --node bob").getAsJsonObject("nodes").size());
    }

    @Test
    void equivocatesOnADevelopmentNetworkOnly() {
        json("pos:dev-equivocate --json bob");
        assertEquals(1, home.nodes.get(1).equivocations);
        assertFails("pos:dev-equivocate zoe", "NAME is 'zoe', must be one of alice, bob");
        home.keys.development = false;
        assertFails("pos:dev-equivocate bob", "this is not a development network");
        assertFails("pos:bench --seconds 1", "this is not a development network");
        assertEquals(1, home.nodes.get(1).equivocations);
    }

    @Test
    void checksInvariants() {
        assertTrue(json("pos:invariants-check --json").get("holds").getAsBoolean());
        home.nodes.get(1).broken.add("supply: 5, must be 6");
        Answer answer = shell.run("pos:invariants-check --json");
        assertEquals(1, answer.exit());
        assertFalse(answer.json().get("holds").getAsBoolean());
        assertContains(shell.run("pos:invariants-check").out(), "bob: supply: 5, must be 6");
    }

    @Test
    void benchRefusesWhatIsOutOfRange() {
        assertFails("pos:bench --seconds 0", "--seconds is '0', must be a whole number from 1 to 3600");
        assertFails("pos:bench --rate 0", "--rate is '0', must be a whole number from 1 to 1000000");
        home.nodes.forEach(node -> node.running = false);
        assertFails("pos:bench", "no node of this container runs");
    }

    @Test
    void everyCommandHasHelpAndReturnsNoNumber() {
        List<String> wanted = List.of(
                "status", "wait", "epoch-show", "block-list", "block-show", "tx-send", "tx-show", "account-show",
                "key-create", "key-list", "validator-list", "validator-show", "validator-register", "validator-edit",
                "stake", "unstake", "delegate", "undelegate", "redelegate", "delegation-list", "rewards-show",
                "rewards-withdraw", "unjail", "evidence-list", "evidence-submit", "slashing-list", "rules-show",
                "rules-list", "rules-adopt", "rules-remove", "node-list", "node-stop", "node-start", "metrics",
                "dev-equivocate", "invariants-check", "bench");
        assertEquals(new ArrayList<>(new TreeSet<>(wanted)), new ArrayList<>(shell.commands()));
        for (String name : wanted) {
            Answer help = shell.run("pos:" + name + " --help");
            assertContains(help.out(), "pos:" + name, "--json", "--node");
        }
    }

    @Test
    void optionsMayStandAnywhereAndPercentagesNeedNoQuotes() {
        for (String line : List.of(
                "pos:delegate --json --from faucet bob 7",
                "pos:delegate bob 7 --from faucet --json",
                "pos:delegate bob --from=faucet 7 --json",
                "pos:delegate bob --json --fee 3 7 --from 'faucet'")) {
            json(line);
            assertEquals(new Payload.Delegate(home.address("bob"), 7), lastPayload(), line);
        }
        for (String rate : List.of("7%", "'7%'", "0.07")) {
            json("pos:validator-edit --from bob --json --commission " + rate);
            assertEquals(new Payload.EditValidator(new Rate(70_000)), lastPayload(), rate);
        }
        json("pos:validator-edit --from bob --json --commission=8%");
        assertEquals(new Payload.EditValidator(new Rate(80_000)), lastPayload());
        assertContains(shell.run("pos:delegate bob 7 --help").out(), "DESCRIPTION");
        assertEquals(1, shell.run("pos:delegate bob 7 --from").exit(), "a value is missing");
        Answer two = shell.run("pos:account-show alice --json; pos:account-show bob --json");
        assertEquals(2, two.out().strip().lines().count(), two.out() + two.err());
    }

    @Test
    void theOptionsWithoutValueAreExactlyThoseOfTheCommands() throws Exception {
        Set<String> flags = new TreeSet<>(Set.of("--help"));
        for (Class<?> command : ShellHarness.services()) {
            for (Class<?> type = command; type != null; type = type.getSuperclass()) {
                for (Field field : type.getDeclaredFields()) {
                    Option option = field.getAnnotation(Option.class);
                    if (option != null && field.getType() == boolean.class) {
                        flags.add(option.name());
                    }
                }
            }
            if (PosCommand.class.isAssignableFrom(command)) {
                assertTrue(command.isAnnotationPresent(Parsing.class), command.getName());
            }
        }
        assertEquals(flags, new TreeSet<>(OptionsAnywhere.FLAGS));
    }

    @Test
    void readingChangesNothing() {
        for (String line : List.of("status", "epoch-show", "block-list", "block-show", "key-list", "validator-list",
                "evidence-list", "slashing-list", "rules-show", "rules-list", "node-list", "metrics", "invariants-check",
                "account-show alice", "rewards-show alice", "delegation-list alice", "validator-show alice")) {
            Answer answer = shell.run("pos:" + line + " --json");
            assertEquals(0, answer.exit(), line + ": " + answer.err());
            assertEquals("", answer.err(), line);
            assertEquals(1, answer.out().strip().lines().count(), line + " is one line of JSON");
            assertEquals(0, shell.run("pos:" + line).exit(), line);
        }
        assertEquals(2, chain.height());
    }

    private JsonObject json(String line) {
        Answer answer = shell.run(line);
        assertNull(answer.thrown(), () -> line + ": " + answer.err());
        assertEquals("", answer.err());
        return answer.json();
    }

    private void assertFails(String line, String message) {
        Answer answer = shell.run(line);
        assertEquals(1, answer.exit(), line + ": " + answer.out());
        assertTrue((answer.err() + answer.out()).contains(message), line + ": " + answer.err() + answer.out());
        if (!message.isEmpty()) {
            assertEquals(1, answer.err().lines().count(), "one line: " + answer.err());
        }
    }

    private static void assertContains(String text, String... parts) {
        for (String part : parts) {
            assertTrue(text.contains(part), part + " is not in:\n" + text);
        }
    }

    private static List<String> texts(JsonArray array, String field) {
        List<String> texts = new ArrayList<>();
        array.forEach(element -> texts.add(element.getAsJsonObject().get(field).getAsString()));
        return texts;
    }

    private Payload lastPayload() {
        List<Transaction> last = chain.blocks.get((int) chain.height() - 1).transactions();
        return last.get(last.size() - 1).payload();
    }

    private void offer(String id, boolean active) {
        for (FakeNode node : home.nodes) {
            node.rules.add(new AvailableRule(
                    RuleKind.SLASHING, id, "0.1.0", FakeChain.digest(id + "0.1.0"), active, active, "rules/late.jar"));
        }
    }

    private DelegationView delegation(String delegator, String validator, long tokens, long rewards) {
        return new DelegationView(
                new Delegation(home.address(delegator), home.address(validator), tokens), tokens, rewards);
    }

    private Unbonding unbonding(String delegator, String validator, long amount) {
        return new Unbonding(1, home.address(delegator), home.address(validator), amount, amount, 1, 14);
    }
}
