package org.hauptbuch.rules.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hauptbuch.api.block.BlockHeader;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.block.Vote;
import org.hauptbuch.api.block.VotePhase;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.slashing.BlockFacts;

/** A run of blocks that is made once: the last validator never votes, the second now and then, some blocks are empty. */
final class MadeUpBlocks {
    /** Who votes. */
    static final List<ValidatorSet.Member> MEMBERS;

    /** The blocks from height 1 on, more of them than most conditions look back on. */
    static final List<BlockFacts> ALL;

    private static final int BLOCKS = 130;
    private static final int SIZE = 5;

    static {
        World world = new World("blocks", Probe.Order.STRAIGHT);
        MEMBERS = world.keys(SIZE).stream()
                .map(key -> MadeUpEvidence.member(key, 1_000_000))
                .toList();
        MadeUpView view = world.view(1, MEMBERS);
        List<BlockFacts> all = new ArrayList<>();
        for (long height = 1; height <= BLOCKS; height++) {
            all.add(facts(world, view, height));
        }
        ALL = List.copyOf(all);
    }

    private MadeUpBlocks() {}

    private static BlockFacts facts(World world, MadeUpView view, long height) {
        ValidatorSet.Member proposer = MEMBERS.get((int) (height % SIZE));
        BlockHeader header =
                MadeUpEvidence.header(world.hash(), height, view.parameters().epochOf(height), proposer, view);
        int transactions = height % SIZE == 2 ? 0 : world.draws().below(4);
        if (height == 1) {
            return new BlockFacts(header, transactions, 0, Optional.empty(), Optional.empty());
        }
        List<Vote> votes = new ArrayList<>();
        for (int i = 0; i < SIZE; i++) {
            boolean missing = i == SIZE - 1 || i == 1 && world.draws().below(3) == 0;
            if (!missing) {
                votes.add(MadeUpEvidence.vote(MEMBERS.get(i), VotePhase.PRECOMMIT, height - 1, 0, header.parent()));
            }
        }
        return new BlockFacts(
                header,
                transactions,
                transactions * 500_000L,
                Optional.of(Certificate.of(votes)),
                Optional.of(view.validatorSet()));
    }
}
