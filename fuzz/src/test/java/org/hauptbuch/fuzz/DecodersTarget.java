package org.hauptbuch.fuzz;

/** What the fuzzer calls, again and again. */
public final class DecodersTarget {
    private static final Harness HARNESS = new Harness(Decoders.all());

    private DecodersTarget() {}

    /** The fuzzer calls it once, before it measures the time of inputs: a hundred classes are loaded and changed here. */
    public static void fuzzerInitialize() {
        HARNESS.warm();
    }

    /** The fuzzer's way in. */
    public static void fuzzerTestOneInput(byte[] input) {
        HARNESS.run(input);
    }
}
