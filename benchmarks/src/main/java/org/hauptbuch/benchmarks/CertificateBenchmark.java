package org.hauptbuch.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.block.Vote;
import org.hauptbuch.api.block.VotePhase;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.finality.FinalityRule;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.crypto.bc.BouncyCastleScheme;
import org.hauptbuch.finality.tendermint.TendermintFinalityFactory;
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

/** A certificate of all validators, on one core; its size is printed once. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 4, time = 1)
@Fork(1)
@State(Scope.Benchmark)
public class CertificateBenchmark {
    private static final String CHAIN = "benchmark";

    /** Who signed. */
    @Param("100")
    int validators;

    /** The type of their keys. */
    @Param({"ED25519", "HYBRID"})
    KeyType type;

    private final SignatureScheme scheme = new BouncyCastleScheme();
    private final FinalityRule finality = (FinalityRule) new TendermintFinalityFactory().create(Parameters.NONE);
    private ValidatorSet set;
    private Certificate certificate;

    /** Signs. */
    @Setup
    public void sign() {
        Hash block = Hash.sha256(Bytes.EMPTY);
        List<ValidatorSet.Member> members = new ArrayList<>();
        List<Vote> votes = new ArrayList<>();
        for (int i = 0; i < validators; i++) {
            byte[] secret = new byte[type.secretLength()];
            secret[0] = (byte) i;
            Signer signer = scheme.signer(type, Bytes.of(secret));
            Address address = Address.of(signer.publicKey());
            members.add(new ValidatorSet.Member(address, signer.publicKey(), 1));
            Bytes statement = Vote.signBytes(CHAIN, VotePhase.PRECOMMIT, 7, 0, block);
            votes.add(new Vote(VotePhase.PRECOMMIT, 7, 0, block, address, signer.sign(statement)));
        }
        set = ValidatorSet.of(members);
        certificate = Certificate.of(votes);
        Writer encoded = new Writer();
        certificate.write(encoded);
        System.out.println(type + ": " + encoded.toBytes().length() + " bytes");
    }

    /** Its verification, with keys that were seen before. */
    @Benchmark
    public void verify() {
        finality.verifyFinal(certificate, CHAIN, set, scheme);
    }
}
