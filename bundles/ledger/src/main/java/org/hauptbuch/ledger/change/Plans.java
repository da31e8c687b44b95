package org.hauptbuch.ledger.change;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.plan.Attestation;
import org.hauptbuch.api.plan.PlanRecord;
import org.hauptbuch.api.plan.PlanStatus;
import org.hauptbuch.api.plan.RulePlan;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Amounts;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.Rate;
import org.hauptbuch.ledger.block.BlockContext;
import org.hauptbuch.ledger.state.Keys;
import org.hauptbuch.ledger.state.Overlay;

/** What transactions do about the one plan that can wait: propose it, attest it, take it back. */
public final class Plans {
    private final BlockContext block;
    private final Overlay state;

    /** The plans as {@code block} finds them. */
    public Plans(BlockContext block) {
        this.block = block;
        this.state = block.state();
    }

    /**
     * Takes {@code plan} from {@code sender} with the attestations that there are already. There is one plan at a time;
     * one that waits for its gate gives way to one that brings the stake that it asks for along, and more than attested
     * the one that waits. Otherwise a single validator could keep all others from changing rules, by a plan of its own.
     * A plan that does not bring that stake along is the only one of its sender in an epoch, so that nobody drives the
     * record of settled plans out by plans of no meaning.
     *
     * @throws PoSException INVALID_VALIDATOR where the sender does not vote, CONSENSUS_STATE_UPDATE_FAILED where a plan
     *     waits and does not give way, this one was settled already, the sender proposed another in this epoch, or a
     *     field of it is out of range, SECURITY_VALIDATION_FAILED for a wrong attestation
     */
    public void propose(Address sender, RulePlan plan, List<Attestation> attestations) {
        if (!validators().contains(sender)) {
            throw PoSException.outOfRange(
                    PoSError.INVALID_VALIDATOR, "sender", sender, "the operator of a validator that votes");
        }
        same("plan.proposer", plan.proposer(), sender);
        check(plan);
        Optional<PlanRecord> waiting = state.get(Keys.PLAN);
        waiting.ifPresent(old -> new PlanArchive(state).close(old.with(PlanStatus.EXPIRED, block.height())));
        state.set(
                Keys.PLAN,
                new PlanRecord(
                        plan,
                        sender,
                        block.height(),
                        PlanStatus.PROPOSED,
                        block.height(),
                        List.of(),
                        0,
                        validators().totalPower()));
        attestations.forEach(this::attest);
        PlanRecord record = state.the(Keys.PLAN);
        boolean ready = isEnough(record.readyPower(), record.totalPower(), plan.leastReady());
        waiting.ifPresent(old -> requireGivesWay(old, record, ready));
        Optional<Long> last = state.get(Keys.lastProposal(sender));
        if (!ready && last.isPresent() && block.parameters().epochOf(last.get()) == block.epoch()) {
            throw refuse(
                    "plan",
                    plan.id(),
                    "the sender's first in this epoch, or one that " + plan.leastReady()
                            + " of the power has attested; it proposed another at height " + last.get());
        }
        state.set(Keys.lastProposal(sender), block.height());
    }

    private void requireGivesWay(PlanRecord old, PlanRecord record, boolean ready) {
        boolean gives = old.status() == PlanStatus.PROPOSED
                && ready
                && record.readyPower() > readyPower(old.attested(), validators());
        if (!gives) {
            throw refuse(
                    "plan",
                    record.plan().id(),
                    "the only one, or one that " + record.plan().leastReady() + " of the power has attested and more"
                            + " than the one that waits; plan " + old.plan().id() + " is " + old.status()
                            + " for epoch " + old.plan().activationEpoch());
        }
    }

    /**
     * Counts an attestation.
     *
     * @throws PoSException CONSENSUS_STATE_UPDATE_FAILED where it is for another plan, another rule set or another
     *     self-test, comes after the gate or a second time, INVALID_VALIDATOR where its validator does not vote,
     *     SECURITY_VALIDATION_FAILED where its signature is wrong
     */
    public void attest(Attestation attestation) {
        PlanRecord record = open(attestation.plan());
        same("attestation.ruleSet", attestation.ruleSet(), record.plan().to().id());
        same("attestation.selfTest", attestation.selfTest(), record.plan().selfTest());
        ValidatorSet.Member member = validators()
                .member(attestation.validator())
                .orElseThrow(() -> PoSException.outOfRange(
                        PoSError.INVALID_VALIDATOR,
                        "attestation.validator",
                        attestation.validator(),
                        "a validator that votes"));
        if (record.attested().contains(attestation.validator())) {
            throw refuse("attestation.validator", attestation.validator(), "one that has not attested this plan yet");
        }
        if (!block.scheme()
                .verify(member.key(), attestation.signBytes(block.chain().chainId()), attestation.signature())) {
            throw PoSException.outOfRange(
                    PoSError.SECURITY_VALIDATION_FAILED,
                    "attestation.signature",
                    attestation.signature(),
                    "the signature of the consensus key of " + attestation.validator());
        }
        TreeSet<Address> attested = new TreeSet<>(record.attested());
        if (attested.size() >= ValidatorSet.MAX_MEMBERS) {
            // over many epochs more validators may have come and gone than a record can name
            attested.removeIf(address -> !validators().contains(address));
        }
        attested.add(attestation.validator());
        List<Address> all = new ArrayList<>(attested);
        state.set(
                Keys.PLAN,
                record.with(all, readyPower(all, validators()), validators().totalPower()));
    }

    /** Takes {@code plan} back. @throws PoSException where it does not wait, or is not the sender's */
    public void cancel(Address sender, Hash plan) {
        PlanRecord record = open(plan);
        if (!record.proposer().equals(sender)) {
            throw PoSException.outOfRange(
                    PoSError.SECURITY_VALIDATION_FAILED,
                    "sender",
                    sender,
                    record.proposer() + ", who proposed the plan");
        }
        new PlanArchive(state).close(record.with(PlanStatus.CANCELLED, block.height()));
    }

    /** The power that {@code attested} have in {@code validators}. */
    static long readyPower(List<Address> attested, ValidatorSet validators) {
        long power = 0;
        for (Address address : attested) {
            power = Amounts.add(power, validators.power(address));
        }
        return power;
    }

    /** Whether {@code ready} is at least the part {@code least} of {@code total}. */
    static boolean isEnough(long ready, long total, Rate least) {
        return BigInteger.valueOf(ready)
                        .multiply(BigInteger.valueOf(Rate.WHOLE))
                        .compareTo(BigInteger.valueOf(total).multiply(BigInteger.valueOf(least.ppm())))
                >= 0;
    }

    private void check(RulePlan plan) {
        // what cannot be read back must not be written
        RulePlan.decode(plan.encode());
        Hash id = plan.id();
        if (new PlanArchive(state).holds(id)
                || state.get(Keys.PLAN)
                        .filter(record -> record.plan().id().equals(id))
                        .isPresent()) {
            // whoever attested it then would be held to it now
            throw refuse("plan", id, "one that neither waits nor was settled");
        }
        RuleSet active = state.the(Keys.rules(block.epoch()));
        same("plan.from", plan.from(), active.id());
        if (plan.to().equals(active)) {
            throw refuse("plan.to", plan.to().id(), "another rule set than the active one");
        }
        Rate ready = plan.leastReady();
        if (ready.compareTo(RulePlan.LEAST_READY) < 0) {
            throw refuse("plan.leastReady", ready, RulePlan.LEAST_READY + " to 100%");
        }
        range("plan.gateEpoch", plan.gateEpoch(), block.epoch(), block.epoch() + RulePlan.MAX_EPOCHS_AHEAD);
        range(
                "plan.activationEpoch",
                plan.activationEpoch(),
                plan.gateEpoch() + 1,
                block.epoch() + RulePlan.MAX_EPOCHS_AHEAD + 1);
        if (state.get(Keys.ruleSet(plan.fallback())).isEmpty()) {
            throw refuse("plan.fallback", plan.fallback(), "the id of a rule set that judged this chain");
        }
        if (plan.fallback().equals(plan.to().id())) {
            throw refuse("plan.fallback", plan.fallback(), "another rule set than plan.to");
        }
    }

    private PlanRecord open(Hash plan) {
        PlanRecord record = state.get(Keys.PLAN)
                .orElseThrow(() -> refuse("plan", plan, "the id of a plan that waits, and none does"));
        same("plan", plan, record.plan().id());
        if (record.status() != PlanStatus.PROPOSED) {
            throw refuse("plan", plan, "before its gate; it passed the gate at height " + record.statusHeight());
        }
        return record;
    }

    private ValidatorSet validators() {
        return state.the(Keys.set(block.epoch()));
    }

    private static void same(String field, Object value, Object expected) {
        if (!value.equals(expected)) {
            throw refuse(field, value, expected.toString());
        }
    }

    private static void range(String field, long value, long least, long most) {
        if (value < least || value > most) {
            throw refuse(field, value, least + " to " + most);
        }
    }

    private static PoSException refuse(String field, Object value, String range) {
        return PoSException.outOfRange(PoSError.CONSENSUS_STATE_UPDATE_FAILED, field, value, range);
    }
}
