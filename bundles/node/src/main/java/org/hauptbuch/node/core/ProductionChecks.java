package org.hauptbuch.node.core;

import org.hauptbuch.api.chain.ValidatorStatus;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.store.Store;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.ledger.LedgerView;
import org.hauptbuch.ledger.StateReader;
import org.hauptbuch.node.block.BlockValidator;

/**
 * What has to be right before a validator makes a block: what {@code secureProduceBlock} checks in the specification, as
 * far as nothing else sees to it. Its signing records are asked by the guard, its rules by every height's beginning, its
 * trusted checkpoint by every commit. Belongs to the loop.
 */
final class ProductionChecks {
    /** Who is further off than blocks may be would make blocks that are refused, or that are behind their parents. */
    static final long MOST_MILLIS_OFF = BlockValidator.MAX_AHEAD_MILLIS;

    /** Room for signing records, votes and other validators' blocks until the operator has made more. */
    static final long LEAST_FREE_BYTES = 64L << 20;

    private final Peers peers;
    private final Store store;
    private final StateReader state;

    ProductionChecks(Peers peers, Store store, StateReader state) {
        this.peers = peers;
        this.store = store;
        this.state = state;
    }

    /**
     * Refuses to let {@code self} make a block.
     *
     * @throws PoSException SECURITY_VALIDATION_FAILED for clock and disk, INVALID_VALIDATOR_STATUS for a banned one
     */
    void require(Address self) {
        long ahead = peers.aheadMillis();
        if (Math.abs(ahead) > MOST_MILLIS_OFF) {
            throw PoSException.outOfRange(
                    PoSError.SECURITY_VALIDATION_FAILED,
                    "clock",
                    Math.abs(ahead) + " ms " + (ahead > 0 ? "behind" : "ahead of") + " the peers'",
                    "within " + MOST_MILLIS_OFF + " ms of them");
        }
        long free = store.usableBytes();
        if (free < LEAST_FREE_BYTES) {
            throw PoSException.outOfRange(
                    PoSError.SECURITY_VALIDATION_FAILED,
                    "free bytes on the disk of the store",
                    free,
                    LEAST_FREE_BYTES + " or more");
        }
        new LedgerView(state)
                .validator(self)
                .filter(own -> own.status() == ValidatorStatus.BANNED)
                .ifPresent(own -> {
                    throw PoSException.outOfRange(
                            PoSError.INVALID_VALIDATOR_STATUS, "status of this validator", own.status(), "not banned");
                });
    }
}
