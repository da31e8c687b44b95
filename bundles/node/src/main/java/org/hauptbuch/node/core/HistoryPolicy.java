package org.hauptbuch.node.core;

import java.util.Optional;
import org.hauptbuch.api.block.Checkpoint;
import org.hauptbuch.api.chain.ChainParameters;
import org.hauptbuch.api.chain.WeakSubjectivity;

/**
 * What a node begins with and what it keeps.
 *
 * @param begin the trusted checkpoint at which a node with an empty store begins; empty: at genesis
 * @param trustsOld whether a checkpoint may be older than the weak-subjectivity period
 * @param snapshotEpochs epochs from one snapshot to the next, 0 to 10,000; 0: none is made
 * @param snapshots how many snapshots are kept, 1 to 100
 * @param keepBlocks how many of the last blocks are kept, at least the unbonding time's; {@link #ALL}: every one
 */
public record HistoryPolicy(
        Optional<Checkpoint> begin, boolean trustsOld, long snapshotEpochs, int snapshots, long keepBlocks) {
    /** Keeps every block. */
    public static final long ALL = 0;

    /** From genesis, every block kept, no snapshots. */
    public static final HistoryPolicy ARCHIVE = new HistoryPolicy(Optional.empty(), false, 0, 1, ALL);

    public HistoryPolicy {
        if (snapshotEpochs < 0 || snapshotEpochs > 10_000) {
            throw refuse("snapshotEpochs", snapshotEpochs, "0 to 10000, 0 for none");
        }
        if (snapshots < 1 || snapshots > 100) {
            throw refuse("snapshots", snapshots, "1 to 100");
        }
        if (keepBlocks < 0) {
            throw refuse("keepBlocks", keepBlocks, "0 or more, 0 for all");
        }
    }

    /**
     * Refuses to keep less than evidence and light clients need: what lies within the unbonding time.
     *
     * @throws IllegalArgumentException naming field, value and range
     */
    public HistoryPolicy checkedFor(ChainParameters parameters) {
        long least = WeakSubjectivity.unbondingBlocks(parameters);
        if (keepBlocks != ALL && keepBlocks < least) {
            throw refuse(
                    "keepBlocks",
                    keepBlocks,
                    least + " or more, the blocks of the unbonding time, or all: evidence and light clients need them");
        }
        return this;
    }

    private static IllegalArgumentException refuse(String field, long value, String range) {
        return new IllegalArgumentException(field + ": " + value + ", must be " + range);
    }
}
