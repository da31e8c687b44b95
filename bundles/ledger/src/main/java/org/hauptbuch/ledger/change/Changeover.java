package org.hauptbuch.ledger.change;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hauptbuch.api.block.RollbackCertificate;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.plan.PlanRecord;
import org.hauptbuch.api.plan.PlanStatus;
import org.hauptbuch.api.plan.RulePlan;
import org.hauptbuch.api.rule.MigratingRule;
import org.hauptbuch.api.rule.RuleRef;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.ledger.block.BlockContext;
import org.hauptbuch.ledger.block.Rules;
import org.hauptbuch.ledger.state.Fallback;
import org.hauptbuch.ledger.state.Key;
import org.hauptbuch.ledger.state.Keys;
import org.hauptbuch.ledger.state.Overlay;
import org.hauptbuch.ledger.state.RolledBack;

/**
 * The switch from one rule set to the next. The end of an epoch only names the set that judges from then on; what rules
 * remembered changes hands with the first block under the new set, so that going back at that block finds everything as
 * it was.
 */
public final class Changeover {
    private final BlockContext block;
    private final Overlay state;

    /** The switch as {@code block} sees it. */
    public Changeover(BlockContext block) {
        this.block = block;
        this.state = block.state();
    }

    /** Counts the plan's stake where this epoch is its gate, and names the rule set of the next epoch. */
    public void endEpoch() {
        long next = block.epoch() + 1;
        RuleSet current = state.the(Keys.rules(block.epoch()));
        state.get(Keys.PLAN)
                .filter(record ->
                        record.status() == PlanStatus.PROPOSED && record.plan().gateEpoch() == block.epoch())
                .ifPresent(this::gate);
        Optional<PlanRecord> due = state.get(Keys.PLAN)
                .filter(record ->
                        record.status() == PlanStatus.READY && record.plan().activationEpoch() == next);
        // long after the gate others may vote than those who attested
        due.filter(record -> !isCarried(record))
                .ifPresent(record -> new PlanArchive(state).close(record.with(PlanStatus.EXPIRED, block.height())));
        due = due.filter(this::isCarried);
        state.set(Keys.rules(next), due.map(record -> record.plan().to()).orElse(current));
        due.ifPresent(this::activate);
    }

    private boolean isCarried(PlanRecord record) {
        ValidatorSet voters = state.the(Keys.set(block.epoch() + 1));
        return Plans.isEnough(Plans.readyPower(record.attested(), voters), voters.totalPower(), RulePlan.LEAST_READY);
    }

    /**
     * Before anything else of a block: goes back where {@code rollback} says so, and hands over what rules remembered
     * where this block is the first under its rule set.
     *
     * @throws PoSException INVALID_BLOCK where {@code rollback} is not for this height, these rule sets and a quorum;
     *     CONSENSUS_STATE_UPDATE_FAILED where it is and the rules that judge here are not those of the fallback
     */
    public void begin(Optional<RollbackCertificate> rollback) {
        Optional<RuleSet> before = firstOfEpoch() ? state.get(Keys.rules(block.epoch() - 1)) : Optional.empty();
        if (rollback.isPresent()) {
            goBack(rollback.get(), before);
        } else {
            before.ifPresent(set -> handOver(set, state.the(Keys.rules(block.epoch()))));
        }
    }

    private void gate(PlanRecord record) {
        RulePlan plan = record.plan();
        // who will vote under the new rules, as far as it is known
        ValidatorSet voters = state.the(Keys.set(block.epoch() + 1));
        long ready = Plans.readyPower(record.attested(), voters);
        PlanRecord counted = record.with(record.attested(), ready, voters.totalPower());
        if (Plans.isEnough(ready, voters.totalPower(), plan.leastReady())) {
            state.set(Keys.PLAN, counted.with(PlanStatus.READY, block.height()));
        } else {
            new PlanArchive(state).close(counted.with(PlanStatus.EXPIRED, block.height()));
        }
    }

    private void activate(PlanRecord record) {
        RulePlan plan = record.plan();
        long number = new PlanArchive(state).close(record.with(PlanStatus.ACTIVE, block.height()));
        state.set(Keys.ruleSet(plan.to().id()), plan.to());
        state.set(Keys.FALLBACK, new Fallback(plan.fallback(), number, block.height() + 1));
    }

    private void goBack(RollbackCertificate rollback, Optional<RuleSet> before) {
        RuleSet left = state.the(Keys.rules(block.epoch()));
        Fallback fallback = state.get(Keys.FALLBACK)
                .orElseThrow(() -> refuse("rollback", rollback.to(), "absent: there is no rule set to go back to"));
        same("rollback.height", rollback.height(), block.height());
        same("rollback.from", rollback.from(), left.id());
        same("rollback.to", rollback.to(), fallback.set());
        try {
            rollback.verify(block.chain().chainId(), state.the(Keys.set(block.epoch())), block.scheme());
        } catch (PoSException e) {
            throw new PoSException(PoSError.INVALID_BLOCK, e.getMessage(), e);
        }
        RuleSet target = state.the(Keys.ruleSet(fallback.set()));
        RuleSet judging = block.rules().generation().set();
        if (!judging.equals(target)) {
            throw PoSException.outOfRange(
                    PoSError.CONSENSUS_STATE_UPDATE_FAILED,
                    "rule set of height " + block.height(),
                    judging.id(),
                    target.id().toString());
        }
        state.set(Keys.rolledBack(block.epoch()), new RolledBack(block.height(), left));
        state.set(Keys.rules(block.epoch()), target);
        state.remove(Keys.FALLBACK);
        state.get(Keys.settledPlan(fallback.plan()))
                .ifPresent(record -> state.set(
                        Keys.settledPlan(fallback.plan()), record.with(PlanStatus.ROLLED_BACK, block.height())));
        // a plan that waits was made for the set that is left
        state.get(Keys.PLAN)
                .ifPresent(waiting -> new PlanArchive(state).close(waiting.with(PlanStatus.EXPIRED, block.height())));
        // at the first height of the set that is left, nothing has been handed to it yet
        handOver(before.filter(set -> block.height() == fallback.firstHeight()).orElse(left), target);
    }

    private void handOver(RuleSet before, RuleSet after) {
        for (RuleRef old : before.rules()) {
            Optional<RuleRef> successor = after.find(old.id());
            if (successor.isEmpty()) {
                // a rule that is gone leaves nothing behind: should it come back, it begins anew
                replace(old.id(), Collections.emptySortedMap());
            } else if (!successor.get().equals(old)
                    && block.rules().rule(successor.get()) instanceof MigratingRule migrating) {
                SortedMap<Bytes, Bytes> memory = memoryOf(old.id());
                replace(old.id(), block.rules().must(old.id(), () -> copy(migrating.migrate(old, memory))));
            }
        }
    }

    private SortedMap<Bytes, Bytes> memoryOf(String ruleId) {
        var prefix = Keys.memory(ruleId);
        SortedMap<Bytes, Bytes> memory = new TreeMap<>();
        state.entries(prefix)
                .forEach((key, value) -> memory.put(
                        Bytes.of(
                                key.toArray(),
                                prefix.bytes().length(),
                                key.length() - prefix.bytes().length()),
                        value));
        return memory;
    }

    /** The rule's map may be of its own making: all that it could throw, it throws here. */
    private static SortedMap<Bytes, Bytes> copy(SortedMap<Bytes, Bytes> answer) {
        SortedMap<Bytes, Bytes> copy = new TreeMap<>();
        answer.forEach((key, value) -> copy.put(key, Objects.requireNonNull(value, "a value is null")));
        return copy;
    }

    private void replace(String ruleId, SortedMap<Bytes, Bytes> memory) {
        var prefix = Keys.memory(ruleId);
        List.copyOf(state.entries(prefix).keySet()).forEach(key -> state.remove(new Key<>(key, prefix.codec())));
        memory.forEach((key, value) -> {
            Rules.checkMemory(ruleId, key, value.length());
            state.set(Keys.memory(ruleId, key), value);
        });
    }

    private boolean firstOfEpoch() {
        return block.height() > 1 && block.parameters().endsEpoch(block.height() - 1);
    }

    private static void same(String field, Object value, Object expected) {
        if (!value.equals(expected)) {
            throw refuse(field, value, expected.toString());
        }
    }

    private static PoSException refuse(String field, Object value, String range) {
        return PoSException.outOfRange(PoSError.INVALID_BLOCK, field, value, range);
    }
}
