package org.hauptbuch.ledger.tx;

import java.util.Optional;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.tx.Receipt;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.ledger.Account;
import org.hauptbuch.ledger.block.BlockContext;
import org.hauptbuch.ledger.change.Plans;
import org.hauptbuch.ledger.stake.Accounts;
import org.hauptbuch.ledger.state.Key;
import org.hauptbuch.ledger.state.Keys;
import org.hauptbuch.ledger.state.Overlay;

/** Executes transactions. One that fails pays its fee and uses its nonce, and changes nothing else. */
public final class Transactions {
    private final BlockContext block;
    private final Overlay state;

    /** The transactions of {@code block}. */
    public Transactions(BlockContext block) {
        this.block = block;
        this.state = block.state();
    }

    /**
     * Executes one; the fee is the caller's to put into the pot.
     *
     * @throws PoSException INVALID_TRANSACTION where no block may hold it
     */
    public Receipt execute(Transaction transaction, int index) {
        Address from = transaction.from();
        Key<Account> account = Keys.account(from);
        Account sender = Accounts.of(state, account);
        Envelope.check(block, transaction, sender);
        Envelope.checkNonce(transaction, sender);
        state.set(account, new Account(sender.balance() - transaction.fee(), sender.nonce() + 1));
        Optional<PoSError> error = Optional.empty();
        String detail = "";
        state.begin();
        try {
            apply(from, account, transaction.payload());
            state.keep();
        } catch (PoSException refusal) {
            state.rollback();
            error = Optional.of(refusal.error());
            detail = refusal.getMessage();
        }
        return new Receipt(
                transaction.id(),
                block.height(),
                index,
                transaction.gas(block.parameters().gas()),
                error,
                detail);
    }

    /**
     * Refuses what {@link #execute} would refuse or record as failed. Of a transaction whose nonce is yet to come only
     * the envelope is looked at: what is before it may change everything else. The state stays as it is.
     */
    public void check(Transaction transaction) {
        Address from = transaction.from();
        Key<Account> account = Keys.account(from);
        Account sender = Accounts.of(state, account);
        Envelope.check(block, transaction, sender);
        Envelope.checkNonceNotUsed(transaction, sender);
        if (transaction.nonce() == sender.nonce()) {
            state.begin();
            try {
                state.set(account, new Account(sender.balance() - transaction.fee(), sender.nonce() + 1));
                apply(from, account, transaction.payload());
            } finally {
                state.rollback();
            }
        }
    }

    private void apply(Address sender, Key<Account> account, Payload payload) {
        if (payload instanceof Payload.Transfer p) {
            TransferHandler.apply(block, account, p);
        } else if (payload instanceof Payload.RegisterValidator p) {
            RegisterValidatorHandler.apply(block, sender, p);
        } else if (payload instanceof Payload.EditValidator p) {
            EditValidatorHandler.apply(block, sender, p);
        } else if (payload instanceof Payload.RotateKey p) {
            RotateKeyHandler.apply(block, sender, p);
        } else if (payload instanceof Payload.Stake p) {
            StakeHandler.apply(block, sender, p);
        } else if (payload instanceof Payload.Unstake p) {
            UnstakeHandler.apply(block, sender, p);
        } else if (payload instanceof Payload.Delegate p) {
            DelegateHandler.apply(block, sender, p);
        } else if (payload instanceof Payload.Undelegate p) {
            UndelegateHandler.apply(block, sender, p);
        } else if (payload instanceof Payload.Redelegate p) {
            RedelegateHandler.apply(block, sender, p);
        } else if (payload instanceof Payload.WithdrawRewards p) {
            WithdrawRewardsHandler.apply(block, sender, p);
        } else if (payload instanceof Payload.Unjail) {
            UnjailHandler.apply(block, sender);
        } else if (payload instanceof Payload.SubmitEvidence p) {
            SubmitEvidenceHandler.apply(block, sender, p);
        } else if (payload instanceof Payload.ProposeRules p) {
            new Plans(block).propose(sender, p.plan(), p.attestations());
        } else if (payload instanceof Payload.AttestRules p) {
            new Plans(block).attest(p.attestation());
        } else if (payload instanceof Payload.CancelRules p) {
            new Plans(block).cancel(sender, p.plan());
        } else {
            throw new IllegalStateException("a payload without a handler: " + payload.getClass());
        }
    }
}
