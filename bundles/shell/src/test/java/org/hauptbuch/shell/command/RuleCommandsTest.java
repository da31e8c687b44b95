package org.hauptbuch.shell.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.value.Rate;
import org.hauptbuch.shell.FakeChain;
import org.hauptbuch.shell.command.ShellHarness.Answer;
import org.junit.jupiter.api.Test;

/** Rules, what development networks may, and how words are dealt out. */
class RuleCommandsTest extends CommandsFixture {
    @Test
    void showsRules() {
        JsonObject json = json("pos:rules-show --json");
        assertEquals(chain.rules.id().toString(), json.get("ruleSetId").getAsString());
        assertEquals(7, json.getAsJsonArray("rules").size());
        assertTrue(json.get("next").isJsonNull());
        offer("slashing.late", false);
        JsonArray rules = json("pos:rules-list --json").getAsJsonArray("rules");
        assertEquals(8, rules.size());
        assertTrue(texts(rules, "digest")
                .contains(FakeChain.digest("slashing.late0.1.0").toString()));
        assertContains(shell.run("pos:rules-list").out(), "slashing.late", "0.1.0", "now", "rules/late.jar");
        assertContains(shell.run("pos:rules-show").out(), "selection.test", "slashing.test");
    }

    @Test
    void equivocatesOnADevelopmentNetworkOnly() {
        json("pos:dev-equivocate --json bob");
        assertEquals(1, home.nodes.get(1).equivocations);
        assertFails("pos:dev-equivocate zoe", "NAME is 'zoe', must be one of alice, bob");
        home.keys.development = false;
        assertFails("pos:dev-equivocate bob", "this is not a development network");
        assertFails("pos:bench --seconds 1", "this is not a development network");
        assertFails("pos:bench-swaps", "this is not a development network");
        assertEquals(1, home.nodes.get(1).equivocations);
    }

    @Test
    void benchRefusesWhatIsOutOfRange() {
        assertFails("pos:bench-swaps --swaps 0", "--swaps is '0', must be a whole number from 1 to 1000");
        assertFails("pos:bench --seconds 0", "--seconds is '0', must be a whole number from 1 to 3600");
        assertFails("pos:bench --rate 0", "--rate is '0', must be a whole number from 1 to 1000000");
        home.nodes.forEach(node -> node.running = false);
        assertFails("pos:bench", "no node of this container runs");
    }

    @Test
    void everyCommandHasHelpAndReturnsNoNumber() {
        List<String> wanted = List.of(
                "status",
                "wait",
                "epoch-show",
                "block-list",
                "block-show",
                "block-timings",
                "checkpoint-list",
                "checkpoint-show",
                "tx-send",
                "tx-show",
                "account-show",
                "key-create",
                "key-export",
                "key-import",
                "key-list",
                "validator-list",
                "validator-show",
                "validator-register",
                "validator-edit",
                "stake",
                "unstake",
                "delegate",
                "undelegate",
                "redelegate",
                "delegation-list",
                "rewards-show",
                "rewards-withdraw",
                "unjail",
                "evidence-list",
                "evidence-submit",
                "signing-export",
                "signing-import",
                "slashing-list",
                "rules-show",
                "rules-list",
                "rules-adopt",
                "rules-remove",
                "rules-stage",
                "rules-verify",
                "rules-propose",
                "rules-attest",
                "rules-plan-show",
                "rules-cancel",
                "rules-rollback",
                "rules-history",
                "rules-retire",
                "rules-diff",
                "node-list",
                "node-stop",
                "node-start",
                "node-add",
                "node-remove",
                "metrics",
                "dev-equivocate",
                "chain-verify",
                "invariants-check",
                "bench",
                "bench-swaps");
        assertEquals(new ArrayList<>(new TreeSet<>(wanted)), new ArrayList<>(shell.commands()));
        for (String name : wanted) {
            Answer help = shell.run("pos:" + name + " --help");
            assertContains(help.out(), "pos:" + name, "--json", "--node");
        }
    }

    @Test
    void optionsMayStandAnywhere() {
        for (String line : List.of(
                "pos:delegate --json --from faucet bob 7",
                "pos:delegate bob 7 --from faucet --json",
                "pos:delegate bob --from=faucet 7 --json",
                "pos:delegate bob --json --fee 3 7 --from 'faucet'")) {
            json(line);
            assertEquals(new Payload.Delegate(home.address("bob"), 7), lastPayload(), line);
        }
        for (String rate : List.of("'7%'", "0.07")) {
            json("pos:validator-edit --from bob --json --commission " + rate);
            assertEquals(new Payload.EditValidator(new Rate(70_000)), lastPayload(), rate);
        }
        assertContains(
                shell.run("pos:delegate bob 7 --help").out(), "pos:delegate [options] VALIDATOR AMOUNT [options]");
        Answer two = shell.run("pos:account-show alice --json; pos:account-show bob --json");
        assertEquals(2, two.out().strip().lines().count(), two.out());
    }

    @Test
    void wordsWithoutAPlaceAreRefused() {
        assertFails("pos:delegate bob 7 --from", "--from needs a value");
        assertFails("pos:delegate bob 7 8 --from faucet", "one argument too many: '8'");
        assertFails("pos:status now", "one argument too many: 'now'");
        assertFails("pos:delegate bob --from faucet", "AMOUNT is missing: ");
        assertFails("pos:delegate bob 7 --form faucet", "there is no option --form: --expiry, --fee, --from");
        assertEquals(2, chain.height());
    }

    @Test
    void theLateOptionsAreOptionsOfTheCommands() throws Exception {
        for (String name : shell.commands()) {
            String help = shell.run("pos:" + name + " --help").out();
            boolean sends = help.contains("--no-wait");
            List<String> offered = sends
                    ? List.of("--expiry", "--fee", "--from", "--json", "--no-wait", "--node", "--timeout", "--wait")
                    : List.of("--json", "--node");
            offered.forEach(option -> assertContains(help, option));
        }
        assertEquals(
                List.of("--expiry", "--fee", "--from", "--json", "--no-wait", "--node", "--timeout", "--wait"),
                shell.complete("pos:delegate bob 5 --"));
        assertEquals(List.of("--json", "--node"), shell.complete("pos:validator-show bob --"));
    }
}
