package org.hauptbuch.examples.slashing.emptyblocks;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.chain.Offence;
import org.hauptbuch.api.chain.ValidatorStatus;
import org.hauptbuch.api.codec.Reader;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.rule.ChainView;
import org.hauptbuch.api.slashing.BlockFacts;
import org.hauptbuch.api.slashing.Observation;
import org.hauptbuch.api.slashing.Observation.Remembered;
import org.hauptbuch.api.slashing.SlashingRule;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;

/**
 * A proposer whose last {@code limit} blocks were all empty, although before each of them somebody else found
 * transactions to put into a block, is negligent: it takes the reward and leaves the work to others. On an idle chain
 * all blocks are empty and nothing is counted.
 *
 * <p>A rule keeps no state in fields, not even a cache: all that it remembers goes through {@link Observation} into the
 * chain's state, where every node finds the same, also after a restart or when it replays old blocks.
 */
final class EmptyBlocks implements SlashingRule {
    /** Remembers the height of the last block with transactions. Not 20 bytes long, so it is no proposer's key. */
    private static final Bytes LAST_FULL = Bytes.of("last-full".getBytes(StandardCharsets.US_ASCII));

    private final EmptyBlocksParameters parameters;

    EmptyBlocks(EmptyBlocksParameters parameters) {
        this.parameters = parameters;
    }

    /**
     * What is remembered of a proposer, under its address.
     *
     * @param empty its empty blocks in a row
     * @param height its last block that was counted or full
     */
    private record Streak(int empty, long height) {
        static Streak of(Optional<Bytes> memory) {
            if (memory.isEmpty()) {
                return new Streak(0, 0);
            }
            Reader in = new Reader(memory.get(), PoSError.SLASHING_DETECTION_FAILED);
            return new Streak(in.u32("empty"), in.u64("height"));
        }

        Remembered of(Address proposer) {
            return new Remembered(
                    proposer.bytes(),
                    Optional.of(new Writer().u32(empty).u64(height).toBytes()));
        }
    }

    /** Called once for every block, on every node, with the same arguments: it must give the same result everywhere. */
    @Override
    public Observation observe(ChainView view, BlockFacts facts) {
        Address proposer = facts.header().proposer();
        long height = facts.header().height();
        if (facts.transactions() > 0) {
            Bytes now = new Writer().u64(height).toBytes();
            return new Observation(
                    List.of(),
                    List.of(new Remembered(LAST_FULL, Optional.of(now)), new Streak(0, height).of(proposer)));
        }
        Streak streak = Streak.of(view.memory(proposer.bytes()));
        boolean othersHadWork = lastFull(view) > streak.height();
        if (!othersHadWork || !isActive(view, proposer)) {
            return Observation.NOTHING;
        }
        int empty = streak.empty() + 1;
        if (empty < parameters.limit()) {
            return new Observation(List.of(), List.of(new Streak(empty, height).of(proposer)));
        }
        Offence offence = new Offence(
                "slashing.emptyblocks",
                "proposed " + empty + " empty blocks in a row while others had transactions",
                proposer,
                height,
                Offence.Gravity.NEGLIGENCE,
                Optional.empty(),
                Optional.empty());
        // counting begins anew: one streak is one offence
        return new Observation(List.of(offence), List.of(new Streak(0, height).of(proposer)));
    }

    /** Evidence is what somebody else brings; this condition needs none, the chain shows all. */
    @Override
    public Set<String> evidenceTypes() {
        return Set.of();
    }

    @Override
    public Offence judge(ChainView view, Evidence evidence, SignatureScheme scheme) {
        throw PoSException.outOfRange(
                PoSError.SLASHING_DETECTION_FAILED, "evidence type", evidence.type(), "judged by another condition");
    }

    private static long lastFull(ChainView view) {
        return view.memory(LAST_FULL)
                .map(bytes -> new Reader(bytes, PoSError.SLASHING_DETECTION_FAILED).u64("height"))
                .orElse(0L);
    }

    /** Who is jailed already proposes until its epoch ends, and is not punished again for it. */
    private static boolean isActive(ChainView view, Address proposer) {
        return view.validator(proposer)
                .filter(v -> v.status() == ValidatorStatus.ACTIVE)
                .isPresent();
    }
}
