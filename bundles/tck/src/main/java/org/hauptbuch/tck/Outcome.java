package org.hauptbuch.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Supplier;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;

/**
 * What a rule answered: a value, or a refusal. Anything else that it throws is no answer but a failure, and halts a
 * node; here it fails the test.
 *
 * @param value the value; null for a refusal and for a permission
 * @param error the refusal's error; null where it did not refuse
 * @param message the refusal's message
 */
record Outcome(Object value, PoSError error, String message) {
    static Outcome of(Supplier<?> question) {
        try {
            return new Outcome(question.get(), null, "");
        } catch (PoSException e) {
            return new Outcome(null, e.error(), e.getMessage());
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError(
                    "neither answered nor refused, which halts every node: " + e + "; refuse with a PoSException", e);
        }
    }

    static Outcome ofCheck(Runnable check) {
        return of(() -> {
            check.run();
            return null;
        });
    }

    boolean refused() {
        return error != null;
    }

    void requirePermitted(String what) {
        assertTrue(!refused(), () -> what + " is refused: " + message);
    }

    void requireRefused(String what) {
        assertTrue(refused(), () -> what + " is not refused" + (value == null ? "" : " but answered with " + value));
    }

    void requireRefusedAs(PoSError expected, String what) {
        requireRefused(what);
        assertEquals(expected, error, () -> what + ": " + message);
    }
}
