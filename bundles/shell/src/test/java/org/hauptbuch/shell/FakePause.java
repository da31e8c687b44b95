package org.hauptbuch.shell;

/** Virtual time: waiting takes none, and something may happen meanwhile. */
public final class FakePause implements Pause {
    private long nanos;
    private Runnable each = () -> {};

    /** Calls {@code happening} at every wait. */
    public FakePause during(Runnable happening) {
        each = happening;
        return this;
    }

    public long millis() {
        return nanos / 1_000_000;
    }

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public void millis(long millis) {
        nanos += millis * 1_000_000;
        each.run();
    }
}
