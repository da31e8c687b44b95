package org.hauptbuch.embed;

import java.util.Optional;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.value.Hash;

/**
 * What became of validating one transaction.
 *
 * @param transaction its id
 * @param refusal why it is refused; empty where it is valid
 */
public record ValidationResult(Hash transaction, Optional<PoSException> refusal) {
    /** Whether the next block could hold it. */
    public boolean isValid() {
        return refusal.isEmpty();
    }
}
