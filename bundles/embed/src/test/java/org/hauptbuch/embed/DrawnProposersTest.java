package org.hauptbuch.embed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.hauptbuch.api.block.Block;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.selection.vrf.VrfSelectionFactory;
import org.junit.jupiter.api.Test;

/** A chain within a program whose proposers are drawn in private. */
final class DrawnProposersTest {
    @Test
    void theBestDrawProposesAndStrangersAgree() {
        PoSConsensus consensus = Chains.without("selection")
                .rule("selection.vrf", new VrfSelectionFactory())
                .build();
        consensus.startConsensus();
        Set<Address> proposers = new TreeSet<>();
        for (int i = 0; i < 12; i++) {
            Block block = consensus.secureProduceBlock(List.of());
            assertEquals(0, block.header().round());
            proposers.add(block.header().proposer());
        }
        assertTrue(proposers.size() > 1, "always " + proposers);
    }
}
