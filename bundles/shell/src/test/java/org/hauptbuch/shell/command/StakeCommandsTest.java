package org.hauptbuch.shell.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.chain.Offence;
import org.hauptbuch.api.chain.SlashingEvent;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Rate;
import org.hauptbuch.shell.FakeChain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Validators, stake, rewards, offences. */
class StakeCommandsTest extends CommandsFixture {
    @Test
    void showsValidators() {
        chain.delegations.add(delegation("faucet", "bob", 500, 7));
        chain.commission.put(home.address("bob"), 11L);
        assertEquals(
                4,
                json("pos:validator-list --json").getAsJsonArray("validators").size());
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
        json("pos:validator-register --json --from erin --commission '7%' 2_000_000");
        Payload.RegisterValidator payload = (Payload.RegisterValidator) lastPayload();
        assertContains(
                json("pos:validator-register --json --from erin --id more 2_000_000")
                        .get("warning")
                        .getAsString(),
                "no node of this container signs with consensus key "
                        + payload.consensusKey().shortText(),
                "jailed");
        assertContains(
                shell.run("pos:validator-register --from erin --id again 5").out(),
                "warning: no node of this container");
        assertEquals("erin", payload.id());
        assertEquals(new Rate(70_000), payload.commission());
        assertEquals(new Rate(200_000), payload.maxCommission());
        assertEquals(2_000_000, payload.stake());
        Bytes possession = Transaction.possessionBytes("test-1", home.address("erin"), payload.consensusKey());
        assertTrue(home.scheme.verify(payload.consensusKey(), possession, payload.proof()));

        JsonObject known = json("pos:validator-register --json --from erin --id here --consensus-key alice 2_000_000");
        assertFalse(known.has("warning"), known.toString());
        home.nodes.get(0).running = false;
        assertContains(
                json("pos:validator-register --json --from erin --id late --consensus-key alice 2_000_000")
                        .get("warning")
                        .getAsString(),
                "node alice, which signs with its consensus key, is stopped",
                "pos:node-start alice starts it");
        home.nodes.get(0).running = true;
        json("pos:validator-register --json --from erin --id other --consensus-key faucet 2_000_000");
        payload = (Payload.RegisterValidator) lastPayload();
        assertEquals("other", payload.id());
        assertEquals(home.keys.signer("faucet").orElseThrow().publicKey(), payload.consensusKey());
        assertTrue(home.scheme.verify(
                payload.consensusKey(),
                Transaction.possessionBytes("test-1", home.address("erin"), payload.consensusKey()),
                payload.proof()));

        assertFails(
                "pos:validator-register --from erin --commission '200%' 5",
                "--commission is '200%', must be 0% to 100%");
        assertFails("pos:validator-register --from erin --max-commission x 5", "--max-commission is 'x', must be 0%");
        assertFails(
                "pos:validator-register --from erin --max-daily-change x 5", "--max-daily-change is 'x', must be 0%");
        assertFails(
                "pos:validator-register --from erin --id E 5",
                "--id is 'E', must be 1 to 64 characters of a-z 0-9 _ . -");
        assertFails(
                "pos:validator-register --from erin --consensus-key zoe 5", "--consensus-key is 'zoe', must be a key");
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
        assertFails(
                "pos:evidence-submit --from alice xyz",
                "EVIDENCE is 'xyz', must be an even number of hexadecimal digits");
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
        JsonObject json = json("pos:slashing-list --json")
                .getAsJsonArray("slashings")
                .get(0)
                .getAsJsonObject();
        assertEquals("5%", json.get("rate").getAsString());
        assertEquals("attack", json.get("gravity").getAsString());
        assertTrue(json.get("banned").getAsBoolean());
        assertContains(shell.run("pos:slashing-list").out(), "bob", "two precommits", "5%", "banned");
    }
}
