package org.hauptbuch.ledger.tx;

import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.ledger.block.BlockContext;
import org.hauptbuch.ledger.stake.Validators;
import org.hauptbuch.ledger.state.Keys;

/**
 * Replaces the consensus key of the sender's validator. The sets of this epoch and of those before keep the old key,
 * so it votes until the epoch's end and stays punishable; the next set is made with the new one.
 */
final class RotateKeyHandler {
    private RotateKeyHandler() {}

    static void apply(BlockContext block, Address sender, Payload.RotateKey payload) {
        Validator validator = Validators.notBanned(block, sender);
        ConsensusKeys.claim(block, sender, payload.consensusKey(), payload.proof());
        block.state().set(Keys.validator(sender), validator.withConsensusKey(payload.consensusKey()));
    }
}
