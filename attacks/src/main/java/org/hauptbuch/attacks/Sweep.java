package org.hauptbuch.attacks;

import java.util.List;
import java.util.stream.IntStream;

/**
 * How much is tried.
 *
 * @param stakes the attacker's stakes, percent of all stake, 1 to {@link #MOST}, ascending
 * @param epochs the epochs that are simulated for each stake where schedules are measured, 1 or more
 */
record Sweep(List<Integer> stakes, int epochs) {
    /** The largest stake, percent: somebody has to be left who is honest. */
    static final int MOST = 45;

    /** 5 % to 45 %. */
    static final Sweep DEFAULT =
            new Sweep(IntStream.rangeClosed(1, 9).mapToObj(i -> 5 * i).toList(), 50_000);

    Sweep {
        stakes = List.copyOf(stakes);
        for (int stake : stakes) {
            if (stake < 1 || stake > MOST) {
                throw new IllegalArgumentException("stake: " + stake + " %, must be 1 % to " + MOST + " %");
            }
        }
        if (epochs < 1) {
            throw new IllegalArgumentException("epochs: " + epochs + ", must be 1 or more");
        }
    }

    /** One stake only. */
    Sweep withStake(int stake) {
        return new Sweep(List.of(stake), epochs);
    }

    Sweep withEpochs(int newEpochs) {
        return new Sweep(stakes, newEpochs);
    }
}
