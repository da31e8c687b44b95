package org.hauptbuch.ledger.stake;

import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Amounts;
import org.hauptbuch.ledger.Account;
import org.hauptbuch.ledger.state.Key;
import org.hauptbuch.ledger.state.Keys;
import org.hauptbuch.ledger.state.Overlay;
import org.hauptbuch.ledger.state.StateView;

/** The units that accounts can spend. */
public final class Accounts {
    private Accounts() {}

    /** An account; one that was never used is empty. */
    public static Account of(StateView state, Address address) {
        return of(state, Keys.account(address));
    }

    /** The account under {@code key}; one that was never used is empty. */
    public static Account of(StateView state, Key<Account> key) {
        return state.getOr(key, Account.NEW);
    }

    /** Gives {@code amount}, 0 or more; nothing happens for nothing. */
    public static void credit(Overlay state, Address address, long amount) {
        if (amount > 0) {
            Key<Account> key = Keys.account(address);
            Account account = of(state, key);
            state.set(key, new Account(Amounts.add(account.balance(), amount), account.nonce()));
        }
    }

    /**
     * Takes {@code amount}, 1 or more.
     *
     * @throws PoSException {@code error} where the amount is not 1 or more, or the balance is less
     */
    public static void debit(Overlay state, Address address, long amount, PoSError error) {
        debit(state, Keys.account(address), amount, error);
    }

    /** As the other, from the account under {@code key}. */
    public static void debit(Overlay state, Key<Account> key, long amount, PoSError error) {
        Account account = of(state, key);
        if (amount < 1) {
            throw PoSException.outOfRange(error, "amount", amount, "1 or more");
        }
        if (account.balance() < amount) {
            throw PoSException.outOfRange(
                    error,
                    "amount",
                    amount,
                    "at most the balance of " + Keys.addressOf(key) + ", " + account.balance());
        }
        state.set(key, new Account(account.balance() - amount, account.nonce()));
    }
}
