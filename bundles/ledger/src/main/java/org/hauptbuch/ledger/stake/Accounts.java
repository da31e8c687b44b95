package org.hauptbuch.ledger.stake;

import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Amounts;
import org.hauptbuch.ledger.Account;
import org.hauptbuch.ledger.state.Keys;
import org.hauptbuch.ledger.state.Overlay;
import org.hauptbuch.ledger.state.StateView;

/** The units that accounts can spend. */
public final class Accounts {
    private Accounts() {}

    /** An account; one that was never used is empty. */
    public static Account of(StateView state, Address address) {
        return state.get(Keys.account(address)).orElse(Account.NEW);
    }

    /** Gives {@code amount}, 0 or more; nothing happens for nothing. */
    public static void credit(Overlay state, Address address, long amount) {
        if (amount > 0) {
            Account account = of(state, address);
            state.set(Keys.account(address), new Account(Amounts.add(account.balance(), amount), account.nonce()));
        }
    }

    /**
     * Takes {@code amount}, 1 or more.
     *
     * @throws PoSException {@code error} where the amount is not 1 or more, or the balance is less
     */
    public static void debit(Overlay state, Address address, long amount, PoSError error) {
        Account account = of(state, address);
        if (amount < 1) {
            throw PoSException.outOfRange(error, "amount", amount, "1 or more");
        }
        if (account.balance() < amount) {
            throw PoSException.outOfRange(
                    error, "amount", amount, "at most the balance of " + address + ", " + account.balance());
        }
        state.set(Keys.account(address), new Account(account.balance() - amount, account.nonce()));
    }
}
