package org.hauptbuch.node.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.node.chain.CandidateBlock;
import org.hauptbuch.node.chain.ChainStore;
import org.hauptbuch.node.core.Peers.Peer;
import org.hauptbuch.node.wire.SnapshotMessage;
import org.hauptbuch.node.wire.WireMessage;

/** Answers peers that ask for blocks, also while the node is halted. Belongs to the loop. */
final class BlockServer {
    /** An answer holds one block, and more only while they are small together. */
    private static final int MAX_BYTES = 4 << 20;

    /** What an answer costs whatever is in it. */
    private static final int LEAST_COST = 1 << 18;

    private final ChainStore chain;
    private final Parts parts;

    BlockServer(ChainStore chain, Parts parts) {
        this.chain = chain;
        this.parts = parts;
    }

    /** Final blocks with their certificates. */
    void blocks(Peer peer, WireMessage.GetBlocks asked) {
        if (!isAffordable(peer)) {
            return;
        }
        long earliest = chain.earliest();
        if (asked.from() < earliest) {
            parts.outbox().send(peer.name, new WireMessage.Snapshots(new SnapshotMessage.Earliest(earliest)));
            return;
        }
        List<WireMessage.Certified> blocks = new ArrayList<>();
        long bytes = 0;
        int count = Math.min(asked.count(), WireMessage.MAX_BLOCKS);
        for (int i = 0; i < count && asked.from() <= Long.MAX_VALUE - i; i++) {
            Optional<Bytes> block = chain.encodedBlock(asked.from() + i);
            Optional<Certificate> certificate = chain.certificate(asked.from() + i);
            if (block.isEmpty() || certificate.isEmpty()) {
                break;
            }
            bytes += block.get().length();
            if (!blocks.isEmpty() && bytes > MAX_BYTES) {
                break;
            }
            blocks.add(new WireMessage.Certified(block.get(), certificate.get()));
        }
        peer.blocks.charge(bytes);
        parts.outbox().send(peer.name, new WireMessage.Blocks(asked.from(), blocks));
    }

    /** A block that is being decided, or was. */
    void candidate(Peer peer, WireMessage.GetCandidate asked, Optional<HeightDriver> driver) {
        if (!isAffordable(peer)) {
            return;
        }
        Optional<Bytes> block = driver.filter(d -> d.context().height() == asked.height())
                .flatMap(d -> d.candidates().get(asked.hash()))
                .map(CandidateBlock::encoded)
                .or(() -> chain.heightOf(asked.hash()).flatMap(chain::encodedBlock));
        block.ifPresent(encoded -> {
            peer.blocks.charge(encoded.length());
            parts.outbox().send(peer.name, new WireMessage.Candidate(asked.height(), encoded));
        });
    }

    private boolean isAffordable(Peer peer) {
        return parts.peers().spend(peer, peer.blocks, LEAST_COST, "requests for blocks");
    }
}
