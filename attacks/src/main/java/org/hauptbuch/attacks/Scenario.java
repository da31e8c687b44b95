package org.hauptbuch.attacks;

/** One attack. */
interface Scenario {
    /** What it is called on the command line. */
    String name();

    /** Carries it out for each stake of {@code sweep}; the same seed and sweep give the same report. */
    Report run(long seed, Sweep sweep, Progress progress);
}
