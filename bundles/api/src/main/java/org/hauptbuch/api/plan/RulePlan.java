package org.hauptbuch.api.plan;

import org.hauptbuch.api.codec.Reader;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.Rate;

/**
 * A proposal to change the rule set at an epoch boundary. Nothing happens unless validators with enough stake attest,
 * by the gate, that they hold the code and that it passed their tests.
 *
 * @param proposer the validator that proposes it: attestations for it are worth nothing in another's hands
 * @param from the id of the rule set that it replaces: where another one is active by then, the plan is void
 * @param to the rule set to activate, with the digest of every jar
 * @param leastReady the part of the voting power that has to attest, {@link #LEAST_READY} to 100 %
 * @param gateEpoch at the end of this epoch the attested power is counted; what is too little then expires
 * @param activationEpoch {@code to} judges from the first block of this epoch on; later than {@code gateEpoch}
 * @param fallback the id of the rule set to which validators may roll back
 * @param selfTest the digest of the results of {@code to}'s self-test, the same on every node
 */
public record RulePlan(
        Address proposer,
        Hash from,
        RuleSet to,
        Rate leastReady,
        long gateEpoch,
        long activationEpoch,
        Hash fallback,
        Hash selfTest) {
    /** No plan asks for less: two thirds, rounded up. */
    public static final Rate LEAST_READY = new Rate(666_667);

    /** What a plan asks for unless its author says otherwise. */
    public static final Rate DEFAULT_READY = new Rate(800_000);

    /** A plan may be so many epochs ahead, because only one can be pending. */
    public static final long MAX_EPOCHS_AHEAD = 1_000;

    private static final int MAX_RULE_SET = 65_536;

    /** The plan's name: SHA-256 of a domain and the canonical encoding. */
    public Hash id() {
        Writer out = new Writer().string("hauptbuch/rule-plan/1");
        write(out);
        return out.sha256();
    }

    /** Writes the canonical encoding. */
    public void write(Writer out) {
        out.fixed(proposer.bytes()).fixed(from.bytes()).bytes(to.encode()).u32(leastReady.ppm());
        out.u64(gateEpoch).u64(activationEpoch).fixed(fallback.bytes()).fixed(selfTest.bytes());
    }

    /** Reads what {@link #write} wrote. */
    public static RulePlan read(Reader in) {
        return new RulePlan(
                in.address("plan.proposer"),
                in.hash("plan.from"),
                readRuleSet(in),
                in.rate("plan.leastReady"),
                in.u64("plan.gateEpoch"),
                in.u64("plan.activationEpoch"),
                in.hash("plan.fallback"),
                in.hash("plan.selfTest"));
    }

    /** What is no rule set is refused as whatever the plan stands in. */
    private static RuleSet readRuleSet(Reader in) {
        Bytes encoded = in.bytes("plan.to", MAX_RULE_SET);
        try {
            return RuleSet.decode(encoded);
        } catch (PoSException e) {
            throw in.refuse("plan.to", "'" + e.getMessage() + "'", "a rule set");
        }
    }

    /** The canonical encoding. */
    public Bytes encode() {
        Writer out = new Writer(1024);
        write(out);
        return out.toBytes();
    }

    /** Reads {@link #encode()}. */
    public static RulePlan decode(Bytes encoded) {
        Reader in = new Reader(encoded, PoSError.CONSENSUS_STATE_UPDATE_FAILED);
        RulePlan plan = read(in);
        in.end();
        return plan;
    }
}
