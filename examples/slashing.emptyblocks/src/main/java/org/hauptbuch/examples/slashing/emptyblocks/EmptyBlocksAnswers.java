package org.hauptbuch.examples.slashing.emptyblocks;

import java.util.List;
import java.util.Optional;
import org.hauptbuch.api.block.BlockHeader;
import org.hauptbuch.api.rule.KnownAnswer;
import org.hauptbuch.api.slashing.BlockFacts;
import org.hauptbuch.api.slashing.Observation;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;

/**
 * What {@link EmptyBlocks} is known to answer about a block with transactions in it, which it counts without a look at
 * the chain. Every node asks before it says that it is ready for the rule: whoever gets something else has another rule,
 * or a broken platform.
 */
final class EmptyBlocksAnswers {
    private static final Address PROPOSER = new Address(Bytes.of(new byte[Address.LENGTH]));

    private EmptyBlocksAnswers() {}

    static List<KnownAnswer> all() {
        return List.of(new KnownAnswer(
                "what is remembered of a block with transactions at height 7",
                "6c6173742d66756c6c=0000000000000007 " + PROPOSER + "=000000000000000000000007",
                EmptyBlocksAnswers::remembered));
    }

    private static String remembered() {
        BlockHeader header = new BlockHeader(
                "known-answer",
                7,
                0,
                0,
                Hash.ZERO,
                1,
                PROPOSER,
                Hash.ZERO,
                Hash.ZERO,
                Hash.ZERO,
                Hash.ZERO,
                Hash.ZERO,
                Bytes.EMPTY,
                Hash.ZERO);
        Observation seen = new EmptyBlocks(new EmptyBlocksParameters(10))
                .observe(null, new BlockFacts(header, 1, 500_000, Optional.empty(), Optional.empty()));
        return String.join(
                " ",
                seen.memory().stream()
                        .map(entry -> entry.key() + "=" + entry.value().orElse(Bytes.EMPTY))
                        .toList());
    }
}
