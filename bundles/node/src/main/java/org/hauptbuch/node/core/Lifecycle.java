package org.hauptbuch.node.core;

import java.util.List;
import java.util.Optional;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.block.Proposal;
import org.hauptbuch.api.block.RollbackCertificate;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.node.FinalBlock;
import org.hauptbuch.api.rule.RuleRef;
import org.hauptbuch.api.store.Store;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.vdf.DelayFunction;
import org.hauptbuch.ledger.BlockInput;
import org.hauptbuch.ledger.Execution;
import org.hauptbuch.ledger.Genesis;
import org.hauptbuch.ledger.LedgerView;
import org.hauptbuch.node.block.BlockContext;
import org.hauptbuch.node.block.BlockFinalizer;
import org.hauptbuch.node.block.RuleFailedException;
import org.hauptbuch.node.chain.CandidateBlock;
import org.hauptbuch.node.chain.Tip;
import org.hauptbuch.rules.RuleCatalogue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a node does from one final block to the next: makes the rules active that the state names, decides the height or
 * fetches it, commits it; or halts, says why, and goes on when it can. Belongs to the loop.
 */
final class Lifecycle implements HeightDriver.Host, Synchronizer.Host, StateSync.Host, DoppelgangerWatch.Host {
    private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

    private static final long FIRST_DELAY_MILLIS = 1_000;

    private final String name;
    private final Genesis genesis;
    private final NodeListener listener;
    private final RuleCatalogue catalogue;
    private final Assembly the;
    private final StatusGossip gossip;
    private final RuleSupply supply;
    private final OrderedEquivocation equivocations;
    private AutoCloseable subscription;
    private NodeState state = NodeState.STARTING;
    private BlockContext context;
    private Optional<String> halt = Optional.empty();
    private final Retry retry;
    private final HaltAlarm alarm;
    private boolean waitsForRules;
    private boolean begunBefore;
    private boolean asksFirst;

    Lifecycle(
            Settings settings,
            Genesis genesis,
            Store store,
            RuleCatalogue catalogue,
            SignatureScheme scheme,
            DelayFunction delay,
            Environment environment,
            NodeListener listener) {
        this.name = settings.name();
        this.genesis = genesis;
        this.catalogue = catalogue;
        this.listener = listener;
        this.the = new Assembly(settings, genesis, store, catalogue, scheme, delay, environment, this);
        this.retry = new Retry(environment);
        this.alarm = new HaltAlarm(name, environment, the.metrics());
        this.supply = new RuleSupply(the, catalogue, listener);
        this.equivocations = new OrderedEquivocation(the, genesis, name);
        this.gossip = new StatusGossip(the, genesis.parameters().blockTimeMillis());
    }

    Assembly parts() {
        return the;
    }

    StatusGossip gossip() {
        return gossip;
    }

    boolean isStopped() {
        return state == NodeState.STOPPED;
    }

    void start() {
        subscription = catalogue.onChange(() -> the.environment().post(this::rulesChanged));
        if (!the.head().isEmpty()) {
            the.rollbacks().advanced();
            supply.follow(new LedgerView(the.state()));
        }
        switch (the.history().start()) {
            case AT_CHECKPOINT -> {
                state = state.to(NodeState.SYNCING);
                the.history().fetch();
            }
            case HERE -> proceed();
            case REFUSED -> halt(the.history().refusal(), false);
        }
        gossip.start(() -> the.head().tip());
    }

    void stop() {
        retry.cancel();
        letGo();
        the.delays().stop();
        the.watch().stop();
        the.history().stop();
        gossip.stop();
        try {
            if (subscription != null) {
                subscription.close();
            }
        } catch (Exception e) {
            LOG.warn("{}: the rule catalogue does not let go", name, e);
        }
        state = state.to(NodeState.STOPPED);
    }

    /** Halts until the rule answers: another code of it, or another block, may be all that it takes. */
    void ruleFailed(RuleFailedException failed) {
        String why = the.rules().describe(failed, the.head().ruleSet());
        halt(why + "; tries again by itself", false);
        retry.arm(why + "; tries again by itself", this::proceed);
    }

    /** Signs nothing and executes nothing any more; {@code forRules}: until the rules are there. */
    void halt(String why, boolean forRules) {
        the.outbox().discard();
        retry.cancel();
        boolean news = (state != NodeState.HALTED || !halt.equals(Optional.of(why))) && !retry.isRepeated(why);
        boolean starting = forRules && state == NodeState.STARTING;
        letGo();
        halt = Optional.of(why);
        waitsForRules = forRules;
        state = state.to(NodeState.HALTED);
        if (news) {
            alarm.raise(the.head().tip().height() + 1, why, forRules, starting, () -> halt.equals(Optional.of(why)));
        }
    }

    /** At the next height, signs two votes that contradict each other. */
    void equivocate() {
        equivocations.order(validator());
    }

    int round() {
        return the.deliberation().driver().map(HeightDriver::round).orElse(0);
    }

    Snapshot snapshot() {
        return Snapshot.of(state, the, genesis.parameters(), context(), halt);
    }

    @Override
    public Optional<BlockContext> context() {
        return Optional.ofNullable(context);
    }

    @Override
    public Optional<Certificate> parentCertificate() {
        return context().flatMap(BlockContext::parentCertificate);
    }

    @Override
    public void decided(CandidateBlock block, Certificate certificate, Execution execution) {
        the.watch().committed(block.block(), certificate, the.deliberation().own(), true);
        commit(block, certificate, execution);
    }

    @Override
    public void fetched(CandidateBlock block, Certificate certificate, Execution execution) {
        the.watch().committed(block.block(), certificate, the.deliberation().own(), false);
        commit(block, certificate, execution);
    }

    @Override
    public void caughtUp() {
        if (context != null && the.deliberation().driver().isEmpty()) {
            begin();
        }
    }

    @Override
    public boolean canHear() {
        return !the.peers().names().isEmpty()
                || context != null
                        && the.deliberation()
                                .own()
                                .filter(self -> context.validators()
                                        .isQuorum(context.validators().power(self)))
                                .isPresent();
    }

    @Override
    public void heardNobody() {
        if (context != null && the.deliberation().driver().isPresent()) {
            // the height is begun again, by one who votes in it
            the.deliberation().leave();
            begin();
        }
    }

    @Override
    public void begun(Tip tip, CandidateBlock block, Certificate certificate) {
        the.head().advanced(tip, block.block().header(), certificate);
        the.rollbacks().advanced();
        supply.follow(new LedgerView(the.state()));
        the.history().begun(tip);
        asksFirst = true;
        proceed();
    }

    @Override
    public void fallBack() {
        proceed();
    }

    @Override
    public void contradicted(String why) {
        halt(why, false);
    }

    @Override
    public void goBack(RollbackCertificate rollback) {
        the.rollbacks().accept(rollback);
    }

    @Override
    public void rolledBack() {
        if (the.rollbacks().certificate().isEmpty()) {
            // the height became final meanwhile
            return;
        }
        LOG.warn(
                "{}: height {} is returned to rule set {} by more than two thirds of the power",
                name,
                the.head().tip().height() + 1,
                the.rollbacks().certificate().orElseThrow().to().shortHex());
        retry.reset();
        letGo();
        proceed();
    }

    /** Votes to go back at the height that is not final; returns the height. */
    long voteToRollBack() {
        long height = the.rollbacks().vote();
        if (the.rollbacks().isWaiting()) {
            LOG.warn("{}: {}", name, the.rollbacks().describe());
            the.deliberation().leave();
            state = context == null ? state : state.to(NodeState.SYNCING);
        }
        return height;
    }

    @Override
    public void accuse(Evidence evidence) {
        the.accusations().found(evidence);
    }

    @Override
    public void refused(Proposal proposal, CandidateBlock block, PoSException why) {
        the.accusations().refused(context, proposal, block);
    }

    /** From one final block to the next height: the only way there. */
    private void proceed() {
        BlockContext next;
        try {
            next = the.head().next(the.rollbacks().certificate());
        } catch (PoSException e) {
            halt(e.getMessage(), e.error() == PoSError.CONSENSUS_STATE_UPDATE_FAILED);
            supply.need(catalogue.missing(the.head().ruleSet()));
            return;
        }
        context = next;
        halt = Optional.empty();
        waitsForRules = false;
        the.outbox().resume();
        the.accusations().settle(next);
        if (the.synchronizer().isBusy(next.height())) {
            the.deliberation().leave();
            state = state.to(NodeState.SYNCING);
        } else if (retry.hasFailed() || asksFirst) {
            asksFirst = false;
            // what others made final may be over it already; if nobody is ahead, this decides
            the.deliberation().leave();
            state = state.to(NodeState.SYNCING);
            the.synchronizer().ask();
        } else {
            begin();
        }
    }

    private void begin() {
        if (the.rollbacks().isWaiting()) {
            the.deliberation().leave();
            state = state.to(NodeState.SYNCING);
            return;
        }
        long blockTime = context.parameters().blockTimeMillis();
        long due = context.parent().timeMillis() + blockTime - the.environment().wallMillis();
        long delay = Math.min(blockTime, begunBefore ? Math.max(0, due) : FIRST_DELAY_MILLIS);
        begunBefore = true;
        gossip.heightBegins(delay);
        the.delays().follow(context);
        BlockContext begun = context;
        the.timings().begun(begun, delay);
        the.deliberation().enter(begun, delay);
        if (context == begun) {
            state = state.to(validator().isPresent() ? NodeState.VALIDATING : NodeState.FOLLOWING);
            gossip.tell(the.head().tip(), round());
            equivocations.signIfDue(context, validator());
        }
    }

    private void commit(CandidateBlock block, Certificate certificate, Execution execution) {
        if (!the.history().isTrusted(context.height(), block.hash())) {
            halt(the.history().refusal(), false);
            return;
        }
        // what was signed up to here is on disk before its height is final
        the.outbox().flush();
        the.shadow().observe(context, BlockInput.of(block.block()), execution);
        Tip tip = the.finalizer().commit(context, block, certificate, execution);
        the.timings().committed(context, certificate.round());
        the.head().advanced(tip, block.block().header(), certificate);
        the.history().committed(tip);
        LedgerView view = new LedgerView(the.state());
        the.rollbacks().advanced();
        supply.follow(view);
        the.pool().finalized(BlockFinalizer.used(block, execution), tip.height() + 1, view::account);
        if (retry.hasFailed()) {
            LOG.info("{}: the rules answer again, height {} is final", name, tip.height());
            retry.reset();
        }
        listener.onFinal(new FinalBlock(
                block.block(),
                certificate,
                execution.receipts(),
                the.environment().nanoTime()));
        proceed();
        if (the.shadow().isDue()) {
            // in a step of its own: what this one signs and proposes leaves first
            the.environment().post(the.shadow()::compare);
        }
    }

    private void rulesChanged() {
        supply.changed(state == NodeState.HALTED);
        if (state == NodeState.HALTED) {
            if (waitsForRules || retry.isArmed()) {
                retry.reset();
                proceed();
                if (state != NodeState.HALTED) {
                    LOG.info("{}: the rules are there, goes on at height {}", name, context.height());
                }
            }
            return;
        }
        List<RuleRef> withdrawn = the.rules().withdrawn();
        if (!withdrawn.isEmpty()) {
            RuleRef first = withdrawn.get(0);
            halt(
                    "rule " + first.id() + " " + first.version() + " (SHA-256 " + first.digest() + ") was withdrawn",
                    true);
            supply.need(withdrawn);
        } else if (the.rules().isOutdated()) {
            letGo();
            proceed();
        }
    }

    /** Drops every reference to rule objects. */
    private void letGo() {
        the.shadow().letGo();
        the.deliberation().release();
        the.synchronizer().cancel();
        context = null;
        the.executor().clear();
        the.timings().interrupted();
        the.head().release();
    }

    private Optional<Address> validator() {
        return the.deliberation().driver().flatMap(HeightDriver::self);
    }
}
