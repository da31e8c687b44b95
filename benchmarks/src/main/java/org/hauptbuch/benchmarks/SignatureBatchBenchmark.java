package org.hauptbuch.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.crypto.SignedMessage;
import org.hauptbuch.crypto.bc.BouncyCastleScheme;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Ed25519 signatures over transfers, each of another sender, on one core: one by one and in one batch. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 6, time = 2)
@Fork(1)
@State(Scope.Benchmark)
public class SignatureBatchBenchmark {
    /** Signatures. */
    @Param({"64", "256", "1024"})
    int size;

    private final SignatureScheme scheme = new BouncyCastleScheme();
    private SignatureScheme strange;
    private List<SignedMessage> good;
    private List<SignedMessage> oneWrong;

    /** Signs. */
    @Setup
    public void sign() {
        good = new Chain(1, size, false)
                .transfers().stream()
                        .map(t -> new SignedMessage(t.sender(), t.signBytes(), t.signature()))
                        .toList();
        oneWrong = new ArrayList<>(good);
        SignedMessage first = good.get(0);
        oneWrong.set(0, new SignedMessage(first.key(), good.get(1).message(), first.signature()));
    }

    /** A scheme that has not seen the keys. */
    @Setup(Level.Invocation)
    public void forget() {
        strange = new BouncyCastleScheme();
    }

    /** The senders' keys have been seen before. */
    @Benchmark
    public boolean[] batch() {
        return scheme.verifyAll(good);
    }

    /** Every sender is new. */
    @Benchmark
    public boolean[] batchOfNewSenders() {
        return strange.verifyAll(good);
    }

    /** The first signature is wrong and is to be found. */
    @Benchmark
    public boolean[] batchWithOneWrong() {
        return scheme.verifyAll(oneWrong);
    }

    /** The senders' keys have been seen before. */
    @Benchmark
    public boolean oneByOne() {
        boolean all = true;
        for (SignedMessage signed : good) {
            all &= scheme.verify(signed.key(), signed.message(), signed.signature());
        }
        return all;
    }
}
