package org.hauptbuch.testkit;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.hauptbuch.api.block.VotePhase;
import org.hauptbuch.api.chain.Offence;
import org.hauptbuch.api.chain.SlashingEvent;
import org.hauptbuch.api.node.FinalBlock;
import org.hauptbuch.api.store.Store;
import org.hauptbuch.api.tx.PayloadType;
import org.hauptbuch.api.tx.Receipt;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.ledger.Execution;
import org.hauptbuch.ledger.LedgerView;
import org.hauptbuch.node.chain.ChainStore;

/**
 * What all nodes together made final. Refuses, as a {@link SimulationFailure}, two final blocks at one height, a final
 * block that does not execute to what its header says or that another rule set judged than the chain had made active, a
 * broken invariant of the ledger, a falsehood that is believed, and the punishment of an honest validator for a lie.
 */
public final class History {
    /**
     * A final block.
     *
     * @param hash its hash
     * @param stateRoot the root of the state after it
     * @param nanos when the first node had it
     * @param round the round that decided it
     */
    public record Final(Hash hash, Hash stateRoot, long nanos, int round) {}

    private final VirtualTime time;
    private final SimChain chain;
    private final ReferenceChain reference;
    private final List<Final> blocks = new ArrayList<>();
    private final Set<Address> liars = new TreeSet<>();
    private final Set<PayloadType> succeeded = new TreeSet<>();
    private final List<SlashingEvent> slashings = new ArrayList<>();
    private final Map<VotePhase, Long> decidedBy = new EnumMap<>(VotePhase.class);
    private final Set<Hash> falsehoods = new TreeSet<>();
    private Hash ruleSet;
    private long swaps;
    private long rollbacks;
    private long refusedFalsehoods;
    private long transactions;

    History(VirtualTime time, SimChain chain) {
        this.time = time;
        this.chain = chain;
        this.reference = new ReferenceChain(chain);
        this.ruleSet = chain.genesis().rules().id();
        this.blocks.add(new Final(reference.tip(), reference.root(), 0, 0));
    }

    /** A history of its own that begins with the same blocks, which {@code source} has. */
    History copy(ChainStore source) {
        History copy = new History(time, chain);
        copy.liars.addAll(liars);
        for (long height = 1; height <= height(); height++) {
            FinalBlock block = new FinalBlock(
                    source.block(height).orElseThrow(),
                    source.certificate(height).orElseThrow(),
                    source.receipts(height),
                    0);
            copy.add("the other side", block);
        }
        return copy;
    }

    /** The chain that it is about. */
    public SimChain chain() {
        return chain;
    }

    /** The highest final block of any node. */
    public long height() {
        return blocks.size() - 1;
    }

    /** The final block at {@code height}, 0 to {@link #height()}. */
    public Final at(long height) {
        return blocks.get(Math.toIntExact(height));
    }

    /** The state after the highest final block. */
    public LedgerView view() {
        return reference.view();
    }

    /** Transactions in final blocks. */
    public long transactions() {
        return transactions;
    }

    /** Kinds of transaction that did what they say at least once. */
    public Set<PayloadType> succeeded() {
        return new TreeSet<>(succeeded);
    }

    /** Penalties so far. */
    public List<SlashingEvent> slashings() {
        return List.copyOf(slashings);
    }

    /** Heights from which on another rule set judged, rollbacks not counted. */
    public long swaps() {
        return swaps;
    }

    /** Heights that two thirds of the power returned to the rule set before. */
    public long rollbacks() {
        return rollbacks;
    }

    /** Blocks that were made final by votes of {@code phase}. */
    public long decidedBy(VotePhase phase) {
        return decidedBy.getOrDefault(phase, 0L);
    }

    /** Transactions that say what is not so, and were refused in a final block. */
    public long refusedFalsehoods() {
        return refusedFalsehoods;
    }

    /** Says that the transaction with this id must not succeed. */
    public void expectRefused(Hash transaction) {
        falsehoods.add(transaction);
    }

    /** The longest time between two final blocks from {@code fromHeight} on, in milliseconds. */
    public long longestGapMillis(long fromHeight) {
        long longest = 0;
        for (long height = fromHeight + 1; height <= height(); height++) {
            longest = Math.max(longest, at(height).nanos - at(height - 1).nanos);
        }
        return longest / 1_000_000;
    }

    /** Says that {@code validator} may lie, and so be punished for it. */
    public void allowLies(Address validator) {
        liars.add(validator);
    }

    /** A node made a block final. */
    void add(String node, FinalBlock block) {
        long height = block.block().height();
        if (height <= height()) {
            check(node, height, block.block().hash(), block.block().header().stateRoot());
            return;
        }
        if (height > height() + 1) {
            throw new SimulationFailure(
                    node + " made block " + height + " final; nobody did so with " + (height() + 1));
        }
        Execution execution = reference.execute(block.block(), block.certificate());
        if (!execution.receipts().equals(block.receipts())) {
            throw new SimulationFailure(node + ": other receipts of block " + height + ": " + block.receipts()
                    + ", must be " + execution.receipts());
        }
        blocks.add(new Final(
                reference.tip(),
                reference.root(),
                time.nanos(),
                block.certificate().round()));
        note(block, execution);
    }

    /** Where a node says that it stands. */
    void check(String node, long height, Hash hash, Hash stateRoot) {
        if (height > height()) {
            throw new SimulationFailure(node + " is at block " + height + ", which it never made final");
        }
        Final known = at(height);
        if (!known.hash.equals(hash)) {
            throw new SimulationFailure("two final blocks at height " + height + ": " + node + " has " + hash
                    + ", another node has " + known.hash);
        }
        if (!known.stateRoot.equals(stateRoot)) {
            throw new SimulationFailure("two states at height " + height + ": " + node + " has " + stateRoot
                    + ", another node has " + known.stateRoot);
        }
    }

    /** Compares a whole store with the state after the highest final block. */
    void checkState(String node, Store store) {
        reference.state().difference(store).ifPresent(difference -> {
            throw new SimulationFailure(node + " at height " + height() + ": " + difference);
        });
    }

    private void note(FinalBlock block, Execution execution) {
        decidedBy.merge(block.certificate().phase(), 1L, Long::sum);
        Hash judged = block.block().header().ruleSetId();
        if (block.block().rollback().isPresent()) {
            rollbacks++;
        } else if (!judged.equals(ruleSet)) {
            swaps++;
        }
        ruleSet = judged;
        for (int i = 0; i < execution.receipts().size(); i++) {
            Receipt receipt = execution.receipts().get(i);
            transactions++;
            if (falsehoods.contains(receipt.transaction())) {
                if (receipt.succeeded()) {
                    throw new SimulationFailure("a falsehood is believed: "
                            + block.block().transactions().get(i).payload());
                }
                refusedFalsehoods++;
            }
            if (receipt.succeeded()) {
                succeeded.add(block.block().transactions().get(i).payload().type());
            }
        }
        for (SlashingEvent event : execution.slashings()) {
            slashings.add(event);
            Offence offence = event.offence();
            if (offence.gravity() != Offence.Gravity.NEGLIGENCE && !liars.contains(offence.offender())) {
                throw new SimulationFailure("honest validator " + offence.offender() + " is punished: " + offence);
            }
        }
    }
}
