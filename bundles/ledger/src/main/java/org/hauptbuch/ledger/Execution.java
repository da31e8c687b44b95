package org.hauptbuch.ledger;

import java.util.List;
import org.hauptbuch.api.chain.SlashingEvent;
import org.hauptbuch.api.tx.Receipt;

/**
 * What executing a block gave.
 *
 * @param change the new state
 * @param receipts one for each transaction, in their order
 * @param slashings penalties that the block applied, in order
 * @param gasUsed gas of the block itself, its evidence and its transactions
 */
public record Execution(StateChange change, List<Receipt> receipts, List<SlashingEvent> slashings, long gasUsed) {
    public Execution {
        receipts = List.copyOf(receipts);
        slashings = List.copyOf(slashings);
    }
}
