package org.hauptbuch.ledger.tx;

import org.hauptbuch.api.chain.ChainParameters;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.ledger.Account;
import org.hauptbuch.ledger.block.BlockContext;

/** What must be true of a transaction for a block to hold it at all. */
final class Envelope {
    private Envelope() {}

    /**
     * Refuses what no block may hold; the nonce is looked at by the caller's rule.
     *
     * @throws PoSException INVALID_TRANSACTION naming field, value and range
     */
    static void check(BlockContext block, Transaction transaction, Account sender) {
        ChainParameters parameters = block.parameters();
        String chainId = block.chain().chainId();
        if (!transaction.chainId().equals(chainId)) {
            throw refuse("chainId", "'" + transaction.chainId() + "'", "'" + chainId + "'");
        }
        if (transaction.expiryHeight() < block.height()) {
            throw refuse("expiryHeight", transaction.expiryHeight(), "at least the block's height, " + block.height());
        }
        long gas = transaction.gas(parameters.gas());
        if (transaction.gasLimit() < gas) {
            throw refuse("gasLimit", transaction.gasLimit(), "at least the gas that it uses, " + gas);
        }
        if (transaction.fee() < parameters.minimumFee()) {
            throw refuse("fee", transaction.fee(), "at least " + parameters.minimumFee());
        }
        if (transaction.fee() > sender.balance()) {
            throw refuse("fee", transaction.fee(), "at most the sender's balance, " + sender.balance());
        }
    }

    /** The nonce that execution wants. */
    static void checkNonce(Transaction transaction, Account sender) {
        if (transaction.nonce() != sender.nonce()) {
            throw refuse("nonce", transaction.nonce(), String.valueOf(sender.nonce()));
        }
    }

    /** The nonce that a pool takes: this one or a later one. */
    static void checkNonceNotUsed(Transaction transaction, Account sender) {
        if (transaction.nonce() < sender.nonce()) {
            throw refuse("nonce", transaction.nonce(), "at least " + sender.nonce());
        }
    }

    private static PoSException refuse(String field, Object value, String range) {
        return PoSException.outOfRange(PoSError.INVALID_TRANSACTION, field, value, range);
    }
}
