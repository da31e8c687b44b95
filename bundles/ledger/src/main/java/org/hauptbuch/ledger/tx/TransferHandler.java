package org.hauptbuch.ledger.tx;

import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.ledger.Account;
import org.hauptbuch.ledger.block.BlockContext;
import org.hauptbuch.ledger.stake.Accounts;
import org.hauptbuch.ledger.state.Key;

/** Moves units from account to account. */
final class TransferHandler {
    private TransferHandler() {}

    static void apply(BlockContext block, Key<Account> sender, Payload.Transfer payload) {
        Accounts.debit(block.state(), sender, payload.amount(), PoSError.TRANSACTION_VALIDATION_FAILED);
        Accounts.credit(block.state(), payload.to(), payload.amount());
    }
}
