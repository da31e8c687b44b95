package org.hauptbuch.node.core;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hauptbuch.api.block.Proposal;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.slashing.InvalidProposal;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.ledger.Ledger;
import org.hauptbuch.ledger.StateReader;
import org.hauptbuch.node.block.BlockContext;
import org.hauptbuch.node.chain.CandidateBlock;
import org.hauptbuch.node.core.Peers.Peer;
import org.hauptbuch.node.metrics.Metric;
import org.hauptbuch.node.pool.EvidencePool;
import org.hauptbuch.node.wire.WireMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Collects evidence, tells the peers of it, and forgets it once it is of no use. Belongs to the loop. */
final class Accusations {
    private static final Logger LOG = LoggerFactory.getLogger(Accusations.class);

    private static final int MAX_TOLD = 1_000;

    private final Parts parts;
    private final EvidencePool pool;
    private final Ledger ledger;
    private final StateReader state;
    private final Set<Offence> told = new LinkedHashSet<>();

    private record Offence(Address offender, long height) {}

    Accusations(Parts parts, EvidencePool pool, Ledger ledger, StateReader state) {
        this.parts = parts;
        this.pool = pool;
        this.ledger = ledger;
        this.state = state;
    }

    /** Evidence that this node found: it may be about a height that is not final yet. */
    void found(Evidence evidence) {
        if (pool.add(evidence)) {
            parts.metrics().count(Metric.EVIDENCE_FOUND);
            if (isNews(evidence)) {
                LOG.warn(
                        "{}: validator {} is accused: {} at height {}",
                        parts.name(),
                        evidence.offender(),
                        evidence.type(),
                        evidence.height());
            }
            parts.outbox().broadcast(new WireMessage.Accusations(List.of(evidence)));
        }
    }

    /** One offence may be proven by many pairs of messages: it is told once. */
    private boolean isNews(Evidence evidence) {
        if (told.size() >= MAX_TOLD) {
            told.remove(told.iterator().next());
        }
        boolean news = told.add(new Offence(evidence.offender(), evidence.height()));
        if (news) {
            parts.metrics().count(Metric.OFFENCES_FOUND);
        }
        return news;
    }

    /** A block was refused that its proposer signed; an accusation where the slashing conditions find it is one. */
    void refused(BlockContext context, Proposal proposal, CandidateBlock block) {
        Evidence evidence = InvalidProposal.of(proposal, block.block().header());
        if (isAdmissible(context, evidence)) {
            found(evidence);
        }
    }

    /** Evidence that a peer sent: taken only where it would be admitted to a block now, and passed on once. */
    void received(Peer peer, Optional<BlockContext> context, List<Evidence> evidence) {
        for (Evidence one : evidence) {
            if (context.isPresent()
                    && !pool.contains(one.id())
                    && parts.peers().spend(peer, peer.evidence, 1, "evidence")
                    && isAdmissible(context.get(), one)) {
                found(one);
            }
        }
    }

    /** Before the next height: drops what was punished or is too old, and reminds the peers of the rest. */
    void settle(BlockContext context) {
        pool.drop(evidence -> evidence.height() < context.height() && !isAdmissible(context, evidence));
        List<Evidence> rest = pool.pending();
        if (!rest.isEmpty()) {
            List<Evidence> some = rest.subList(0, Math.min(4, rest.size()));
            parts.outbox().broadcast(new WireMessage.Accusations(some));
        }
    }

    private boolean isAdmissible(BlockContext context, Evidence evidence) {
        long timeMillis =
                Math.max(parts.environment().wallMillis(), context.parent().timeMillis() + 1);
        try {
            parts.calls().ask("evidence", () -> {
                ledger.checkEvidence(state, context.rules(), evidence, context.height(), timeMillis);
                return evidence;
            });
            return true;
        } catch (PoSException refused) {
            return false;
        }
    }
}
