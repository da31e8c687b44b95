package org.hauptbuch.ledger;

import java.util.Arrays;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.vdf.DelayFunction;
import org.hauptbuch.api.vdf.DelayResult;
import org.hauptbuch.api.vdf.DelayTask;
import org.hauptbuch.api.vdf.DelayWatch;

/** The seed, filled up, is the output; the same is the proof. */
final class FakeDelay implements DelayFunction {
    static final FakeDelay INSTANCE = new FakeDelay();

    @Override
    public DelayResult evaluate(DelayTask task, int segments, DelayWatch watch) {
        Bytes form = Bytes.of(Arrays.copyOf(task.seed().toArray(), task.formBytes()));
        return new DelayResult(form, form);
    }

    @Override
    public boolean verify(DelayTask task, Bytes output, Bytes proof) {
        return evaluate(task, 1, DelayWatch.NEVER_ENDING).equals(new DelayResult(output, proof));
    }
}
