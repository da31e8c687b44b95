package org.hauptbuch.ledger.tx;

import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.api.value.PublicKey;
import org.hauptbuch.ledger.block.BlockContext;
import org.hauptbuch.ledger.state.Keys;

/** Consensus keys belong to one validator for ever, so that a signature always names one offender. */
final class ConsensusKeys {
    private ConsensusKeys() {}

    /**
     * Gives {@code key} to {@code owner}.
     *
     * @throws PoSException INVALID_VALIDATOR where it is not of the chain's type, or some validator has it or had it,
     *     SECURITY_VALIDATION_FAILED where {@code proof} does not show that the owner holds it
     */
    static void claim(BlockContext block, Address owner, PublicKey key, Bytes proof) {
        KeyType type = block.parameters().consensus().consensusKeyType();
        if (key.type() != type) {
            throw PoSException.outOfRange(
                    PoSError.INVALID_VALIDATOR, "consensusKey.type", key.type(), type + ", by enableQuantumResistance");
        }
        if (block.state().get(Keys.consensusKey(key)).isPresent()) {
            throw PoSException.outOfRange(
                    PoSError.INVALID_VALIDATOR, "consensusKey", key.shortText(), "a key that no validator has or had");
        }
        Bytes message = Transaction.possessionBytes(block.chain().chainId(), owner, key);
        if (!block.scheme().verify(key, message, proof)) {
            throw PoSException.outOfRange(
                    PoSError.SECURITY_VALIDATION_FAILED,
                    "proof",
                    proof.length() + " other bytes",
                    "the signature of consensusKey over the possession of " + owner);
        }
        block.state().set(Keys.consensusKey(key), owner);
    }
}
