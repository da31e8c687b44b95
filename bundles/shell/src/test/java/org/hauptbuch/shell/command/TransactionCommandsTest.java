package org.hauptbuch.shell.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Optional;
import org.hauptbuch.shell.command.ShellHarness.Answer;
import org.junit.jupiter.api.Test;

/** Blocks, transactions, keys and accounts. */
class TransactionCommandsTest extends CommandsFixture {
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
            assertEquals(
                    4,
                    json.getAsJsonObject("certificate")
                            .getAsJsonArray("signers")
                            .size());
        }
        assertContains(shell.run("pos:block-show 3").out(), hash, "transfer", "alice", "4 votes of round 0");
        assertFails(
                "pos:block-show " + "ab".repeat(32),
                "BLOCK is '" + "ab".repeat(32) + "', must be the hash of a final block");
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
        assertEquals(
                1000,
                shown.getAsJsonObject("transaction")
                        .getAsJsonObject("payload")
                        .get("amount")
                        .getAsLong());
        assertContains(shell.run("pos:tx-show " + id).out(), "succeeded in block 3", "transfer", "alice", "1000");
        assertEquals(
                "unknown",
                json("pos:tx-show --json " + "ab".repeat(32)).get("state").getAsString());
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
        assertEquals(
                "pending",
                json("pos:tx-show --json " + json.get("id").getAsString())
                        .get("state")
                        .getAsString());
        assertFails("pos:tx-send --wait --no-wait --from alice --to bob 5", "--wait and --no-wait exclude each other");
    }

    @Test
    void aFailedTransactionIsShownAndFailsTheCommand() {
        chain.failing = Optional.of("Staking failed: unbonding 5 of 3");
        Answer answer = shell.run("pos:unstake --json --from alice 5");
        assertEquals(1, answer.exit());
        assertFalse(answer.json().get("succeeded").getAsBoolean());
        assertEquals("STAKING_FAILED", answer.json().get("error").getAsString());
        assertEquals(
                "Staking failed: unbonding 5 of 3", answer.json().get("detail").getAsString());
        assertEquals(1, answer.out().strip().lines().count(), "one object");
        assertContains(answer.thrown().getMessage(), "failed: Staking failed: unbonding 5 of 3");
        assertContains(shell.run("pos:unstake --from alice 5").out(), "failed: Staking failed: unbonding 5 of 3");
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
        assertEquals("ed25519", created.get("type").getAsString());
        assertFails("pos:key-create erin", "key name: 'erin' is taken");
        assertFails("pos:key-create --type rsa gil", "--type is 'rsa', must be ed25519, ml-dsa-65, hybrid");
        for (String type : List.of("ed25519", "ml-dsa-65", "hybrid")) {
            JsonObject made = json("pos:key-create --json --type " + type + " " + type);
            assertEquals(type, made.get("type").getAsString());
            assertContains(shell.run("pos:key-list").out(), type);
        }
        assertFails("pos:key-create ERIN", "key name: 'ERIN', must be 1 to 64 of a-z 0-9 _ . -");
        assertEquals(
                List.of("alice", "bob", "carol", "dave", "ed25519", "erin", "faucet", "hybrid", "ml-dsa-65"),
                texts(json("pos:key-list --json").getAsJsonArray("keys"), "name"));
        assertContains(shell.run("pos:key-list").out(), "*** DEVELOPMENT KEYS", "erin", "development");
        home.keys.development = false;
        assertFalse(shell.run("pos:key-list").out().contains("DEVELOPMENT"));
    }
}
