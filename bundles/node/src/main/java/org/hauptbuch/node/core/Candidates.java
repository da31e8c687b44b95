package org.hauptbuch.node.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.hauptbuch.api.block.Proposal;
import org.hauptbuch.api.finality.Message;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.node.block.BlockContext;
import org.hauptbuch.node.chain.CandidateBlock;
import org.hauptbuch.node.wire.WireMessage;

/** The blocks that are offered at one height, and the fetching of those that are missing. Belongs to the loop. */
final class Candidates {
    /** Blocks of one proposer in one round that are kept: two prove that it contradicts itself. */
    private static final int MAX_OF_ONE_OFFER = 2;

    private static final int MAX_OFFERS = 16;

    /** Of the proposers of one round, where they are drawn in private, the blocks of the best so many are kept unasked. */
    private static final int MAX_BETTER = 3;

    private static final int MAX_BLOCKS = 64;
    private static final int MAX_WANTED = 8;
    private static final long MIN_RETRY_MILLIS = 100;

    private final Parts parts;
    private final BlockContext context;
    private final Consumer<CandidateBlock> arrived;
    private final Map<Hash, CandidateBlock> blocks = new LinkedHashMap<>();
    private final Map<Hash, List<Proposal>> proposals = new HashMap<>();
    private final Map<Slot, Integer> offers = new HashMap<>();
    private final Map<Slot, Long> ranks = new HashMap<>();
    private final Map<Hash, Wanted> wanted = new LinkedHashMap<>();

    private record Slot(int round, Address proposer) {
        private static Slot of(Proposal proposal) {
            return new Slot(proposal.round(), proposal.proposer());
        }
    }

    private static final class Wanted {
        private int attempts;
        private Cancellable retry;
    }

    /** The candidates of one height; a block that was fetched is handed to {@code arrived}. */
    Candidates(Parts parts, BlockContext context, Consumer<CandidateBlock> arrived) {
        this.parts = parts;
        this.context = context;
        this.arrived = arrived;
    }

    Optional<CandidateBlock> get(Hash hash) {
        return Optional.ofNullable(blocks.get(hash));
    }

    void add(CandidateBlock block) {
        if (blocks.size() < MAX_BLOCKS || wanted.containsKey(block.hash())) {
            blocks.putIfAbsent(block.hash(), block.proving(context.rollback()));
        }
    }

    /** Whether a block of this verified offer is to be kept. */
    boolean wants(Proposal proposal) {
        return wanted.containsKey(proposal.block()) || offers.getOrDefault(Slot.of(proposal), 0) < MAX_OF_ONE_OFFER;
    }

    /** Whether an offer of this rank is among the best of its round, so that its block is kept before a quorum asks. */
    boolean isAmongTheBest(Proposal proposal, long rank) {
        return isWanted(proposal.block())
                || ranks.entrySet().stream()
                                .filter(other -> other.getKey().round() == proposal.round() && other.getValue() < rank)
                                .count()
                        < MAX_BETTER;
    }

    /** Whether a proposer has offered more in this round than it can have meant. */
    boolean isFlooded(Proposal proposal) {
        return offers.getOrDefault(Slot.of(proposal), 0) >= MAX_OFFERS;
    }

    /** Notes a verified offer. */
    void offered(Message.Offer offer) {
        Proposal proposal = offer.proposal();
        ranks.put(Slot.of(proposal), offer.rank());
        List<Proposal> same = proposals.computeIfAbsent(proposal.block(), unused -> new ArrayList<>());
        if (same.size() < MAX_BLOCKS && !same.contains(proposal)) {
            same.add(proposal);
            offers.merge(Slot.of(proposal), 1, Integer::sum);
        }
    }

    /** The offers of a block. */
    List<Proposal> proposals(Hash block) {
        return proposals.getOrDefault(block, List.of());
    }

    /** Whether the block is being fetched. */
    boolean isWanted(Hash hash) {
        return wanted.containsKey(hash);
    }

    /** Fetches a block from one peer after the other. */
    void fetch(Hash hash) {
        if (!wanted.containsKey(hash) && wanted.size() < MAX_WANTED) {
            wanted.put(hash, new Wanted());
            ask(hash);
        }
    }

    /** Takes a block that a peer sent, if it was asked for. */
    boolean take(CandidateBlock block) {
        Wanted entry = wanted.get(block.hash());
        if (entry == null) {
            return false;
        }
        add(block);
        wanted.remove(block.hash());
        entry.retry.cancel();
        arrived.accept(block.proving(context.rollback()));
        return true;
    }

    void close() {
        wanted.values().forEach(entry -> entry.retry.cancel());
        wanted.clear();
    }

    /** A message as it travels; an offer with its block where {@code withBlock} and the block is here. */
    WireMessage toWire(Message message, boolean withBlock) {
        if (message instanceof Message.Ballot ballot) {
            return new WireMessage.Votes(List.of(ballot.vote()));
        }
        Message.Offer offer = (Message.Offer) message;
        return new WireMessage.Offer(
                offer.proposal(),
                offer.proofOfLock(),
                offer.credential(),
                withBlock ? get(offer.proposal().block()).map(CandidateBlock::encoded) : Optional.empty());
    }

    private void ask(Hash hash) {
        Wanted entry = wanted.get(hash);
        if (entry == null) {
            return;
        }
        List<Peers.Peer> peers = parts.peers().connected();
        if (!peers.isEmpty()) {
            String peer = peers.get(entry.attempts++ % peers.size()).name;
            parts.outbox().send(peer, new WireMessage.GetCandidate(context.height(), hash));
        }
        long delay = Math.max(MIN_RETRY_MILLIS, context.parameters().blockTimeMillis() / 4);
        entry.retry = parts.environment().arm(delay, () -> ask(hash));
    }
}
