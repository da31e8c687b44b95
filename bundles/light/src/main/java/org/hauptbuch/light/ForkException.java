package org.hauptbuch.light;

/** Two chains verify from one trusted header: neither is to be believed before people have looked. */
public final class ForkException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Fork fork;

    ForkException(Fork fork) {
        super("height " + fork.first().height() + " has two final blocks: "
                + fork.first().hash() + ", and "
                + fork.second().hash() + " from " + fork.witness() + "; "
                + fork.signedBoth().size() + " validators signed both, "
                + fork.evidence().size()
                + " of them provably in one round");
        this.fork = fork;
    }

    /** What shows it, with the evidence. */
    public Fork fork() {
        return fork;
    }
}
