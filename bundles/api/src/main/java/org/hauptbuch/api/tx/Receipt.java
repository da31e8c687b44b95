package org.hauptbuch.api.tx;

import java.util.Optional;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.value.Hash;

/**
 * What became of a transaction in a block. A failed one changed nothing but its sender's nonce and fee.
 *
 * @param transaction which
 * @param height the block that holds it
 * @param index its place in the block, from 0
 * @param gasUsed gas that it used
 * @param error why it failed; empty where it succeeded
 * @param detail the message of the failure, or an empty text
 */
public record Receipt(Hash transaction, long height, int index, long gasUsed, Optional<PoSError> error, String detail) {
    /** Whether it did what it says. */
    public boolean succeeded() {
        return error.isEmpty();
    }
}
