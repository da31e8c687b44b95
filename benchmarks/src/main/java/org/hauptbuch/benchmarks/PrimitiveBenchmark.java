package org.hauptbuch.benchmarks;

import java.util.concurrent.TimeUnit;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.crypto.accp.AccpScheme;
import org.hauptbuch.crypto.bc.BouncyCastleScheme;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One signature made and verified, by type of key and by provider; the native provider signs as the other does. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 4, time = 1)
@Fork(1)
@State(Scope.Benchmark)
public class PrimitiveBenchmark {
    /** Who verifies. */
    @Param({"bouncycastle", "accp"})
    String provider;

    /** The type of key. */
    @Param({"ED25519", "ML_DSA_65", "HYBRID"})
    KeyType type;

    private final Bytes message = Bytes.of(new byte[128]);
    private SignatureScheme scheme;
    private Signer signer;
    private Bytes signature;

    /** Makes a key and signs. */
    @Setup
    public void sign() {
        BouncyCastleScheme rule = new BouncyCastleScheme();
        scheme = provider.equals("accp") ? new AccpScheme(rule) : rule;
        signer = scheme.signer(type, Bytes.of(new byte[type.secretLength()]));
        signature = signer.sign(message);
    }

    /** A signature. */
    @Benchmark
    public Bytes make() {
        return signer.sign(message);
    }

    /** Its verification, under a key that was seen before. */
    @Benchmark
    public boolean verify() {
        return scheme.verify(signer.publicKey(), message, signature);
    }
}
