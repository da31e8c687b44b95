package org.hauptbuch.attacks;

/** Is told how far a scenario is. */
@FunctionalInterface
interface Progress {
    /** Nobody is told. */
    Progress SILENT = (what, done, all) -> {};

    /** {@code done} of {@code all} steps are done, {@code what} is next. */
    void at(String what, int done, int all);
}
