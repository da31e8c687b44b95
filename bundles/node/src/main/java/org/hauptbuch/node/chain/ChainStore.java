package org.hauptbuch.node.chain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hauptbuch.api.block.Block;
import org.hauptbuch.api.block.BlockHeader;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.chain.SlashingEvent;
import org.hauptbuch.api.codec.Reader;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.store.Batch;
import org.hauptbuch.api.store.Store;
import org.hauptbuch.api.tx.Receipt;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.ledger.StateChange;

/**
 * Where things are in a node's store. Reads from any thread.
 *
 * <p>What is final is never reverted, and with it no checkpoint: {@link #addBlock} takes nothing but the block after the
 * last final one, and nothing here puts the tip anywhere else. A rollback of rules is about the height that is not final.
 */
public final class ChainStore {
    private static final Bytes TIP = key('t').toBytes();
    private static final Bytes GENESIS = key('g').toBytes();
    private static final Bytes EARLIEST = key('e').toBytes();

    private final Store store;

    /**
     * Where a transaction is.
     *
     * @param height its block
     * @param index its place in the block, from 0
     */
    public record Place(long height, int index) {}

    /** The chain in {@code store}. */
    public ChainStore(Store store) {
        this.store = store;
    }

    /** The store itself. */
    public Store store() {
        return store;
    }

    /** The last final block; empty in a new store. */
    public Optional<Tip> tip() {
        return store.get(Store.Space.META, TIP).map(Tip::decode);
    }

    /**
     * Refuses a store that holds another chain.
     *
     * @throws PoSException CONSENSUS_STATE_UPDATE_FAILED, naming both genesis hashes
     */
    public void checkGenesis(Hash genesis) {
        Optional<Hash> stored = store.get(Store.Space.META, GENESIS).map(Hash::new);
        if (stored.isPresent() && !stored.get().equals(genesis)) {
            throw PoSException.outOfRange(
                    PoSError.CONSENSUS_STATE_UPDATE_FAILED,
                    "genesis",
                    genesis,
                    stored.get() + ", the genesis of the chain in the store");
        }
    }

    /** Adds the chain's beginning to {@code batch}. */
    public Tip addGenesis(Batch batch, Hash genesis, long timeMillis, StateChange change) {
        Tip tip = new Tip(0, genesis, timeMillis, change.root());
        batch.put(Store.Space.META, GENESIS, genesis.bytes());
        batch.put(Store.Space.META, TIP, tip.encode());
        addChange(batch, change);
        return tip;
    }

    /**
     * Adds a final block with all that follows from it to {@code batch}.
     *
     * @throws PoSException CONSENSUS_STATE_UPDATE_FAILED where it does not follow the last final block
     */
    public Tip addBlock(
            Batch batch, CandidateBlock block, Certificate certificate, List<Receipt> receipts, StateChange change) {
        long height = block.block().height();
        Tip before = tip().orElseThrow(() -> PoSException.outOfRange(
                PoSError.CONSENSUS_STATE_UPDATE_FAILED, "height", height, "nothing: the store has no genesis"));
        if (height != before.height() + 1 || !block.block().header().parent().equals(before.hash())) {
            throw new PoSException(
                    PoSError.CONSENSUS_STATE_UPDATE_FAILED,
                    "block " + block.hash() + " of height " + height + " does not follow the last final block, "
                            + before.hash() + " of height " + before.height() + ": what is final is never reverted");
        }
        Tip tip = new Tip(height, block.hash(), block.block().header().timeMillis(), change.root());
        putBlock(batch, block, certificate);
        batch.put(Store.Space.BLOCKS, at('r', height), Receipts.encode(receipts));
        for (Receipt receipt : receipts) {
            batch.put(
                    Store.Space.BLOCKS,
                    by('x', receipt.transaction()),
                    new Writer().u64(height).u32(receipt.index()).toBytes());
        }
        batch.put(Store.Space.META, TIP, tip.encode());
        addChange(batch, change);
        return tip;
    }

    /** Adds the epoch's last block, which {@code tip} is, to the checkpoints: they are kept when blocks are not. */
    public void addCheckpoint(Batch batch, Tip tip) {
        batch.put(Store.Space.BLOCKS, at('k', tip.height()), tip.encode());
    }

    /** The epoch's last block at {@code height}, if that is a checkpoint of this chain. */
    public Optional<Tip> checkpoint(long height) {
        return store.get(Store.Space.BLOCKS, at('k', height)).map(Tip::decode);
    }

    /** The first block that is kept; 1 where all are. */
    public long earliest() {
        return store.get(Store.Space.META, EARLIEST)
                .map(value -> new Reader(value, PoSError.CONSENSUS_STATE_UPDATE_FAILED).u64("earliest"))
                .orElse(1L);
    }

    /**
     * Adds the beginning of a chain at a checkpoint to {@code batch}, whose state is in the store already.
     *
     * @param genesis the hash of the chain's genesis
     */
    public Tip addBeginning(Batch batch, Hash genesis, CandidateBlock block, Certificate certificate) {
        BlockHeader header = block.block().header();
        Tip tip = new Tip(header.height(), block.hash(), header.timeMillis(), header.stateRoot());
        batch.put(Store.Space.META, GENESIS, genesis.bytes());
        batch.put(Store.Space.META, EARLIEST, new Writer().u64(header.height()).toBytes());
        batch.put(Store.Space.META, TIP, tip.encode());
        putBlock(batch, block, certificate);
        addCheckpoint(batch, tip);
        return tip;
    }

    /** What removes the first blocks that are kept, {@code count} of them, with all that is stored about them. */
    public Batch withoutFirst(int count) {
        long first = earliest();
        Batch batch = new Batch();
        for (long height = first; height < first + count; height++) {
            receipts(height).forEach(receipt -> batch.remove(Store.Space.BLOCKS, by('x', receipt.transaction())));
            certificate(height).ifPresent(made -> batch.remove(Store.Space.BLOCKS, by('h', made.block())));
            for (char kind : new char[] {'b', 'c', 'r'}) {
                batch.remove(Store.Space.BLOCKS, at(kind, height));
            }
        }
        return batch.put(
                Store.Space.META, EARLIEST, new Writer().u64(first + count).toBytes());
    }

    private static void putBlock(Batch batch, CandidateBlock block, Certificate certificate) {
        long height = block.block().height();
        batch.put(Store.Space.BLOCKS, at('b', height), block.encoded());
        batch.put(Store.Space.BLOCKS, at('c', height), certificate.encode());
        batch.put(
                Store.Space.BLOCKS,
                by('h', block.hash()),
                new Writer().u64(height).toBytes());
    }

    /** Adds what block {@code height} punished: the state forgets old penalties, this node does not. */
    public void addSlashings(Batch batch, long height, List<SlashingEvent> slashings) {
        for (int i = 0; i < slashings.size(); i++) {
            Bytes key = key('p').u64(height).u32(i).toBytes();
            batch.put(Store.Space.BLOCKS, key, slashings.get(i).encode());
        }
    }

    /** All penalties since genesis, oldest first. */
    public List<SlashingEvent> slashings() {
        List<SlashingEvent> all = new ArrayList<>();
        store.scan(Store.Space.BLOCKS, key('p').toBytes(), (key, value) -> all.add(SlashingEvent.decode(value)));
        return all;
    }

    /** Adds a rule set that judges blocks: sets are kept as long as their blocks. */
    public void addRuleSet(Batch batch, RuleSet set) {
        batch.put(Store.Space.META, by('s', set.id()), set.encode());
    }

    /** The rule set with this id, if a block that it judged is kept. */
    public Optional<RuleSet> ruleSet(Hash id) {
        return store.get(Store.Space.META, by('s', id)).map(RuleSet::decode);
    }

    /** The rule sets that judged the blocks that are kept. */
    public List<RuleSet> ruleSets() {
        List<RuleSet> all = new ArrayList<>();
        store.scan(Store.Space.META, key('s').toBytes(), (key, value) -> all.add(RuleSet.decode(value)));
        return all;
    }

    /** The final block at {@code height}. */
    public Optional<Block> block(long height) {
        return encodedBlock(height).map(Block::decode);
    }

    /** The final block at {@code height}, encoded. */
    public Optional<Bytes> encodedBlock(long height) {
        return height < 1 ? Optional.empty() : store.get(Store.Space.BLOCKS, at('b', height));
    }

    /** What made {@code height} final. */
    public Optional<Certificate> certificate(long height) {
        return height < 1
                ? Optional.empty()
                : store.get(Store.Space.BLOCKS, at('c', height)).map(Certificate::decode);
    }

    /** What became of the transactions of {@code height}. */
    public List<Receipt> receipts(long height) {
        return height < 1
                ? List.of()
                : store.get(Store.Space.BLOCKS, at('r', height))
                        .map(Receipts::decode)
                        .orElse(List.of());
    }

    /** The height of the final block with this hash. */
    public Optional<Long> heightOf(Hash block) {
        return store.get(Store.Space.BLOCKS, by('h', block))
                .map(value -> new Reader(value, PoSError.INVALID_BLOCK).u64("height"));
    }

    /** Where the final transaction with this id is. */
    public Optional<Place> place(Hash transaction) {
        return store.get(Store.Space.BLOCKS, by('x', transaction)).map(value -> {
            Reader in = new Reader(value, PoSError.INVALID_TRANSACTION);
            return new Place(in.u64("height"), in.u32("index"));
        });
    }

    /** Adds what a change does to state and tree to {@code batch}. */
    public static void addChange(Batch batch, StateChange change) {
        change.values().forEach((key, value) -> add(batch, Store.Space.STATE, key, value));
        change.nodes().forEach((key, value) -> add(batch, Store.Space.TREE, key, value));
    }

    private static void add(Batch batch, Store.Space space, Bytes key, Optional<Bytes> value) {
        value.ifPresentOrElse(present -> batch.put(space, key, present), () -> batch.remove(space, key));
    }

    private static Bytes at(char kind, long height) {
        return key(kind).u64(height).toBytes();
    }

    private static Bytes by(char kind, Hash hash) {
        return key(kind).fixed(hash.bytes()).toBytes();
    }

    private static Writer key(char kind) {
        return new Writer(48).u8(kind);
    }
}
