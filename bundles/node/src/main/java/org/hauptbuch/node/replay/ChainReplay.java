package org.hauptbuch.node.replay;

import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.hauptbuch.api.block.Block;
import org.hauptbuch.api.block.BlockHeader;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.block.RollbackCertificate;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.crypto.SignedMessage;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.generation.Generation;
import org.hauptbuch.api.node.ReplayReport;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.vdf.DelayFunction;
import org.hauptbuch.ledger.BlockInput;
import org.hauptbuch.ledger.Execution;
import org.hauptbuch.ledger.Genesis;
import org.hauptbuch.ledger.Ledger;
import org.hauptbuch.ledger.LedgerView;
import org.hauptbuch.node.chain.ChainStore;
import org.hauptbuch.node.chain.Tip;
import org.hauptbuch.rules.RuleCatalogue;

/**
 * Executes a stored chain again, from its genesis to its last final block, each block under the rule set that the state
 * before it names, and trusts nothing that is stored: parents, rule sets, certificates, delays, signatures of
 * transactions and state roots are all checked. The state is kept in memory.
 */
public final class ChainReplay {
    private final Genesis genesis;
    private final ChainStore chain;
    private final RuleCatalogue catalogue;
    private final SignatureScheme scheme;
    private final DelayFunction delay;
    private final Ledger ledger;
    private final ReplayState state = new ReplayState();
    private final LedgerView view = new LedgerView(state);
    private Generation rules;
    private long transactions;
    private int ruleSets = 1;

    /** The replay of what is in {@code chain}. */
    public ChainReplay(
            Genesis genesis, ChainStore chain, RuleCatalogue catalogue, SignatureScheme scheme, DelayFunction delay) {
        this.genesis = genesis;
        this.chain = chain;
        this.catalogue = catalogue;
        this.scheme = scheme;
        this.delay = delay;
        this.ledger = new Ledger(scheme, delay);
    }

    /**
     * Runs it once.
     *
     * @param progress is told each height that was right
     * @throws PoSException CONSENSUS_STATE_UPDATE_FAILED where a rule set is not available here, naming every rule that is
     *     missing; INVALID_BLOCK where the stored chain is wrong, naming height, field, value and what is right
     */
    public ReplayReport run(LongConsumer progress) {
        Tip end = chain.tip()
                .orElseThrow(() -> new PoSException(PoSError.INVALID_BLOCK, "there is no chain in the store yet"));
        rules = catalogue.activate(genesis.rules());
        state.apply(ledger.genesis(genesis, rules));
        Hash parent = genesis.hash();
        for (long height = 1; height <= end.height(); height++) {
            Block block = chain.block(height).orElseThrow(missing("block", height));
            Certificate certificate = chain.certificate(height).orElseThrow(missing("certificate", height));
            try {
                replay(height, parent, block, certificate);
            } catch (PoSException wrong) {
                throw wrong.error() == PoSError.CONSENSUS_STATE_UPDATE_FAILED
                        ? wrong
                        : new PoSException(
                                PoSError.INVALID_BLOCK, "height " + height + ": " + wrong.getMessage(), wrong);
            }
            parent = block.hash();
            progress.accept(height);
        }
        return new ReplayReport(end.height(), parent, end.stateRoot(), transactions, ruleSets);
    }

    private void replay(long height, Hash parent, Block block, Certificate certificate) {
        BlockHeader header = block.header();
        same("header.height", header.height(), height);
        same("header.parent", header.parent(), parent);
        RuleSet due = block.rollback().map(this::fallback).orElseGet(view::ruleSet);
        if (!due.equals(rules.set())) {
            rules = catalogue.activate(due);
            ruleSets++;
        }
        same("header.ruleSetId", header.ruleSetId(), due.id());
        same("certificate.height", certificate.height(), height);
        same("certificate.block", certificate.block(), block.hash());
        rules.finality().verifyFinal(certificate, genesis.chainId(), view.validatorSet(), scheme);
        checkDelay(header);
        checkSignatures(block.transactions());
        Execution execution = ledger.execute(state, rules, BlockInput.of(block));
        same("header.stateRoot", header.stateRoot(), execution.change().root());
        state.apply(execution.change());
        transactions += block.transactions().size();
    }

    private RuleSet fallback(RollbackCertificate rollback) {
        return view.fallback()
                .orElseThrow(() -> PoSException.outOfRange(
                        PoSError.INVALID_BLOCK, "rollback", rollback.to(), "absent: there is no fallback"));
    }

    private void checkDelay(BlockHeader header) {
        if (header.delay().length() > 0
                && !view.delay()
                        .map(due -> due.isDue() && delay.verify(due.task(), header.delay()))
                        .orElse(false)) {
            throw PoSException.outOfRange(
                    PoSError.INVALID_BLOCK, "header.delay", "wrong", "the output that is due with its proof");
        }
    }

    private void checkSignatures(List<Transaction> signed) {
        boolean[] right = scheme.verifyAll(signed.stream()
                .map(t -> new SignedMessage(t.sender(), t.signBytes(), t.signature()))
                .toList());
        for (int i = 0; i < right.length; i++) {
            if (!right[i]) {
                throw PoSException.outOfRange(
                        PoSError.INVALID_TRANSACTION,
                        "transaction " + i + " signature",
                        signed.get(i).signature(),
                        "its sender's");
            }
        }
    }

    private static Supplier<PoSException> missing(String what, long height) {
        return () ->
                new PoSException(PoSError.INVALID_BLOCK, "height " + height + ": the " + what + " is not in the store");
    }

    private static void same(String field, Object value, Object expected) {
        if (!value.equals(expected)) {
            throw PoSException.outOfRange(PoSError.INVALID_BLOCK, field, value, expected.toString());
        }
    }
}
