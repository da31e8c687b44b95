package org.hauptbuch.api.delegation;

import org.hauptbuch.api.chain.Pool;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.rule.ChainView;
import org.hauptbuch.api.rule.Rule;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Rate;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Decides what stake in a validator's pool is worth and when it may move. The ledger moves the units; rounding is
 * always against the one who claims. Refuses with a {@link org.hauptbuch.api.error.PoSException} that says why.
 */
@ConsumerType
public interface DelegationRule extends Rule {
    /** Shares issued for {@code tokens} (1 or more) that join {@code pool}, rounded down, 1 or more or refused. */
    long sharesFor(Pool pool, long tokens);

    /** Units that {@code shares} (0 to all) of {@code pool} are worth, rounded down. */
    long tokensFor(Pool pool, long shares);

    /** Shares to give up for {@code tokens} (1 to all that they are worth) of {@code pool}, rounded up. */
    long sharesToRedeem(Pool pool, long tokens);

    /** Permits a delegation. */
    void checkDelegate(ChainView view, Address delegator, Validator validator, long amount);

    /** Permits moving stake; refuses a second hop while the first is still liable. */
    void checkRedelegate(ChainView view, Address delegator, Validator from, Validator to, long amount);

    /** The epoch until whose end stake that moves now stays liable for its old validator, the current one or later. */
    long maturityEpoch(ChainView view);

    /** Permits a change of commission: at most the maximum, at most the daily change, once a day of block time. */
    void checkCommission(ChainView view, Validator validator, Rate newRate);
}
