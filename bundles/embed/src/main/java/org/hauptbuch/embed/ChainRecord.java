package org.hauptbuch.embed;

import java.util.Optional;
import org.hauptbuch.api.block.Block;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.store.Batch;
import org.hauptbuch.api.store.Store;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.ledger.StateChange;
import org.hauptbuch.ledger.StateReader;

/** Where things are in the embedding program's store: a block, its certificate, its state and the tip land together. */
final class ChainRecord implements StateReader {
    private static final Bytes TIP = key('t').toBytes();
    private static final Bytes GENESIS = key('g').toBytes();

    private final Store store;

    ChainRecord(Store store) {
        this.store = store;
    }

    /** The last final block; empty in a new store. Refuses a store that holds another chain. */
    Optional<Tip> tip(Hash genesis) {
        Optional<Hash> stored = store.get(Store.Space.META, GENESIS).map(Hash::new);
        if (stored.isPresent() && !stored.get().equals(genesis)) {
            throw PoSException.outOfRange(
                    PoSError.CONSENSUS_STATE_UPDATE_FAILED,
                    "genesis",
                    genesis,
                    stored.get() + ", the genesis of the chain in the store");
        }
        return store.get(Store.Space.META, TIP).map(Tip::decode);
    }

    Tip commitGenesis(Hash genesis, long timeMillis, StateChange change) {
        Tip tip = new Tip(0, genesis, timeMillis, change.root());
        commit(tip, change, new Batch().put(Store.Space.META, GENESIS, genesis.bytes()));
        return tip;
    }

    Tip commitBlock(Candidate candidate, Certificate certificate) {
        Block block = candidate.block();
        StateChange change = candidate.execution().change();
        Tip tip = new Tip(block.height(), block.hash(), block.header().timeMillis(), change.root());
        Batch batch = new Batch()
                .put(Store.Space.BLOCKS, at('b', block.height()), block.encode())
                .put(Store.Space.BLOCKS, at('c', block.height()), certificate.encode());
        commit(tip, change, batch);
        return tip;
    }

    Optional<Block> block(long height) {
        return height < 1
                ? Optional.empty()
                : store.get(Store.Space.BLOCKS, at('b', height)).map(Block::decode);
    }

    Optional<Certificate> certificate(long height) {
        return height < 1
                ? Optional.empty()
                : store.get(Store.Space.BLOCKS, at('c', height)).map(Certificate::decode);
    }

    @Override
    public Optional<Bytes> value(Bytes key) {
        return store.get(Store.Space.STATE, key);
    }

    @Override
    public void scan(Bytes prefix, Store.Visitor visitor) {
        store.scan(Store.Space.STATE, prefix, visitor);
    }

    @Override
    public Optional<Bytes> node(Bytes treeKey) {
        return store.get(Store.Space.TREE, treeKey);
    }

    private void commit(Tip tip, StateChange change, Batch batch) {
        change.values().forEach((key, value) -> add(batch, Store.Space.STATE, key, value));
        change.nodes().forEach((key, value) -> add(batch, Store.Space.TREE, key, value));
        batch.put(Store.Space.META, TIP, tip.encode());
        try {
            store.commit(batch);
        } catch (RuntimeException e) {
            // whatever a store throws: nothing of the block is durable, and the tip stays where it is
            throw new PoSException(
                    PoSError.CONSENSUS_STATE_UPDATE_FAILED,
                    "block " + tip.height() + " cannot be made durable: " + e.getMessage(),
                    e);
        }
    }

    private static void add(Batch batch, Store.Space space, Bytes key, Optional<Bytes> value) {
        value.ifPresentOrElse(present -> batch.put(space, key, present), () -> batch.remove(space, key));
    }

    private static Bytes at(char kind, long height) {
        return key(kind).u64(height).toBytes();
    }

    private static Writer key(char kind) {
        return new Writer(16).u8(kind);
    }
}
