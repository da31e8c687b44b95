package org.hauptbuch.shell.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Optional;
import org.hauptbuch.api.block.Checkpoint;
import org.hauptbuch.api.node.BlockTiming;
import org.hauptbuch.api.node.CheckpointView;
import org.hauptbuch.api.node.Randomness;
import org.hauptbuch.api.proof.StateProof;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.rule.RuleChange;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.shell.Failure;
import org.hauptbuch.shell.FakeChain;
import org.hauptbuch.shell.FakeNode;
import org.hauptbuch.shell.FakePause;
import org.hauptbuch.shell.Nodes;
import org.hauptbuch.shell.command.ShellHarness.Answer;
import org.junit.jupiter.api.Test;

/** Status, waiting, nodes, metrics. */
class StatusCommandsTest extends CommandsFixture {
    @Test
    void statusIsForPeopleAndForPrograms() {
        home.nodes.get(1).running = false;
        home.alsoConfigured.add("carol");
        JsonObject json = json("pos:status --json");
        assertEquals("test-1", json.get("chainId").getAsString());
        assertEquals(3, json.get("height").getAsLong());
        assertEquals(2, json.get("finalizedHeight").getAsLong());
        assertEquals(
                chain.blocks.get(1).hash().toString(), json.get("finalizedHash").getAsString());
        assertEquals(
                FakeChain.digest("state2").toString(), json.get("stateRoot").getAsString());
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
    void statusShowsTheSeedAndTheDelay() {
        JsonObject none = json("pos:status --json");
        assertFalse(none.getAsJsonObject("vdf").has("state"));
        Hash seed = FakeChain.digest("seed");
        home.nodes.get(0).randomness = Optional.of(new Randomness(0, seed, false, Optional.empty()));
        home.nodes.get(1).randomness = Optional.of(
                new Randomness(3, seed, true, Optional.of(new Randomness.Delay(5_000, 1_024, 0, true, 2_150, false))));
        JsonObject json = json("pos:status --json");
        assertEquals(seed.toString(), json.get("seed").getAsString());
        assertTrue(json.get("seedStretched").getAsBoolean());
        assertEquals("evaluating 43 %", json.getAsJsonObject("vdf").get("state").getAsString());
        assertEquals(2_150, json.getAsJsonObject("vdf").get("done").getAsLong());
        assertContains(
                shell.run("pos:status").out(),
                seed + "  (stretched: no output came in time)",
                "evaluating 43 %  (5000 squarings, 1024 bits)");
        assertEquals("ready", new Randomness.Delay(10, 256, 0, true, 10, true).state());
        assertEquals("on chain at height 7", new Randomness.Delay(10, 256, 7, true, 10, true).state());
        assertEquals("waits for a validator's output", new Randomness.Delay(10, 256, 0, false, 0, false).state());
    }

    @Test
    void aContainerWithoutNodesSaysSo() {
        home.nodes.clear();
        assertFails("pos:status", "no node is configured in this container");
        assertFails("pos:block-list", "no node is configured in this container");
    }

    @Test
    void errorsAreOneLineAndAnObjectForPrograms() {
        Answer text = shell.run("pos:block-show 99");
        assertEquals(1, text.exit());
        assertEquals("BLOCK is '99', must be a whole number from 1 to 2\n", text.out());
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
    void addsANodeAndRemovesIt() {
        JsonObject added = json("pos:node-add erin --json");
        assertEquals("erin", added.get("name").getAsString());
        assertEquals(27_003, added.get("port").getAsInt());
        assertEquals(home.address("erin").toString(), added.get("address").getAsString());
        assertTrue(added.has("consensusKey"));
        assertEquals(
                List.of("alice", "bob", "erin"),
                texts(json("pos:node-list --json").getAsJsonArray("nodes"), "name"));
        assertFails("pos:node-add erin", "taken");
        Answer removed = shell.run("pos:node-remove erin");
        assertContains(removed.out(), "Node erin is removed", "keys and its store stay");
        assertEquals(List.of("alice", "bob"), texts(json("pos:node-list --json").getAsJsonArray("nodes"), "name"));
        assertContains(
                shell.run("pos:node-add frank").out(),
                "node",
                "frank-consensus",
                "pos:validator-register --from frank --consensus-key frank-consensus STAKE");
        home.adminUp = false;
        assertFails("pos:node-add grace", "the node bundle is not up");
        assertFails("pos:node-remove bob", "the node bundle is not up");
    }

    @Test
    void aNodeThatDoesNotComeUpIsWaitedForAndNoLonger() throws Exception {
        FakePause pause = new FakePause();
        Failure failure = assertThrows(Failure.class, () -> new Nodes(home).awaitUp("erin", true, pause));
        assertEquals("node erin is configured and not up after 30 s; the log says why", failure.getMessage());
        assertEquals(30_000, pause.millis());
        new Nodes(home).awaitUp("erin", true, new FakePause().during(() -> {
                    if (home.nodes.size() == 2) {
                        home.nodeAdmin().orElseThrow().add("erin");
                    }
                }));
        assertEquals(
                "node erin is still up after 30 s; the log says why",
                assertThrows(Failure.class, () -> new Nodes(home).awaitUp("erin", false, new FakePause()))
                        .getMessage());
    }

    @Test
    void waits() {
        JsonObject json = json("pos:wait --final 2 --json");
        assertTrue(json.get("reached").getAsBoolean());
        assertEquals(2, json.get("finalizedHeight").getAsLong());
        assertContains(shell.run("pos:wait --ready").out(), "block 2 is final on all of alice, bob");
        assertContains(shell.run("pos:wait --height 3").out(), "Reached");
        assertContains(shell.run("pos:wait --epoch 0").out(), "Reached");
        assertFails("pos:wait --epoch 1000 --timeout 1", "not reached in 1 s: epoch 1000 (alice has finalized block 2");
        String one = "one of --final HEIGHT, --height HEIGHT, --epoch N and --ready must be given";
        assertFails("pos:wait", one);
        assertFails("pos:wait --final 1 --ready", one);
        assertFails("pos:wait --epoch 1 --ready", one);
        assertFails("pos:wait --epoch x", "--epoch is 'x', must be a whole number");
        String help = shell.run("pos:wait --help").out();
        assertFalse(help.contains("defaults to"), help);
        assertFails("pos:wait --final x", "--final is 'x', must be a whole number from 0 to 9223372036854775807");
        assertFails("pos:wait --final 2 --timeout 0", "--timeout is '0', must be a whole number from 1 to 86400");
    }

    @Test
    void showsTheEpoch() {
        chain.nextRules = Optional.of(chain.rules.apply(new RuleChange(
                RuleChange.Operation.ADOPT,
                FakeChain.ref(RuleKind.SELECTION, "selection.next", "0.1.0", Parameters.NONE))));
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
    void stopsAndStartsNodes() {
        assertFalse(json("pos:node-stop --json bob").get("running").getAsBoolean());
        assertFalse(home.nodes.get(1).running);
        assertEquals(
                List.of("true", "false"), texts(json("pos:node-list --json").getAsJsonArray("nodes"), "running"));
        assertTrue(json("pos:node-start --json bob").get("running").getAsBoolean());
        assertContains(shell.run("pos:node-list").out(), "alice", "bob");
        assertFails("pos:node-remove zoe", "NAME is 'zoe', must be one of alice, bob");
        assertFails("pos:node-stop zoe", "NAME is 'zoe', must be one of alice, bob");
        assertFails("pos:node-start zoe", "NAME is 'zoe', must be one of alice, bob");
    }

    @Test
    void showsMetrics() {
        JsonObject nodes = json("pos:metrics --json").getAsJsonObject("nodes");
        assertEquals(2, nodes.getAsJsonObject("alice").get("blocksFinal").getAsLong());
        assertContains(shell.run("pos:metrics").out(), "metric", "alice", "bob", "bytesSent", "12");
        assertEquals(
                1,
                json("pos:metrics --json --node bob").getAsJsonObject("nodes").size());
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
    void showsCheckpointsInTheFormThatANewNodeTakes() {
        FakeNode alice = home.nodes.get(0);
        JsonObject none = json("pos:status --json");
        assertTrue(none.get("checkpoint").isJsonNull());
        assertContains(shell.run("pos:status").out(), "none before the end of the first epoch");
        assertContains(shell.run("pos:checkpoint-list").out(), "the first epoch has not ended");
        assertFails("pos:checkpoint-show", "there is no checkpoint yet");

        Checkpoint two = new Checkpoint(2, chain.blocks.get(1).hash());
        alice.checkpoints.add(new CheckpointView(two, 0, FakeChain.TIME, true, true));
        // unbonding takes 14 epochs of ten blocks; two thirds of that are 93 blocks
        JsonObject status = json("pos:status --json");
        assertEquals(9, status.get("weakSubjectivityEpochs").getAsLong());
        assertEquals(93, status.get("weakSubjectivityBlocks").getAsLong());
        JsonObject last = status.getAsJsonObject("checkpoint");
        assertEquals(2, last.get("height").getAsLong());
        assertEquals(two.hash().toString(), last.get("hash").getAsString());
        assertEquals(0, last.get("ageEpochs").getAsLong());
        assertContains(shell.run("pos:status").out(), two + "  (0 epochs old, safe to trust for 9 epochs, 93 blocks)");
        assertEquals(
                two.toString(),
                json("pos:checkpoint-list --json")
                        .getAsJsonArray("checkpoints")
                        .get(0)
                        .getAsJsonObject()
                        .get("checkpoint")
                        .getAsString());
        assertTrue(json("pos:checkpoint-show 2 --json").get("trustworthy").getAsBoolean());
        assertContains(shell.run("pos:checkpoint-show").out(), "checkpoint = " + two, "handed to new nodes");
        assertFails("pos:checkpoint-show 1", "HEIGHT is '1', must be the last height of an epoch");
        assertFails("pos:checkpoint-list --count 0", "--count is '0', must be a whole number from 1 to 1000");
    }

    @Test
    void saysThatABlockIsNotKept() {
        home.nodes.get(0).earliest = 2;
        assertFails("pos:block-show 1", "block 1 is not kept here any more: alice keeps those from 2 on");
        assertEquals(List.of("2"), texts(json("pos:block-list --json").getAsJsonArray("blocks"), "height"));
    }

    @Test
    void verifiesTheStoredChain() {
        JsonObject report = json("pos:chain-verify --json");
        assertEquals(7, report.get("height").getAsLong());
        assertEquals(2, report.get("ruleSets").getAsLong());
        assertContains(
                shell.run("pos:chain-verify").out(), "The chain of alice is right up to block 7", "5 transactions");
        home.nodes.get(0).broken.add("anything");
        Answer answer = shell.run("pos:chain-verify");
        assertEquals(1, answer.exit());
        assertContains(answer.out() + answer.err(), "height 3: header.stateRoot is 5, must be 6");
    }

    @Test
    void readingChangesNothing() {
        for (String line : List.of(
                "status",
                "epoch-show",
                "block-list",
                "block-show",
                "checkpoint-list",
                "key-list",
                "validator-list",
                "evidence-list",
                "slashing-list",
                "rules-show",
                "rules-list",
                "node-list",
                "metrics",
                "invariants-check",
                "chain-verify",
                "account-show alice",
                "rewards-show alice",
                "delegation-list alice",
                "validator-show alice")) {
            Answer answer = shell.run("pos:" + line + " --json");
            assertEquals(0, answer.exit(), line + ": " + answer.out());
            assertEquals("", answer.err(), line);
            assertEquals(1, answer.out().strip().lines().count(), line + " is one line of JSON");
            assertEquals(0, shell.run("pos:" + line).exit(), line);
        }
        assertEquals(2, chain.height());
    }

    @Test
    void provesAnAccount() {
        JsonObject json = json("pos:account-show alice --proof --json");
        StateProof proof = StateProof.decode(Bytes.fromHex(json.get("proof").getAsString()));
        assertEquals(proof.key().hex(), json.get("key").getAsString());
        assertEquals(proof.value().orElseThrow().hex(), json.get("value").getAsString());
        assertTrue(json.get("present").getAsBoolean());
        assertEquals(2, json.get("height").getAsLong());
        assertEquals(64, json.get("stateRoot").getAsString().length());
        assertContains(
                shell.run("pos:account-show alice --proof").out(),
                "state root",
                json.get("proof").getAsString(),
                json.get("value").getAsString());
    }

    @Test
    void timingsAreThoseOfTheLastHeights() {
        for (int height = 1; height <= 2; height++) {
            home.nodes
                    .get(0)
                    .timings
                    .add(new BlockTiming(height, chain.rules.id(), height == 2, true, 0, 150, 1_234_000, 151_500_000));
        }
        assertEquals(List.of("1", "2"), texts(json("pos:block-timings --json").getAsJsonArray("timings"), "height"));
        JsonObject last = json("pos:block-timings --json --from 2")
                .getAsJsonArray("timings")
                .get(0)
                .getAsJsonObject();
        assertEquals(
                List.of("1"),
                texts(json("pos:block-timings --json --from 1 --count 1").getAsJsonArray("timings"), "height"));
        assertTrue(last.get("swapped").getAsBoolean());
        assertEquals(1_234, last.get("readyMicros").getAsLong());
        assertEquals(151_500, last.get("proposalMicros").getAsLong());
        assertContains(shell.run("pos:block-timings").out(), "1.23", "151.5", "yes", "here");
        assertFails("pos:block-timings --from 9", "--from is '9', must be a whole number from 0 to 2");
        assertContains(shell.run("pos:block-timings --node bob").out(), "No height was decided here yet");
    }
}
