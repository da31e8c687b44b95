package org.hauptbuch.shell.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import java.util.Map;
import java.util.Optional;
import org.hauptbuch.api.plan.PlanStatus;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.rule.RuleRef;
import org.hauptbuch.api.tx.Payload;
import org.junit.jupiter.api.Test;

/** Rule changes that the validators of one container agree among themselves. */
class AdoptCommandsTest extends PlanFixture {
    @Test
    void adoptsAtOnceWhereEnoughValidatorsRunHere() {
        retire("carol", "dave");
        JsonObject json = json("pos:rules-adopt --json --param window=5 --param limit=2 slashing.late 0.1.0");
        Payload.ProposeRules proposal = (Payload.ProposeRules) lastPayload();
        assertEquals(2, proposal.attestations().size());
        RuleRef rule = proposal.plan().to().find("slashing.late").orElseThrow();
        assertEquals(Parameters.of(Map.of("window", "5", "limit", "2")), rule.parameters());
        assertEquals(home.address("alice"), lastTransaction().from());
        assertEquals(3, chain.height(), "one transaction");
        assertEquals(0, proposal.plan().gateEpoch());
        assertEquals(1, json.get("fromEpoch").getAsLong());
        assertEquals(11, json.get("fromHeight").getAsLong());
        assertFails(
                "pos:rules-adopt slashing.late 0.1.0 --no-wait",
                "waits for epoch 1: another takes its place only once its proposer has taken it back");
        chain.settle(PlanStatus.CANCELLED);
        assertContains(
                shell.run("pos:rules-adopt slashing.late 0.1.0 --param limit=2 --from bob")
                        .out(),
                "The rules change with epoch 1, from block 11 on.");
        assertEquals(home.address("bob"), lastTransaction().from());
        chain.settle(PlanStatus.CANCELLED);
        assertContains(
                shell.run("pos:rules-adopt slashing.late 0.1.0 --param limit=2 --from bob")
                        .out(),
                "The rules change with epoch 2, from block 21 on.");
        chain.settle(PlanStatus.CANCELLED);
        json("pos:rules-remove --json slashing.test");
        assertEquals(Optional.empty(), chain.plan.orElseThrow().plan().to().find("slashing.test"));
    }

    @Test
    void adoptsAnEpochLaterWhereTooFewBlocksAreLeft() {
        retire("carol", "dave");
        sealTo(6);
        json("pos:rules-adopt --json slashing.late 0.1.0");
        assertEquals(1, chain.plan.orElseThrow().plan().activationEpoch(), "block 7 is next, 8 to 10 are left");
        chain.settle(PlanStatus.CANCELLED);
        json("pos:rules-adopt --json slashing.late 0.1.0");
        assertEquals(2, chain.plan.orElseThrow().plan().activationEpoch(), "block 8 is next, 9 and 10 are left");
        assertEquals(1, chain.plan.orElseThrow().plan().gateEpoch());
    }

    @Test
    void plansAgainWhereTheTestsOutlastTheEpoch() {
        retire("carol", "dave");
        alice.testing = () -> sealTo(9);
        json("pos:rules-adopt --json slashing.late 0.1.0");
        assertEquals(1, chain.plan.orElseThrow().plan().gateEpoch());
        assertEquals(2, chain.plan.orElseThrow().attested().size(), "attestations of the plan that is sent");
        chain.settle(PlanStatus.CANCELLED);
        alice.testing = () -> sealTo(chain.height() * 4);
        assertFails("pos:rules-adopt slashing.late 0.1.0", "the tests take longer each time");
    }

    @Test
    void adoptsNothingWhereTooFewValidatorsRunHere() {
        assertFails(
                "pos:rules-adopt slashing.late 0.1.0",
                "have 4000000 of 8000000 voting power, must be at least 6400000 (80%): use pos:rules-propose");
        retire("carol", "dave");
        bob.attestRefusal = Optional.of("no disk");
        assertFails(
                "pos:rules-adopt slashing.late 0.1.0", "(bob does not attest: Consensus state update failed: no disk)");
        bob.running = false;
        assertFails("pos:rules-remove slashing.test", "have 2000000 of 4000000 voting power");
        assertFails("pos:rules-adopt slashing.none 0.1.0", "ID is 'slashing.none', must be a rule that alice has");
        assertFails("pos:rules-adopt slashing.late 0.2.0", "VERSION is '0.2.0', must be a version of slashing.late");
        assertFails("pos:rules-adopt --param x slashing.late 0.1.0", "--param is 'x', must be NAME=VALUE");
        assertFails("pos:rules-adopt slashing.test 0.1.0", "nothing would change");
        assertFails("pos:rules-remove selection.test", "ID is 'selection.test', must be a slashing condition");
        assertFails(
                "pos:rules-adopt slashing.late 0.1.0 --from faucet",
                "--from is 'faucet', must be the key of a validator");
        retire("alice", "bob");
        assertFails("pos:rules-adopt slashing.late 0.1.0", "no key of this home is the key of a validator that votes");
        assertEquals(2, chain.height(), "nothing was sent");
    }
}
