package org.hauptbuch.ledger.tx;

import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.ledger.block.BlockContext;
import org.hauptbuch.ledger.stake.Validators;
import org.hauptbuch.ledger.state.Keys;

/** Changes the commission of the sender's validator. */
final class EditValidatorHandler {
    private EditValidatorHandler() {}

    static void apply(BlockContext block, Address sender, Payload.EditValidator payload) {
        Validator validator = Validators.notBanned(block, sender);
        if (payload.commission().compareTo(validator.commission().maximum()) > 0) {
            throw PoSException.outOfRange(
                    PoSError.INVALID_VALIDATOR,
                    "commission",
                    payload.commission(),
                    "at most the maximum, " + validator.commission().maximum());
        }
        block.rules().permit(RuleKind.DELEGATION, () -> block.rules()
                .generation()
                .delegation()
                .checkCommission(block.view(RuleKind.DELEGATION), validator, payload.commission()));
        block.state()
                .set(
                        Keys.validator(sender),
                        validator.withCommission(
                                validator.commission().changed(payload.commission(), block.timeMillis())));
    }
}
