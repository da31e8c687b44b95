package org.hauptbuch.node.core;

import java.util.Optional;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.store.Store;
import org.hauptbuch.api.vdf.DelayFunction;
import org.hauptbuch.ledger.Genesis;
import org.hauptbuch.ledger.Ledger;
import org.hauptbuch.node.block.BlockExecutor;
import org.hauptbuch.node.block.BlockFinalizer;
import org.hauptbuch.node.block.BlockProducer;
import org.hauptbuch.node.block.BlockValidator;
import org.hauptbuch.node.block.RuleCalls;
import org.hauptbuch.node.chain.ChainStore;
import org.hauptbuch.node.chain.StoredState;
import org.hauptbuch.node.metrics.Metrics;
import org.hauptbuch.node.pool.EvidencePool;
import org.hauptbuch.node.pool.TransactionPool;
import org.hauptbuch.node.pool.VerifiedSignatures;
import org.hauptbuch.node.signing.SigningGuard;
import org.hauptbuch.node.signing.SigningRecords;
import org.hauptbuch.rules.RuleCatalogue;

/** The parts of one node, put together. */
final class Assembly {
    private final Environment environment;
    private final Metrics metrics = new Metrics();
    private final StoredState state;
    private final RuleActivation rules;
    private final Head head;
    private final Optional<SigningGuard> guard;
    private final SigningRecords records;
    private final Outbox outbox;
    private final Peers peers;
    private final BlockExecutor executor;
    private final BlockFinalizer finalizer;
    private final TransactionPool pool;
    private final EvidencePool evidence = new EvidencePool();
    private final Accusations accusations;
    private final TransactionGossip transactions;
    private final DoppelgangerWatch watch;
    private final Deliberation deliberation;
    private final Synchronizer synchronizer;
    private final BlockServer server;
    private final Rollbacks rollbacks;
    private final JarExchange jars;
    private final ShadowRun shadow;
    private final BlockTimings timings;
    private final DelayWorker delays;
    private final History history;

    /** The node as its parts see it. */
    <H extends HeightDriver.Host & Synchronizer.Host & StateSync.Host & DoppelgangerWatch.Host> Assembly(
            Settings settings,
            Genesis genesis,
            Store store,
            RuleCatalogue catalogue,
            SignatureScheme scheme,
            DelayFunction delay,
            Environment environment,
            H host) {
        this.environment = environment;
        timings = new BlockTimings(environment);
        ChainStore chain = new ChainStore(store);
        if (genesis.parameters().vdfIterations() > 0 && delay == DelayFunction.NONE) {
            throw new IllegalArgumentException("vdfIterations: "
                    + genesis.parameters().vdfIterations() + ", must be 0 for a node without a delay function");
        }
        Ledger ledger = new Ledger(scheme, delay);
        delays = new DelayWorker(
                settings.name(), environment, delay, settings.key().map(Signer::publicKey));
        state = new StoredState(store);
        RuleCalls calls = new RuleCalls(environment::limited);
        rules = new RuleActivation(catalogue, calls);
        head = new Head(genesis, chain, state, ledger, rules);
        guard = settings.key().map(key -> new SigningGuard(store, genesis.chainId(), key));
        records = new SigningRecords(guard, genesis);
        outbox = new Outbox(environment, guard, metrics);
        peers = new Peers(environment, metrics, settings.name());
        executor = new BlockExecutor(ledger, state, metrics, calls);
        finalizer = new BlockFinalizer(chain, state, executor, guard, metrics);
        pool = new TransactionPool(settings.pool(), genesis.parameters().gas(), metrics);
        VerifiedSignatures verified = new VerifiedSignatures(scheme, metrics);
        Parts parts = new Parts(
                settings.name(),
                environment,
                outbox,
                peers,
                guard,
                scheme,
                new ProductionChecks(peers, store, state),
                new BlockProducer(
                        ledger, state, executor, pool, evidence, context -> delays.ready(context.delay()), metrics),
                new BlockJudge(new BlockValidator(scheme, delay, verified, executor), environment, metrics),
                calls,
                metrics,
                timings);
        accusations = new Accusations(parts, evidence, ledger, state);
        long blockTimeMillis = genesis.parameters().blockTimeMillis();
        transactions = new TransactionGossip(parts, pool, verified, blockTimeMillis, ledger, state, host::context);
        watch = new DoppelgangerWatch(settings, environment, guard, blockTimeMillis, genesis.timeMillis(), host);
        deliberation = new Deliberation(parts, watch, host);
        synchronizer = new Synchronizer(parts, host);
        server = new BlockServer(chain, parts);
        rollbacks = new Rollbacks(parts, genesis.chainId(), state, host::rolledBack);
        jars = new JarExchange(parts);
        StateSync sync = new StateSync(parts, genesis, chain, state, settings.history(), host);
        history = new History(parts, genesis, chain, state, settings.history(), synchronizer, sync);
        shadow = new ShadowRun(catalogue, rules.calls(), scheme, ledger, state, genesis.parameters());
    }

    Environment environment() {
        return environment;
    }

    Metrics metrics() {
        return metrics;
    }

    StoredState state() {
        return state;
    }

    RuleActivation rules() {
        return rules;
    }

    Head head() {
        return head;
    }

    Optional<SigningGuard> guard() {
        return guard;
    }

    SigningRecords records() {
        return records;
    }

    Outbox outbox() {
        return outbox;
    }

    Peers peers() {
        return peers;
    }

    BlockExecutor executor() {
        return executor;
    }

    BlockFinalizer finalizer() {
        return finalizer;
    }

    TransactionPool pool() {
        return pool;
    }

    EvidencePool evidence() {
        return evidence;
    }

    Accusations accusations() {
        return accusations;
    }

    TransactionGossip transactions() {
        return transactions;
    }

    DoppelgangerWatch watch() {
        return watch;
    }

    Deliberation deliberation() {
        return deliberation;
    }

    Synchronizer synchronizer() {
        return synchronizer;
    }

    Rollbacks rollbacks() {
        return rollbacks;
    }

    JarExchange jars() {
        return jars;
    }

    ShadowRun shadow() {
        return shadow;
    }

    BlockTimings timings() {
        return timings;
    }

    DelayWorker delays() {
        return delays;
    }

    History history() {
        return history;
    }

    BlockServer server() {
        return server;
    }
}
