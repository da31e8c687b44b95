package org.hauptbuch.shell;

/** A command could not do what it was asked for; the message is the one line that its user reads. */
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Failure(String message) {
        super(message);
    }

    public Failure(String message, Throwable cause) {
        super(message, cause);
    }

    /** An argument outside its range: the message names argument, value and range. */
    public static Failure argument(String name, String value, String range) {
        return new Failure(name + " is '" + value + "', must be " + range);
    }
}
