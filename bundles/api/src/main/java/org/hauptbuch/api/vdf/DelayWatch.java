package org.hauptbuch.api.vdf;

import org.osgi.annotation.versioning.ConsumerType;

/** Sees how far an evaluation is, and may end it. Called by one thread at a time, every few milliseconds or sooner. */
@ConsumerType
@FunctionalInterface
public interface DelayWatch {
    /** Goes on to the end. */
    DelayWatch NEVER_ENDING = done -> true;

    /**
     * Whether to go on.
     *
     * @param done iterations that are done, 0 to the task's; it stays at the task's while the proof is computed
     */
    boolean goesOn(long done);
}
