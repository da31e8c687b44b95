package org.hauptbuch.testkit;

/** The process ends in the middle of whatever it does. An error, so that nothing goes on after it. */
final class PowerCut extends Error {
    private static final long serialVersionUID = 1L;

    PowerCut() {
        super("power cut", null, false, false);
    }
}
