package org.hauptbuch.node.service;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.hauptbuch.api.block.Block;
import org.hauptbuch.api.block.Checkpoint;
import org.hauptbuch.api.chain.ChainParameters;
import org.hauptbuch.api.chain.Delegation;
import org.hauptbuch.api.chain.Pool;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.generation.Generation;
import org.hauptbuch.api.node.AccountProof;
import org.hauptbuch.api.node.AvailableRule;
import org.hauptbuch.api.node.CheckpointView;
import org.hauptbuch.api.node.DelegationView;
import org.hauptbuch.api.node.NodeStatus;
import org.hauptbuch.api.node.Randomness;
import org.hauptbuch.api.node.TransactionView;
import org.hauptbuch.api.plan.PlanRecord;
import org.hauptbuch.api.proof.StateProof;
import org.hauptbuch.api.rule.RuleRef;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.tx.Receipt;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.ledger.EpochDelay;
import org.hauptbuch.ledger.Genesis;
import org.hauptbuch.ledger.Ledger;
import org.hauptbuch.ledger.LedgerView;
import org.hauptbuch.node.chain.ChainStore;
import org.hauptbuch.node.chain.SnapshotStore;
import org.hauptbuch.node.chain.StoreReader;
import org.hauptbuch.node.chain.Tip;
import org.hauptbuch.node.core.DelayProgress;
import org.hauptbuch.node.core.NodeState;
import org.hauptbuch.node.core.Snapshot;
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
     * Where the node {@code name} stands.
     *
     * @param running what it publishes, where it runs
     * @param validator whom it would sign for
     */
    NodeStatus status(String name, Optional<Snapshot> running, Supplier<Optional<Address>> validator) {
        Tip tip = running.map(
                        s -> new Tip(s.finalizedHeight(), s.finalizedHash(), s.finalizedTimeMillis(), s.stateRoot()))
                .or(chain::tip)
                .orElseGet(() -> new Tip(0, genesis.hash(), genesis.timeMillis(), Hash.ZERO));
        long height = tip.height() + 1;
        return new NodeStatus(
                name,
                running.isPresent(),
                genesis.chainId(),
                height,
                running.map(Snapshot::round).orElse(0),
                running.map(Snapshot::step).orElse("stopped"),
                tip.height(),
                tip.hash(),
                tip.timeMillis(),
                tip.stateRoot(),
                genesis.parameters().epochOf(height),
                running.map(Snapshot::ruleSetId).orElseGet(() -> activeRules().id()),
                running.flatMap(Snapshot::validator).or(validator),
                running.filter(s -> s.state() == NodeState.VALIDATING).isPresent(),
                running.flatMap(Snapshot::halt),
                running.map(Snapshot::peers).orElse(List.of()),
                running.map(Snapshot::poolTransactions).orElse(0));
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

    /**
     * What {@code question} answers with the rules that are active, or where none are, with such as are made for the
     * moment.
     *
     * @throws PoSException CONSENSUS_STATE_UPDATE_FAILED, in one line, where a rule is not available here or fails
     */
    private <T> T withRules(Optional<Generation> active, Function<Generation, T> question) {
        RuleSet set = activeRules();
        List<RuleRef> missing = catalogue.missing(set);
        if (!missing.isEmpty()) {
            throw new PoSException(
                    PoSError.CONSENSUS_STATE_UPDATE_FAILED,
                    "this cannot be said without rule "
                            + missing.stream()
                                    .map(ref -> ref.id() + " " + ref.version() + " (SHA-256 " + ref.digest() + ")")
                                    .collect(Collectors.joining(" and "))
                            + ", which is not available here");
        }
        try {
            return question.apply(active.orElseGet(() -> catalogue.activate(set)));
        } catch (PoSException e) {
            throw e;
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            // a rule's bundle may go while it answers
            throw new PoSException(
                    PoSError.CONSENSUS_STATE_UPDATE_FAILED,
                    "a rule failed when it was asked: "
                            + e.toString().lines().findFirst().orElse(""),
                    e);
        }
    }

    /** The randomness of the next block's epoch; empty where there is no state yet. */
    Optional<Randomness> randomness(Optional<DelayProgress> progress) {
        return ask(
                view -> {
                    long epoch = view.epoch();
                    boolean stretched = epoch > 1
                            && view.delayOf(epoch - 1).filter(EpochDelay::isDue).isPresent();
                    return Optional.of(new Randomness(
                            epoch, view.seed(), stretched, view.delay().map(delay -> described(delay, progress))));
                },
                Optional::empty);
    }

    private static Randomness.Delay described(EpochDelay delay, Optional<DelayProgress> progress) {
        Optional<DelayProgress> mine = progress.filter(known -> known.task().equals(delay.task()));
        return new Randomness.Delay(
                delay.task().iterations(),
                delay.task().bits(),
                delay.height(),
                mine.isPresent(),
                mine.map(DelayProgress::done).orElse(0L),
                mine.map(DelayProgress::ready).orElse(false));
    }

    /** The last blocks of the last epochs, newest first. */
    List<CheckpointView> checkpoints(int most) {
        SnapshotStore snapshots = new SnapshotStore(chain.store());
        ChainParameters parameters = genesis.parameters();
        long epochs = chain.tip().map(Tip::height).orElse(0L) / parameters.epochLength();
        return LongStream.iterate(epochs * parameters.epochLength(), h -> h > 0, h -> h - parameters.epochLength())
                .limit(most)
                .mapToObj(chain::checkpoint)
                .takeWhile(Optional::isPresent)
                .map(Optional::get)
                .map(tip -> new CheckpointView(
                        new Checkpoint(tip.height(), tip.hash()),
                        parameters.epochOf(tip.height()),
                        tip.timeMillis(),
                        tip.height() >= chain.earliest(),
                        snapshots.at(tip.height()).isPresent()))
                .toList();
    }

    RuleSet activeRules() {
        return ask(LedgerView::ruleSet, genesis::rules);
    }

    Optional<RuleSet> nextRules() {
        return ask(LedgerView::nextRuleSet, Optional::empty);
    }

    /** A rule set that judges, or judged, this chain. */
    Optional<RuleSet> ruleSet(Hash id) {
        return id.equals(genesis.rules().id())
                ? Optional.of(genesis.rules())
                : ask(view -> view.ruleSet(id), Optional::<RuleSet>empty).or(() -> chain.ruleSet(id));
    }

    /** As {@link org.hauptbuch.api.node.NodeService#namedJars}. */
    SortedMap<Hash, String> namedJars() {
        SortedMap<Hash, String> named = new TreeMap<>();
        name(named, activeRules(), "it judges the next block");
        ask(LedgerView::plan, Optional::<PlanRecord>empty).map(PlanRecord::plan).ifPresent(plan -> {
            name(named, plan.to(), "plan " + plan.id().shortHex() + " waits to activate it");
            ruleSet(plan.fallback())
                    .ifPresent(set -> name(named, set, "plan " + plan.id().shortHex() + " would fall back to it"));
        });
        ask(LedgerView::fallback, Optional::<RuleSet>empty)
                .ifPresent(set -> name(named, set, "validators may go back to it"));
        name(named, genesis.rules(), "the genesis names it");
        chain.ruleSets().forEach(set -> name(named, set, "it judged blocks that are kept"));
        return named;
    }

    private static void name(SortedMap<Hash, String> named, RuleSet set, String why) {
        set.rules().forEach(ref -> named.putIfAbsent(ref.digest(), why));
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
        return ask(view -> worths(view, select.apply(view), active), List::of);
    }

    AccountProof accountProof(Address address) {
        return ask(
                view -> {
                    Tip tip = chain.tip().orElseThrow();
                    StateProof proof = ledger.prove(state, LedgerView.accountKey(address));
                    if (!proof.verify(tip.stateRoot())) {
                        throw new IllegalStateException("the state changed while it was read");
                    }
                    return new AccountProof(tip.height(), tip.stateRoot(), proof);
                },
                () -> {
                    throw new PoSException(
                            PoSError.CONSENSUS_STATE_UPDATE_FAILED, "there is no state to prove anything of yet");
                });
    }

    List<String> brokenInvariants(Optional<Generation> active) {
        return ask(view -> withRules(active, rules -> ledger.brokenInvariants(state, rules)), List::of);
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

    /** Who has no stake needs no rule to hear so. */
    private List<DelegationView> worths(LedgerView view, List<Delegation> delegations, Optional<Generation> active) {
        return delegations.isEmpty()
                ? List.of()
                : withRules(active, rules -> delegations.stream()
                        .map(delegation -> worth(view, delegation, rules))
                        .toList());
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
