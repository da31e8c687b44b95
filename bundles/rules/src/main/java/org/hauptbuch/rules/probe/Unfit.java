package org.hauptbuch.rules.probe;

/** A rule's answer is outside the range of its interface; the message says how, for {@code it ...}. */
final class Unfit extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unfit(String message) {
        super(message, null, false, false);
    }

    /** {@code value}, which must be there. */
    static <T> T present(String what, T value) {
        if (value == null) {
            throw new Unfit("answers null for " + what);
        }
        return value;
    }

    /** {@code value}, which must be within the range. */
    static long within(String what, long value, long least, long most) {
        if (value < least || value > most) {
            throw new Unfit("answers " + value + " for " + what + ", must be " + least + " to " + most);
        }
        return value;
    }

    /** Refuses an answer that is not {@code fit}. */
    static void unless(boolean fit, String message) {
        if (!fit) {
            throw new Unfit(message);
        }
    }
}
