package org.hauptbuch.api.vdf;

import org.hauptbuch.api.value.Bytes;

/** {@link DelayFunction#NONE}. */
final class NoDelay implements DelayFunction {
    @Override
    public DelayResult evaluate(DelayTask task, int segments, DelayWatch watch) {
        throw refusal();
    }

    @Override
    public boolean verify(DelayTask task, Bytes output, Bytes proof) {
        throw refusal();
    }

    private static UnsupportedOperationException refusal() {
        return new UnsupportedOperationException("no delay function was given: this is for chains without a delay");
    }
}
