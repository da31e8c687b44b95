package org.hauptbuch.shell.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hauptbuch.api.node.ShadowReport;
import org.hauptbuch.api.plan.Attestation;
import org.hauptbuch.api.plan.PlanStatus;
import org.hauptbuch.api.plan.RulePlan;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.Rate;
import org.hauptbuch.shell.FakeChain;
import org.hauptbuch.shell.command.ShellHarness.Answer;
import org.junit.jupiter.api.Test;

/** Plans as they are typed: propose, attest, look, take back, go back. Four validators of equal power, two run here. */
class PlanCommandsTest extends PlanFixture {
    private static final String PROPOSE = "pos:rules-propose selection=selection.new:0.2.0 --activate-at 2 ";

    @Test
    void proposesWithItsDefaults() {
        JsonObject json = json(PROPOSE + "--json");
        Payload.ProposeRules proposal = (Payload.ProposeRules) lastPayload();
        RulePlan plan = proposal.plan();
        assertEquals(chain.rules.id(), plan.from());
        assertEquals("selection.new", plan.to().only(RuleKind.SELECTION).id());
        assertEquals(
                FakeChain.digest("selection.new0.2.0"),
                plan.to().only(RuleKind.SELECTION).digest());
        assertEquals(RulePlan.DEFAULT_READY, plan.leastReady());
        assertEquals(1, plan.gateEpoch());
        assertEquals(2, plan.activationEpoch());
        assertEquals(chain.rules.id(), plan.fallback());
        assertEquals(FakeChain.digest("tested " + plan.to().id()), plan.selfTest());
        assertEquals(List.of(), proposal.attestations());
        assertEquals(home.address("alice"), lastTransaction().from(), "the operator of the node that is asked");
        assertEquals(plan.id().toString(), json.get("planId").getAsString());
        assertEquals(2, json.get("fromEpoch").getAsLong());
        assertEquals(21, json.get("fromHeight").getAsLong());
        JsonObject shown = json("pos:tx-show --json " + lastTransaction().id())
                .getAsJsonObject("transaction")
                .getAsJsonObject("payload");
        assertEquals(
                plan.id().toString(),
                shown.getAsJsonObject("plan").get("planId").getAsString());
        assertEquals(0, shown.getAsJsonArray("attestations").size());
    }

    @Test
    void proposesSeveralChangesWithTheirParametersAnywhere() {
        json("pos:rules-propose --json --ready 70 slashing=slashing.late:0.1.0 --gate 1 selection=selection.new:0.2.0"
                + " --param slashing.late.limit=3 --activate-at 5 slashing=-slashing.test --param selection.mode=a=b"
                + " --from bob");
        RulePlan plan = chain.plan.orElseThrow().plan();
        assertEquals(
                Parameters.of(Map.of("limit", "3")),
                plan.to().find("slashing.late").orElseThrow().parameters());
        assertEquals(
                Parameters.of(Map.of("mode", "a=b")),
                plan.to().only(RuleKind.SELECTION).parameters());
        assertEquals(Optional.empty(), plan.to().find("slashing.test"));
        assertEquals(new Rate(700_000), plan.leastReady());
        assertEquals(1, plan.gateEpoch());
        assertEquals(5, plan.activationEpoch());
        assertEquals(home.address("bob"), chain.plan.orElseThrow().proposer());
    }

    @Test
    void aProposalMayCarryAttestations() {
        bob.attestRefusal = Optional.of("rule selection.new 0.2.0 is missing");
        Answer answer = shell.run(PROPOSE + "--attest");
        assertContains(
                answer.out(),
                "bob does not attest: ",
                "rule selection.new 0.2.0 is missing",
                "needs attestations of 80%");
        assertEquals(List.of(home.address("alice")), chain.plan.orElseThrow().attested());
    }

    @Test
    void refusesAProposalThatTheChainWouldRefuse() {
        assertFails("pos:rules-propose selection=selection.new:0.2.0", "--activate-at is missing");
        assertFails(
                "pos:rules-propose selection=selection.new:0.2.0 --activate-at 0",
                "--activate-at is '0', must be a whole number from 1 to 1001");
        assertFails(PROPOSE + "--gate 2", "--gate is '2', must be a whole number from 0 to 1");
        assertFails(PROPOSE + "--ready 66", "--ready is '66', must be per cent, 66.6667 to 100");
        assertFails(PROPOSE + "--from faucet", "--from is 'faucet', must be the key of a validator that votes: ");
        assertFails(
                PROPOSE + "--fallback 12",
                "--fallback is '12', must be the first digits, at least 4, of exactly one of");
        for (String wrong :
                List.of("selection", "selector=a:1", "selection=a", "selection=:1", "selection=a:", "slashing=-")) {
            assertFails(
                    "pos:rules-propose --activate-at 2 '" + wrong + "'",
                    "RULE is '" + wrong + "', must be KIND=ID:VERSION");
        }
        assertFails("pos:rules-propose --activate-at 2 selection=-selection.test", "must be a slashing condition");
        assertFails(
                "pos:rules-propose --activate-at 2 slashing=-slashing.none",
                "ID is 'slashing.none', must be a slashing");
        assertFails("pos:rules-propose --activate-at 2 slashing=selection.new:0.2.0", "that rule is of kind selection");
        assertFails(PROPOSE + "selection=selection.test:0.1.0", "must be a kind that is named once");
        assertFails(
                PROPOSE + "slashing=-slashing.test slashing=slashing.test:0.1.0",
                "must be a condition that is named once");
        assertFails(PROPOSE + "--param limit=3", "--param is 'limit=3', must be KIND.NAME=VALUE or ID.NAME=VALUE");
        assertFails(PROPOSE + "--param slashing.limit=3", "of a rule that is named here: selection.new");
        assertFails(
                PROPOSE + "slashing=slashing.late:0.1.0 slashing=slashing.test:0.1.0 --param slashing.limit=3",
                "must be ID.NAME=VALUE, because several rules");
        assertFails(
                "pos:rules-propose --activate-at 2 selection=selection.test:0.1.0",
                "nothing would change: the chain uses");
        alice.selfTestProblems.add("two answers to one question");
        assertFails(PROPOSE, "fails on alice: two answers to one question");
        alice.selfTestProblems.clear();
        assertEquals(2, chain.height(), "nothing was sent");
        json(PROPOSE + "--json");
        assertFails(
                PROPOSE, "was proposed before, and a plan is proposed once: choose another --activate-at or --gate");
    }

    @Test
    void aPlanThatWaitsGivesWayToMoreThanItHasOnly() {
        json(PROPOSE + "--json");
        Hash first = chain.plan.orElseThrow().plan().id();
        assertFails(
                PROPOSE + "--gate 0",
                "plan " + first + " waits for epoch 2: another takes its place with attestations of at least 6400000 of"
                        + " 8000000 voting power (these are 0; --attest sends this container's), or once");
        assertFails(PROPOSE + "--gate 0 --attest", "(these are 4000000; ");
        retire("carol", "dave");
        json(PROPOSE + "--gate 0 --attest --json");
        Hash second = chain.plan.orElseThrow().plan().id();
        assertEquals(first, chain.planHistory.get(0).plan().id());
        assertFails(
                "pos:rules-adopt slashing.late 0.1.0 --no-wait",
                "plan " + second + " waits for epoch 2: another takes its place only once its proposer");
        assertEquals(second, chain.plan.orElseThrow().plan().id());
        chain.plan = chain.plan.map(record -> record.with(PlanStatus.READY, 10));
        for (String line : List.of(PROPOSE + "--attest", "pos:rules-adopt slashing.late 0.1.0 --no-wait")) {
            assertFails(line, "passed its gate in block 10: it becomes active with epoch 2; propose again then");
        }
    }

    @Test
    void fallsBackToWhatJudgedTheChain() {
        json(PROPOSE + "--json");
        RulePlan first = chain.plan.orElseThrow().plan();
        chain.settle(PlanStatus.ACTIVE);
        chain.rules = first.to();
        String old = first.from().toString();
        String back = "pos:rules-propose slashing=-slashing.test --activate-at 3 --json --fallback ";
        json(back + old.substring(0, 8));
        assertEquals(first.from(), chain.plan.orElseThrow().plan().fallback());
        chain.settle(PlanStatus.CANCELLED);
        String forgotten = "ab".repeat(32);
        json(back + forgotten);
        assertEquals(Hash.fromHex(forgotten), chain.plan.orElseThrow().plan().fallback());
        chain.settle(PlanStatus.CANCELLED);
        assertFails(
                "pos:rules-propose selection=selection.test:0.1.0 --activate-at 3 --fallback " + old,
                "must be another rule set than the one that is proposed");
    }

    @Test
    void attestsForTheValidatorsThatRunHere() {
        assertFails("pos:rules-attest", "no plan waits");
        json(PROPOSE + "--json");
        JsonObject sent = json("pos:rules-attest --json");
        assertEquals(2, sent.getAsJsonArray("transactions").size());
        assertEquals(2, chain.plan.orElseThrow().attested().size());
        Attestation last = ((Payload.AttestRules) lastPayload()).attestation();
        assertTrue(home.scheme.verify(
                home.keys.signer("bob").orElseThrow().publicKey(), last.signBytes("test-1"), last.signature()));
        assertFails("pos:rules-attest", "nothing is sent: alice has attested this plan already; bob has attested");
        chain.plan = chain.plan.map(record -> record.with(PlanStatus.READY, 10));
        assertFails("pos:rules-attest", "passed its gate in block 10: it becomes active with epoch 2");
    }

    @Test
    void attestsForOneAndSaysWhyAnotherDoesNot() {
        json(PROPOSE + "--json");
        json("pos:rules-attest --node bob --from faucet --json");
        assertEquals(List.of(home.address("bob")), chain.plan.orElseThrow().attested());
        assertEquals(home.address("faucet"), lastTransaction().from());
        alice.attestRefusal = Optional.of("the self-test fails: draws differ");
        assertFails(
                "pos:rules-attest --node alice",
                "nothing is sent: alice does not attest: Consensus state update failed: the self-test fails");
        chain.settle(PlanStatus.EXPIRED);
        json(PROPOSE + "--gate 0 --json");
        Answer both = shell.run("pos:rules-attest");
        assertEquals(1, both.exit());
        assertContains(both.out(), "bob holds the rules", "alice does not attest", "1 of 2 validators did not attest");
        assertEquals(home.address("bob"), lastTransaction().from(), "the operator of the one that attests pays");
        alice.attestRefusal = Optional.empty();
        json("pos:rules-attest --json");
        assertEquals(2, chain.plan.orElseThrow().attested().size(), "who attested before is no refusal");
        alice.running = false;
        assertFails("pos:rules-attest --node alice", "node alice is stopped");
    }

    @Test
    void showsThePlanThatWaits() {
        assertTrue(json("pos:rules-plan-show --json").get("plan").isJsonNull());
        assertEquals("No plan waits.", shell.run("pos:rules-plan-show").out().strip());
        json("pos:rules-propose selection=selection.new:0.2.0 slashing=slashing.late:0.1.0 slashing=-slashing.test"
                + " --activate-at 3 --gate 1 --json");
        json("pos:rules-attest --node alice --json");
        JsonObject plan = json("pos:rules-plan-show --json").getAsJsonObject("plan");
        assertEquals("proposed", plan.get("status").getAsString());
        assertEquals("alice", plan.get("proposerName").getAsString());
        assertEquals(2_000_000, plan.get("readyPower").getAsLong());
        assertEquals(6_400_000, plan.get("neededPower").getAsLong());
        assertEquals(8_000_000, plan.get("totalPower").getAsLong());
        assertEquals(20, plan.get("gateHeight").getAsLong());
        assertEquals(16, plan.get("blocksToGate").getAsLong());
        assertEquals(31, plan.get("fromHeight").getAsLong());
        assertEquals(26, plan.get("blocksToActivation").getAsLong());
        assertEquals(3, plan.getAsJsonArray("changes").size());
        assertTrue(plan.getAsJsonArray("changes")
                .get(1)
                .getAsJsonObject()
                .get("after")
                .isJsonNull());
        long ready = 0;
        for (var validator : plan.getAsJsonArray("validators")) {
            ready += validator.getAsJsonObject().get("attested").getAsBoolean() ? 1 : 0;
        }
        assertEquals(1, ready);
        assertContains(
                shell.run("pos:rules-plan-show").out(),
                "[##########......................|........] 25.0% of 80% (2000000 of 6400000 needed)",
                "end of epoch 1, block 20: 16 blocks to go, about 16 s",
                "epoch 3, block 31: 26 blocks to go",
                "selection.test 0.1.0",
                "selection.new 0.2.0",
                "slashing.late 0.1.0");
        assertContains(
                shell.run("pos:rules-show").out(),
                "waits for attestations, ready 25.0% of 80%, gate at the end of epoch 1, epoch 3 from block 31 on");
        assertFalse(json("pos:rules-show --json").get("plan").isJsonNull());
        chain.plan = chain.plan.map(
                record -> record.with(record.attested(), 7_000_000, 8_000_000).with(PlanStatus.READY, 20));
        assertContains(
                shell.run("pos:rules-plan-show").out(),
                "passed its gate since block 20: becomes active",
                "87.5% of 80%");
    }

    @Test
    void onlyTheProposerTakesItBack() {
        assertFails("pos:rules-cancel", "no plan waits");
        json(PROPOSE + "--from bob --json");
        assertFails(
                "pos:rules-cancel --from alice", "--from is 'alice', must be the key of bob, who proposed the plan");
        Hash plan = chain.plan.orElseThrow().plan().id();
        json("pos:rules-cancel --json");
        assertEquals(new Payload.CancelRules(plan), lastPayload());
        assertEquals(home.address("bob"), lastTransaction().from());
        JsonObject settled =
                json("pos:rules-history --json").getAsJsonArray("plans").get(0).getAsJsonObject();
        assertEquals("cancelled", settled.get("status").getAsString());
        assertEquals(plan.toString(), settled.get("planId").getAsString());
        assertContains(shell.run("pos:rules-history").out(), "taken back", "selection.new 0.2.0", "bob");
        chain.rules = chain.planHistory.get(0).plan().to();
        assertContains(
                shell.run("pos:rules-history").out(),
                "all of selection.new 0.2.0, staking.test 0.1.0, delegation.test");
    }

    @Test
    void anEmptyHistorySaysSo() {
        assertContains(shell.run("pos:rules-history").out(), "No plan is settled yet.");
    }

    @Test
    void votesToGoBack() {
        assertFails("pos:rules-rollback", "there is no rule set to go back to");
        chain.fallback = Optional.of(chain.rules);
        JsonObject json = json("pos:rules-rollback --json");
        assertEquals(3, json.getAsJsonObject("votes").get("alice").getAsLong());
        assertEquals(3, json.getAsJsonObject("votes").get("bob").getAsLong());
        assertEquals(4_000_000, json.get("votedPower").getAsLong());
        assertContains(
                shell.run("pos:rules-rollback --node bob").out(),
                "bob votes to decide height 3",
                "25.0% of the voting power; the network goes back when more than two thirds");
        alice.rollbackRefusal = Optional.of("it signed a precommit of height 3");
        Answer one = shell.run("pos:rules-rollback");
        assertEquals(1, one.exit());
        assertContains(one.out(), "alice does not vote: ", "it signed a precommit", "bob votes", "not every validator");
        assertFails("pos:rules-rollback --node alice", "no vote: alice does not vote: ");
        bob.running = false;
        assertFails("pos:rules-rollback --node bob", "bob is stopped, must run");
        assertContains(shell.run("pos:rules-rollback --help").out(), "cannot be taken", "two thirds");
    }

    @Test
    void showsWhatTheShadowRunFound() {
        assertTrue(json("pos:rules-diff --json").get("shadow").isJsonNull());
        assertContains(shell.run("pos:rules-diff").out(), "No shadow run");
        ShadowReport.Difference difference = new ShadowReport.Difference(7, "proposer of round 0", "alice", "bob");
        alice.shadow = Optional.of(new ShadowReport(chain.rules.id(), 3, 5, List.of(difference), List.of()));
        JsonObject shadow = json("pos:rules-diff --json").getAsJsonObject("shadow");
        assertEquals(5, shadow.get("blocks").getAsLong());
        assertEquals(
                7,
                shadow.getAsJsonArray("differences")
                        .get(0)
                        .getAsJsonObject()
                        .get("height")
                        .getAsLong());
        assertContains(
                shell.run("pos:rules-diff").out(), "5 compared", "every block from 3", "proposer of round 0", "alice");
        alice.shadow = Optional.of(new ShadowReport(chain.rules.id(), 3, 0, List.of(), List.of()));
        assertContains(shell.run("pos:rules-diff").out(), "0 compared", "Nothing to compare yet");
        alice.shadow = Optional.of(new ShadowReport(chain.rules.id(), 3, 5, List.of(), List.of("block 9: took 2 s")));
        Answer wrong = shell.run("pos:rules-diff");
        assertEquals(1, wrong.exit());
        assertContains(wrong.out(), "wrong: block 9: took 2 s", "alice does not attest");
    }
}
