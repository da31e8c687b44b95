package org.hauptbuch.rules.staging;

/** A jar was not staged; the message is one line that says what is wrong with it. Nothing has changed. */
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    public RefusedException(String message) {
        super(oneLine(message));
    }

    public RefusedException(String message, Throwable cause) {
        super(oneLine(message), cause);
    }

    private static String oneLine(String message) {
        return message.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
