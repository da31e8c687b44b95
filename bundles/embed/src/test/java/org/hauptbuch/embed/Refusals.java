package org.hauptbuch.embed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.junit.jupiter.api.function.Executable;

/** Says that something is refused, as what, and what the message names. */
final class Refusals {
    private Refusals() {}

    static PoSException assertRefused(PoSError error, Executable action, String... named) {
        PoSException thrown = assertThrows(PoSException.class, action);
        assertEquals(error, thrown.error(), thrown.getMessage());
        for (String part : named) {
            assertTrue(thrown.getMessage().contains(part), "'" + part + "' in: " + thrown.getMessage());
        }
        return thrown;
    }
}
