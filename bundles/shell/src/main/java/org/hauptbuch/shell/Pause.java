package org.hauptbuch.shell;

/** Time as commands need it, so that tests can do without. */
public interface Pause {
    /** The real one. */
    Pause REAL = new Pause() {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public void millis(long millis) throws InterruptedException {
            Thread.sleep(millis);
        }
    };

    /** Nanoseconds since some moment. */
    long nanoTime();

    /** Waits. */
    void millis(long millis) throws InterruptedException;
}
