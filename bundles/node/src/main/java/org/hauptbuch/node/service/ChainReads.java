package org.hauptbuch.node.service;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.hauptbuch.api.block.Block;
import org.hauptbuch.api.chain.Delegation;
import org.hauptbuch.api.chain.Pool;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.generation.Generation;
import org.hauptbuch.api.node.AvailableRule;
import org.hauptbuch.api.node.DelegationView;
import org.hauptbuch.api.node.TransactionView;
import org.hauptbuch.api.rule.RuleRef;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.tx.Receipt;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.ledger.Genesis;
import org.hauptbuch.ledger.Ledger;
import org.hauptbuch.ledger.LedgerView;
import org.hauptbuch.node.chain.ChainStore;
import org.hauptbuch.node.chain.StoreReader;
import org.hauptbuch.node.chain.Tip;
import org.hauptbuch.rules.RuleCatalogue;

/** Answers questions about the last final state from the store, on any thread. */
final class ChainReads {
    private static final int MAX_ATTEMPTS = 8;

    private final Genesis genesis;
    private final ChainStore chain;
    private final StoreReader state;
    private final RuleCatalogue catalogue;
    private final Ledger ledger;

    ChainReads(Genesis genesis, ChainStore chain, RuleCatalogue catalogue, Ledger ledger) {
        this.genesis = genesis;
        this.chain = chain;
        this.state = new StoreReader(chain.store());
        this.catalogue = catalogue;
        this.ledger = ledger;
    }

    /**
     * What {@code question} answers of one state: asked again where a block became final meanwhile.
     *
     * @param otherwise the answer while there is no state yet, before the genesis could be made
     */
    <T> T ask(Function<LedgerView, T> question, Supplier<T> otherwise) {
        for (int attempt = 1; ; attempt++) {
            Optional<Tip> before = chain.tip();
            if (before.isEmpty()) {
                return otherwise.get();
            }
            try {
                T answer = question.apply(new LedgerView(state));
                if (attempt == MAX_ATTEMPTS || chain.tip().equals(before)) {
                    return answer;
                }
            } catch (RuntimeException e) {
                // half of one state and half of the next may make no sense together
                if (attempt == MAX_ATTEMPTS || chain.tip().equals(before)) {
                    throw e;
                }
            }
        }
    }

    /** The rules for reading with: those that are active, or where none are, made for the moment. */
    Generation rules(Optional<Generation> active) {
        return active.orElseGet(() -> catalogue.activate(activeRules()));
    }

    RuleSet activeRules() {
        return ask(LedgerView::ruleSet, genesis::rules);
    }

    Optional<RuleSet> nextRules() {
        return ask(LedgerView::nextRuleSet, Optional::empty);
    }

    List<AvailableRule> availableRules() {
        RuleSet active = activeRules();
        Optional<RuleSet> next = nextRules();
        return catalogue.available().stream()
                .map(entry -> new AvailableRule(
                        entry.kind(),
                        entry.id(),
                        entry.version(),
                        entry.digest(),
                        isIn(entry, active),
                        isIn(entry, next.orElse(active)),
                        entry.source()))
                .toList();
    }

    /** The delegations that {@code select} finds, with what they are worth. */
    List<DelegationView> delegations(Function<LedgerView, List<Delegation>> select, Optional<Generation> active) {
        return ask(
                view -> select.apply(view).stream()
                        .map(delegation -> worth(view, delegation, rules(active)))
                        .toList(),
                List::of);
    }

    List<String> brokenInvariants(Optional<Generation> active) {
        return ask(view -> ledger.brokenInvariants(state, rules(active)), List::of);
    }

    /** A transaction in a final block. */
    Optional<TransactionView> finalTransaction(Hash id) {
        return chain.place(id).flatMap(place -> {
            Optional<Block> block = chain.block(place.height());
            List<Receipt> receipts = chain.receipts(place.height());
            return block.filter(b -> place.index() < b.transactions().size())
                    .map(b -> new TransactionView(
                            id,
                            TransactionView.State.FINAL,
                            Optional.of(b.transactions().get(place.index())),
                            receipts.stream()
                                    .filter(r -> r.index() == place.index())
                                    .findFirst()));
        });
    }

    private static DelegationView worth(LedgerView view, Delegation delegation, Generation rules) {
        Pool pool = view.validator(delegation.validator()).map(Validator::pool).orElse(Pool.EMPTY);
        return new DelegationView(
                delegation,
                rules.delegation().tokensFor(pool, delegation.shares()),
                view.rewardsOwed(delegation.delegator(), delegation.validator(), rules));
    }

    private static boolean isIn(RuleCatalogue.Entry entry, RuleSet set) {
        return set.rules().stream().anyMatch((RuleRef ref) -> entry.isCodeOf(ref));
    }
}
