package org.hauptbuch.embed;

import static org.hauptbuch.embed.Chains.address;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hauptbuch.api.block.Block;
import org.hauptbuch.api.proof.StateProof;
import org.hauptbuch.api.store.Batch;
import org.hauptbuch.api.store.Store;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.ledger.LedgerView;
import org.junit.jupiter.api.Test;

/** The root from the values alone, against the root that the ledger's tree gives. */
class StateRootTest {
    @Test
    void nothingHasTheEmptyRoot() {
        assertEquals(StateProof.emptyHash(), StateRoot.of(new ChainRecord(new HeapStore())));
    }

    @Test
    void itIsTheLedgersAfterEveryBlock() {
        HeapStore store = new HeapStore();
        PoSConsensus consensus =
                Chains.standard().store(store).config(Chains.epochs(2)).build();
        consensus.startConsensus();
        assertEquals(consensus.consensusState().stateRoot(), StateRoot.of(new ChainRecord(store)));
        for (int i = 0; i < 5; i++) {
            Block block = consensus.produceBlock(Chains.transfers(consensus, "erin", "frank", "grace"));
            assertEquals(block.header().stateRoot(), StateRoot.of(new ChainRecord(store)));
        }
        store.commit(new Batch().remove(Store.Space.STATE, LedgerView.accountKey(address("erin"))));
        assertNotEquals(consensus.consensusState().stateRoot(), StateRoot.of(new ChainRecord(store)));
    }

    @Test
    void aHeapStoreScansOnePrefixInOrderUntilToldToStop() {
        HeapStore store = new HeapStore();
        Batch batch = new Batch();
        for (String key : List.of("02ff", "01", "0200", "0201", "03", "0300")) {
            batch.put(Store.Space.STATE, Bytes.fromHex(key), Bytes.EMPTY);
        }
        store.commit(batch.remove(Store.Space.STATE, Bytes.fromHex("0201")));
        List<String> seen = new ArrayList<>();
        store.scan(Store.Space.STATE, Bytes.fromHex("02"), (key, value) -> seen.add(key.hex()));
        assertEquals(List.of("0200", "02ff"), seen);
        seen.clear();
        store.scan(Store.Space.STATE, Bytes.EMPTY, (key, value) -> seen.add(key.hex()) && seen.size() < 2);
        assertEquals(List.of("01", "0200"), seen);
        assertEquals(Optional.empty(), store.get(Store.Space.TREE, Bytes.fromHex("01")));
    }
}
