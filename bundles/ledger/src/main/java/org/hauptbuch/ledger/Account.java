package org.hauptbuch.ledger;

import org.hauptbuch.api.value.Amounts;

/**
 * An account as the state holds it.
 *
 * @param balance units that it can spend, 0 or more
 * @param nonce the number of its transactions in blocks so far: the nonce of the next one
 */
public record Account(long balance, long nonce) {
    /** An account that was never used. */
    public static final Account NEW = new Account(0, 0);

    public Account {
        Amounts.check("account.balance", balance);
        Amounts.check("account.nonce", nonce);
    }
}
