package org.hauptbuch.testkit;

/** Something happened that must never happen. An error, so that no node under test can catch it. */
public final class SimulationFailure extends AssertionError {
    private static final long serialVersionUID = 1L;

    /** What happened. */
    public SimulationFailure(String what) {
        super(what);
    }

    /** What happened, with what caused it. */
    public SimulationFailure(String what, Throwable cause) {
        super(what, cause);
    }
}
