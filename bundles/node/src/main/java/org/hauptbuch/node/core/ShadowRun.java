package org.hauptbuch.node.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.hauptbuch.api.block.BlockHeader;
import org.hauptbuch.api.chain.ChainParameters;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.generation.Generation;
import org.hauptbuch.api.node.ShadowReport;
import org.hauptbuch.api.node.ShadowReport.Difference;
import org.hauptbuch.api.plan.PlanRecord;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.selection.PrivateSchedule;
import org.hauptbuch.api.selection.PublicSchedule;
import org.hauptbuch.api.selection.Schedule;
import org.hauptbuch.api.tx.Receipt;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.ledger.BlockInput;
import org.hauptbuch.ledger.Execution;
import org.hauptbuch.ledger.Ledger;
import org.hauptbuch.ledger.LedgerView;
import org.hauptbuch.ledger.StateReader;
import org.hauptbuch.node.block.BlockContext;
import org.hauptbuch.node.block.RuleCalls;
import org.hauptbuch.node.block.RuleFailedException;
import org.hauptbuch.node.chain.PriorState;
import org.hauptbuch.rules.RuleCatalogue;

/**
 * Executes live blocks under the rule set of the plan that waits, beside the active one, and throws the results away:
 * what differs is reported, what fails keeps this node from attesting. That is of use until the gate, so it ends with
 * the block before the gate's: the {@link #BLOCKS} before that one are compared, and of those further off the last of
 * each epoch, where rewards are paid and validators chosen. A block is compared in a step of its own, when it is
 * committed and the next height has begun: nobody waits for it. Belongs to the loop; {@link #report()} from any thread.
 */
final class ShadowRun {
    /** Enough to see every transaction of a busy chain and every proposer of a small one; a plan may be far off. */
    static final int BLOCKS = 64;

    private static final int MAX_REPORTED = 100;
    private static final int MAX_PROBLEMS = 10;

    private final RuleCatalogue catalogue;
    private final RuleCalls calls;
    private final SignatureScheme scheme;
    private final Ledger ledger;
    private final StateReader state;
    private final ChainParameters parameters;
    private final List<Difference> differences = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private Optional<RuleSet> target = Optional.empty();
    private long first;
    private long gate;
    private Generation generation;
    /** The block that is to be compared. */
    private Observed observed;
    /** Of {@link #generation}, for one epoch. */
    private Schedule schedule;

    private long scheduleEpoch;
    private boolean saidThatKindsDiffer;
    private long blocks;
    private volatile Optional<ShadowReport> report = Optional.empty();

    private record Observed(BlockContext context, BlockInput input, Execution actual, StateReader state) {}

    ShadowRun(
            RuleCatalogue catalogue,
            RuleCalls calls,
            SignatureScheme scheme,
            Ledger ledger,
            StateReader state,
            ChainParameters parameters) {
        this.catalogue = catalogue;
        this.calls = calls;
        this.scheme = scheme;
        this.ledger = ledger;
        this.state = state;
        this.parameters = parameters;
    }

    /** What it found so far; empty where no plan waits or its code is not here. */
    Optional<ShadowReport> report() {
        return report;
    }

    /** Follows the plan that waits. */
    void follow(Optional<PlanRecord> plan) {
        Optional<RuleSet> next = plan.map(record -> record.plan().to());
        if (!next.equals(target)) {
            release();
            target = next;
        }
        plan.ifPresent(record -> {
            gate = parameters.firstHeight(record.plan().gateEpoch() + 1) - 1;
            first = Math.max(record.height() + 1, gate - BLOCKS);
        });
        if (target.isPresent()
                && generation == null
                && problems.isEmpty()
                && catalogue.missing(target.get()).isEmpty()) {
            guarded("the making of the rule set", () -> {
                generation = calls.ask("the shadow's rule set", () -> catalogue.activate(target.get()));
            });
            publish();
        }
    }

    /** A block is about to be committed on the state that it was executed on. */
    void observe(BlockContext context, BlockInput input, Execution actual) {
        observed = generation == null || input.rollback().isPresent() || !isCompared(context.height())
                ? null
                : new Observed(context, input, actual, new PriorState(state, actual.change()));
    }

    /** Whether {@link #compare()} has something to do. */
    boolean isDue() {
        return observed != null;
    }

    /** Compares the block that was observed last, as long as it is the last one. */
    void compare() {
        if (observed == null) {
            return;
        }
        Observed block = observed;
        observed = null;
        long height = block.context.height();
        guarded("block " + height, () -> {
            Execution shadow = execute(block);
            Execution again = execute(block);
            if (!shadow.change().root().equals(again.change().root())) {
                problem("block " + height + " executed twice gives two states: the rules are not deterministic");
            }
            blocks++;
            compare(height, block.actual, shadow);
            compareProposers(block);
        });
        publish();
    }

    private boolean isCompared(long height) {
        return height < gate && (height >= first || parameters.endsEpoch(height));
    }

    /** Lets every rule object go; what was found stays. */
    void letGo() {
        generation = null;
        schedule = null;
        observed = null;
    }

    private void release() {
        target = Optional.empty();
        letGo();
        blocks = 0;
        saidThatKindsDiffer = false;
        differences.clear();
        problems.clear();
        report = Optional.empty();
    }

    private Execution execute(Observed block) {
        return calls.askLedger("the shadow run", () -> ledger.rehearse(block.state, generation, block.input));
    }

    private void compare(long height, Execution actual, Execution shadow) {
        for (int i = 0; i < actual.receipts().size(); i++) {
            Receipt a = actual.receipts().get(i);
            Receipt s = shadow.receipts().get(i);
            if (!a.error().equals(s.error())) {
                different(height, "transaction " + a.transaction().shortHex(), outcome(a), outcome(s));
            }
        }
        if (!actual.slashings().equals(shadow.slashings())) {
            different(
                    height,
                    "penalties",
                    actual.slashings().size() + ": " + actual.slashings(),
                    shadow.slashings().size() + ": " + shadow.slashings());
        }
        Set<Bytes> keys = new TreeSet<>(actual.change().values().keySet());
        keys.addAll(shadow.change().values().keySet());
        long differing = keys.stream()
                .filter(key -> !Objects.equals(
                        actual.change().values().get(key),
                        shadow.change().values().get(key)))
                .count();
        if (differing > 0) {
            different(
                    height,
                    "state, " + differing + " entries",
                    actual.change().root().shortHex(),
                    shadow.change().root().shortHex());
        }
    }

    private void compareProposers(Observed block) {
        BlockContext context = block.context;
        if (schedule == null || scheduleEpoch != context.epoch()) {
            Hash seed = new LedgerView(block.state).seedOf(context.epoch()).orElseThrow();
            long first = parameters.firstHeight(context.epoch());
            schedule = calls.ask(
                    "the shadow's schedule",
                    () -> generation.selection().prepare(context.epoch(), first, context.validators(), seed));
            scheduleEpoch = context.epoch();
        }
        String active = proposer(context.schedule(), context, block.input, context.firstRound());
        String shadow = calls.ask("the shadow's schedule", () -> proposer(schedule, context, block.input, 0));
        // a list and a draw have nothing to compare, block for block: it is said once
        boolean sameKind = (context.schedule() instanceof PublicSchedule) == (schedule instanceof PublicSchedule);
        if (!active.equals(shadow) && (sameKind || !saidThatKindsDiffer)) {
            saidThatKindsDiffer |= !sameKind;
            different(context.height(), "proposer of the first round", active, shadow);
        }
    }

    /** Who proposes in the first round of a block's height; where that is private, what the block's own draw is worth. */
    private String proposer(Schedule asked, BlockContext context, BlockInput input, int firstRound) {
        if (asked instanceof PublicSchedule known) {
            return known.proposer(context.height(), firstRound).toString();
        }
        BlockHeader header = input.header();
        if (!(context.schedule() instanceof PrivateSchedule)) {
            return "private: drawn by each validator for itself";
        }
        Bytes output = scheme.proofOutput(
                        context.validators()
                                .member(header.proposer())
                                .orElseThrow()
                                .key(),
                        context.reveal(header.round()),
                        header.reveal())
                .orElseThrow();
        int round = header.round() - context.firstRound() + firstRound;
        boolean may =
                asked.rank(context.height(), round, header.proposer(), output).isPresent();
        return header.proposer() + (may ? " may" : " may not") + " propose in round " + header.round();
    }

    private void guarded(String what, Runnable work) {
        try {
            work.run();
        } catch (RuleFailedException | PoSException failed) {
            problem(what + ": " + failed.getMessage());
            // a rule that failed once is asked no more
            letGo();
        }
    }

    private void problem(String line) {
        if (problems.size() < MAX_PROBLEMS) {
            problems.add(line);
        }
    }

    private void different(long height, String what, String active, String shadow) {
        if (differences.size() < MAX_REPORTED) {
            differences.add(new Difference(height, what, active, shadow));
        }
    }

    private void publish() {
        report = target.map(set -> new ShadowReport(set.id(), first, blocks, differences, problems));
    }

    private static String outcome(Receipt receipt) {
        return receipt.error().map(error -> error + ": " + receipt.detail()).orElse("succeeds");
    }
}
