package org.hauptbuch.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import org.hauptbuch.api.plan.Attestation;
import org.hauptbuch.api.plan.RulePlan;
import org.hauptbuch.api.rule.RuleChange;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.rule.RuleRef;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.ledger.LedgerView;
import org.hauptbuch.rules.RuleCatalogue;

/**
 * Those who run the nodes, and change the rules at random: the protocol of finality above all, also to a rule that fails
 * once it is active. Half of the nodes at most lack a rule that is not of the genesis. Whoever has it attests it; where a
 * rule fails, they vote to go back. One of them may lie.
 */
final class Operators {
    private static final int LEAST_PAUSE_MILLIS = 200;
    private static final int MOST_PAUSE_MILLIS = 2_000;
    private static final String VOTED = "voted to go back to rule set";

    private final Simulation simulation;
    private final SimChain chain;
    private final Random random;
    private final RandomTransactions transactions;
    private final Optional<Liar> liar;
    private final Optional<String> liarsName;
    private boolean done;

    Operators(Simulation simulation, RandomTransactions transactions, Optional<String> liarsName) {
        this.simulation = simulation;
        this.chain = simulation.chain();
        this.random = simulation.random();
        this.transactions = transactions;
        this.liarsName = liarsName;
        this.liar = liarsName.map(simulation::addLiar);
    }

    /** Hands the jars out, and begins. */
    void begin() {
        for (RuleCatalogue.Entry rule : chain.rules().entries()) {
            List<SimNode> nodes = new ArrayList<>(simulation.nodes());
            nodes.forEach(node -> node.keep(rule));
            if (chain.rules().initial().find(rule.id()).isEmpty()) {
                int lacking = 1 + random.nextInt(Math.max(1, chain.validators().size() / 2));
                for (int i = 0; i < lacking; i++) {
                    nodes.remove(random.nextInt(nodes.size())).lose(rule);
                }
            }
        }
        simulation.allowHalts(why -> why.contains("needs rules that are not available here") || isOfFailure(why));
        later(this::propose);
        later(this::look);
    }

    /** They change no more rules, and mean well; what fails they still leave. */
    void rest() {
        done = true;
        liar.ifPresent(Liar::repents);
    }

    /** The validator that lies, if one does. */
    Optional<Liar> liar() {
        return liar;
    }

    private void propose() {
        if (done) {
            return;
        }
        List<SimNode> running = started(node -> true);
        if (!running.isEmpty()) {
            SimNode node = pick(running);
            LedgerView view = node.view();
            RuleSet active = view.ruleSet();
            // what may be gone back to must not fail itself
            if (active.find(FailingRule.ID).isEmpty()) {
                plan(view, active).ifPresent(plan -> submit(node, plan));
            }
        }
        later(this::propose);
    }

    private Optional<RulePlan> plan(LedgerView view, RuleSet active) {
        long gate = view.epoch() + (random.nextInt(8) == 0 ? 1 : 0);
        long activation = gate + 1 + (random.nextInt(8) == 0 ? 1 : 0);
        RuleSet to = active.apply(new RuleChange(RuleChange.Operation.ADOPT, next(active, activation)));
        if (to.equals(active)) {
            return Optional.empty();
        }
        return Optional.of(new RulePlan(
                chain.address(pick(chain.validators())),
                active.id(),
                to,
                random.nextInt(3) == 0 ? RulePlan.DEFAULT_READY : RulePlan.LEAST_READY,
                gate,
                activation,
                active.id(),
                Hash.ZERO));
    }

    private RuleRef next(RuleSet active, long activation) {
        List<RuleRef> choice = chain.rules().alternatives();
        int drawn = random.nextInt(20);
        if (drawn < 10) {
            String protocol = active.only(RuleKind.FINALITY).id();
            choice = choice.stream()
                    .filter(ref -> ref.kind() == RuleKind.FINALITY && !ref.id().equals(protocol))
                    .toList();
        } else if (drawn < 15) {
            long first = chain.genesis().parameters().firstHeight(activation);
            return FailingRule.from(first + random.nextInt(2));
        }
        return choice.get(random.nextInt(choice.size()));
    }

    private void submit(SimNode node, RulePlan plan) {
        liar.ifPresent(it -> it.claims(plan.to()));
        List<Attestation> honest = new ArrayList<>();
        for (String name : chain.validators()) {
            SimNode own = simulation.node(name);
            // the liar has tested nothing, whatever it signs
            if (own.isUp() && own.holds(plan.to()) || Optional.of(name).equals(liarsName)) {
                honest.add(chain.attestation(plan, name));
            }
        }
        boolean together = random.nextInt(3) > 0;
        String proposer = chain.validators().stream()
                .filter(name -> chain.address(name).equals(plan.proposer()))
                .findFirst()
                .orElseThrow();
        send(node, proposer, new Payload.ProposeRules(plan, together ? honest : List.of()));
        if (!together) {
            honest.forEach(word -> later(() -> carry(word)));
        }
        liar.ifPresent(it -> later(() -> {
            if (!done) {
                carry(it.falseAttestation(plan)).ifPresent(simulation.history()::expectRefused);
            }
        }));
    }

    /** Any account may carry an attestation into a block. */
    private Optional<Hash> carry(Attestation attestation) {
        List<SimNode> running = started(node -> true);
        if (running.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(send(pick(running), pick(chain.accounts()), new Payload.AttestRules(attestation)));
    }

    private Hash send(SimNode node, String sender, Payload payload) {
        Transaction transaction = transactions.of(node, sender, payload);
        node.submit(transaction, result -> {});
        return transaction.id();
    }

    /** Where a rule fails at the height that is not final, some vote to go back; in the end all do. */
    private void look() {
        // who has voted waits, and so do the others, who may not even come to where the rule fails
        boolean fails = !started(node ->
                        node.snapshot().halt().filter(Operators::isOfFailure).isPresent())
                .isEmpty();
        if (fails) {
            long stands = simulation.history().height();
            for (SimNode node : started(node -> node.height() == stands)) {
                LedgerView view = node.view();
                if (view.ruleSet().find(FailingRule.ID).isPresent() && random.nextBoolean()) {
                    node.voteToRollBack();
                }
            }
        }
        later(this::look);
    }

    private static boolean isOfFailure(String why) {
        return why.contains("rule " + FailingRule.ID) || why.contains(VOTED);
    }

    private List<SimNode> started(Predicate<SimNode> which) {
        return simulation.running().stream()
                .filter(node -> node.view().height() > 0)
                .filter(which)
                .toList();
    }

    private void later(Runnable task) {
        simulation
                .time()
                .afterMillis(LEAST_PAUSE_MILLIS + random.nextInt(MOST_PAUSE_MILLIS - LEAST_PAUSE_MILLIS), task);
    }

    private <T> T pick(List<T> choice) {
        return choice.get(random.nextInt(choice.size()));
    }
}
