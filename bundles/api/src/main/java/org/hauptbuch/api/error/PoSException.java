package org.hauptbuch.api.error;

/** Something was refused: which of the specification's errors it is, and what exactly was wrong. */
public final class PoSException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final PoSError error;

    /** The message reads {@code "<error text>: <detail>"}. */
    public PoSException(PoSError error, String detail) {
        super(error.text() + ": " + detail);
        this.error = error;
    }

    /** As the other, for a refusal that another failure caused. */
    public PoSException(PoSError error, String detail, Throwable cause) {
        super(error.text() + ": " + detail, cause);
        this.error = error;
    }

    /** A value outside its range: the message names field, value and allowed range. */
    public static PoSException outOfRange(PoSError error, String field, Object value, String range) {
        return new PoSException(error, field + " is " + value + ", must be " + range);
    }

    /** Which of the eighteen. */
    public PoSError error() {
        return error;
    }
}
