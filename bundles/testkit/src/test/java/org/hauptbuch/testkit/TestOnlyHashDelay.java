package org.hauptbuch.testkit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.vdf.DelayFunction;
import org.hauptbuch.api.vdf.DelayResult;
import org.hauptbuch.api.vdf.DelayTask;
import org.hauptbuch.api.vdf.DelayWatch;

/** FOR SIMULATIONS ONLY: a digest in place of a delay, which anybody has at once. Shaped like the real one. */
final class TestOnlyHashDelay implements DelayFunction {
    @Override
    public DelayResult evaluate(DelayTask task, int segments, DelayWatch watch) {
        return new DelayResult(form(task, 1), form(task, 2));
    }

    @Override
    public boolean verify(DelayTask task, Bytes output, Bytes proof) {
        return output.equals(form(task, 1)) && proof.equals(form(task, 2));
    }

    private static Bytes form(DelayTask task, int part) {
        Hash digest = Hash.sha256(
                task.seed().toArray(),
                new byte[] {(byte) part},
                Long.toString(task.iterations()).getBytes(StandardCharsets.US_ASCII));
        return Bytes.of(Arrays.copyOf(digest.toArray(), task.formBytes()));
    }
}
