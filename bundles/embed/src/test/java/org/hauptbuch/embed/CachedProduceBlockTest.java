package org.hauptbuch.embed;

import static org.hauptbuch.embed.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import org.hauptbuch.api.block.Block;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.tx.Transaction;
import org.junit.jupiter.api.Test;

class CachedProduceBlockTest {
    private final PoSConsensus consensus = Chains.started();

    @Test
    void theSameTransactionsGiveTheBlockThatHoldsThem() {
        List<Transaction> transactions = Chains.transfers(consensus, "erin", "frank");
        Block block = consensus.cachedProduceBlock(transactions);
        assertSame(block, consensus.cachedProduceBlock(List.copyOf(transactions)));
        assertEquals(1, consensus.consensusState().height());
        assertEquals(1, consensus.consensusState().consensusMetrics().blocksProduced());
    }

    @Test
    void othersGiveANewBlock() {
        Block first = consensus.cachedProduceBlock(Chains.transfers(consensus, "erin", "frank"));
        Block second = consensus.cachedProduceBlock(Chains.transfers(consensus, "erin", "frank"));
        assertNotEquals(first.hash(), second.hash());
    }

    @Test
    void anEmptyBlockIsAlwaysNew() {
        consensus.cachedProduceBlock(List.of());
        assertEquals(2, consensus.cachedProduceBlock(List.of()).height());
    }

    @Test
    void whatIsRefusedIsNotRemembered() {
        List<Transaction> late = Chains.transfers(consensus, "erin", "frank");
        consensus.produceBlock(Chains.transfers(consensus, "erin", "grace"));
        for (int i = 0; i < 2; i++) {
            assertRefused(PoSError.TRANSACTION_VALIDATION_FAILED, () -> consensus.cachedProduceBlock(late), "nonce");
        }
    }

    @Test
    void afterSixtyFourBlocksTheFirstIsForgotten() {
        List<Transaction> first = Chains.transfers(consensus, "erin", "frank");
        consensus.cachedProduceBlock(first);
        for (int i = 0; i < 63; i++) {
            consensus.cachedProduceBlock(Chains.transfers(consensus, "grace", "frank"));
        }
        assertEquals(1, consensus.cachedProduceBlock(first).height());
        consensus.cachedProduceBlock(Chains.transfers(consensus, "grace", "frank"));
        assertRefused(PoSError.TRANSACTION_VALIDATION_FAILED, () -> consensus.cachedProduceBlock(first), "nonce");
    }
}
