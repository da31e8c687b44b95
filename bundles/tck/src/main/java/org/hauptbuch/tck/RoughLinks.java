package org.hauptbuch.tck;

import java.util.Arrays;
import java.util.Random;
import org.hauptbuch.api.block.VotePhase;
import org.hauptbuch.api.finality.Message;

/**
 * How messages travel in a {@link FinalityWorld}: late, lost, repeated, or cut off by a partition, until the network
 * heals; all of it drawn from one source.
 */
final class RoughLinks {
    private static final int HEALED_DELAY = 40;

    private final Random random;
    private final VirtualTime time;
    private final FinalityTally tally;
    private final VotePhase decisive;
    private final long heal;
    private final double loss;
    private final double[][] linkLoss;
    private final int favoured;
    private final int blind;
    private final double blindness;
    private final boolean[] aside;
    private final long partitionBegins;
    private final long partitionEnds;
    private final int maxDelay;

    RoughLinks(Random random, VirtualTime time, FinalityTally tally, VotePhase decisive, int size, long heal) {
        this.random = random;
        this.time = time;
        this.tally = tally;
        this.decisive = decisive;
        this.heal = heal;
        loss = random.nextInt(4) * 0.15;
        linkLoss = new double[size][size];
        for (double[] row : linkLoss) {
            Arrays.setAll(row, i -> random.nextInt(4) == 0 ? 0.9 : loss);
        }
        favoured = random.nextBoolean() ? random.nextInt(size) : -1;
        blind = random.nextInt(size);
        blindness = random.nextBoolean() ? 0.9 : 0.4;
        aside = new boolean[size];
        for (int i = 0; i < size; i++) {
            aside[i] = random.nextBoolean();
        }
        partitionBegins = random.nextInt((int) heal);
        partitionEnds = random.nextBoolean() ? Math.min(heal, partitionBegins + random.nextInt(6_000)) : 0;
        maxDelay = 1 + random.nextInt(random.nextBoolean() ? 50 : 1_500);
    }

    boolean healed() {
        return time.now() >= heal;
    }

    /** A message travels: {@code arrives} runs never, once or twice. */
    void send(int from, int to, Message message, Runnable arrives) {
        if (time.now() >= partitionBegins && time.now() < partitionEnds && aside[from] != aside[to]) {
            tally.cut++;
            return;
        }
        if (!healed() && random.nextDouble() < lossOf(from, to, message)) {
            tally.dropped++;
            return;
        }
        time.later(1 + random.nextInt(healed() ? HEALED_DELAY : maxDelay), arrives);
        if (random.nextInt(20) == 0) {
            tally.repeated++;
            time.later(1 + random.nextInt(2_000), arrives);
        }
    }

    /** Something that is never lost. */
    void surely(Runnable arrives) {
        time.later(1 + random.nextInt(HEALED_DELAY), arrives);
    }

    /**
     * In half of the worlds the loss is the work of somebody who wants two decisions: one player hears everything and
     * decides early, the votes that decide do not reach the others, who do hear each other give the round up, and one of
     * them does not even hear the votes before.
     */
    private double lossOf(int from, int to, Message message) {
        if (favoured < 0) {
            return linkLoss[from][to];
        }
        if (to == favoured || !(message instanceof Message.Ballot ballot)) {
            return 0;
        }
        if (ballot.vote().phase() == decisive) {
            return ballot.vote().isNil() ? 0 : 0.7;
        }
        return to == blind ? blindness : 0;
    }

    @Override
    public String toString() {
        return "loss " + loss + ", delay " + maxDelay;
    }
}
