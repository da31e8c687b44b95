package org.hauptbuch.fuzz;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hauptbuch.api.block.BlockHeader;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.block.RollbackCertificate;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.codec.Reader;
import org.hauptbuch.api.crypto.SignedMessage;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.api.value.PublicKey;
import org.hauptbuch.api.vdf.DelayTask;
import org.hauptbuch.light.LightBlock;
import org.hauptbuch.vdf.wesolowski.FormInput;
import org.hauptbuch.vdf.wesolowski.WesolowskiDelay;

/**
 * What {@code crypto.bc} and {@code vdf.wesolowski} verify. A verification refuses by its answer, and nobody without the
 * secret can make another signature that it takes.
 */
final class CryptoDecoders {
    /** As many as are verified in one equation. */
    private static final int BATCH = 4;

    private CryptoDecoders() {}

    static List<Decoder> signatures() {
        List<Decoder> all = new ArrayList<>();
        for (KeyType type : KeyType.values()) {
            Signer signer = Samples.signer(type);
            Bytes signature = signer.sign(Samples.MESSAGE);
            all.add(verdict("signature " + type.label(), in -> verify(signer.publicKey(), in), signature));
            Bytes keyAndSignature = Bytes.of(join(signer.publicKey().bytes(), signature));
            all.add(verdict(
                    "key and signature " + type.label(),
                    in -> in.length() >= type.keyLength()
                            && verify(
                                    new PublicKey(type, Bytes.of(in.toArray(0, type.keyLength()))),
                                    Bytes.of(in.toArray(type.keyLength(), in.length() - type.keyLength()))),
                    keyAndSignature));
            if (type.provesRandomness()) {
                Bytes proof = signer.prove(Samples.MESSAGE);
                all.add(verdict(
                        "proof of randomness " + type.label(),
                        in -> Samples.SCHEME
                                .proofOutput(signer.publicKey(), Samples.MESSAGE, in)
                                .isPresent(),
                        proof));
            }
        }
        return all;
    }

    static List<Decoder> delays() {
        DelayTask task = new DelayTask(Samples.hash(1).bytes(), DelayTask.MIN_BITS, 64);
        WesolowskiDelay delay = new WesolowskiDelay();
        // every number of segments has one right proof: all that 64 iterations can be cut into
        Bytes[] right = IntStream.rangeClosed(1, 6)
                .mapToObj(
                        segments -> delay.evaluate(task, segments, done -> true).joined())
                .toArray(Bytes[]::new);
        FormInput forms = new FormInput(task.seed(), task.bits());
        Decoder form = Decoder.of(
                "form",
                IllegalArgumentException.class,
                in -> {
                    Optional<Bytes> again = forms.again(in);
                    if (again.isPresent() && !again.get().equals(in)) {
                        throw new AssertionError(
                                "encoded again it is " + again.get().hex());
                    }
                },
                forms.generator());
        return List.of(form, verdict("delay", in -> delay.verify(task, in), right));
    }

    /** What a light client and a node that begins at a checkpoint believe: a set's signatures under a block. */
    static List<Decoder> certificates() {
        ValidatorSet set = Samples.set();
        BlockHeader header = Samples.headerOf(set);
        Certificate certificate = Samples.certificateOf(header.hash());
        Decoder judged = Decoder.of(
                "certificate that is judged",
                PoSException.class,
                in -> {
                    Certificate read = Certificate.decode(in);
                    new LightBlock(header, read, set).check(Samples.CHAIN, Samples.SCHEME);
                    if (!read.equals(certificate)) {
                        throw new AssertionError("taken, and is not right");
                    }
                },
                certificate.encode());
        RollbackCertificate rollback = Samples.rollbackOf(set);
        return List.of(
                judged,
                Decoder.of(
                        "rollback certificate that is judged",
                        PoSException.class,
                        in -> {
                            RollbackCertificate read =
                                    RollbackCertificate.read(new Reader(in, PoSError.CONSENSUS_STATE_UPDATE_FAILED));
                            read.verify(Samples.CHAIN, set, Samples.SCHEME);
                            if (!read.equals(rollback)) {
                                throw new AssertionError("taken, and is not right");
                            }
                        },
                        ApiDecoders.written(rollback::write)));
    }

    /** A judge that says yes to {@code right} and to nothing else. */
    private static Decoder verdict(String name, Decoder.Verdict verdict, Bytes... right) {
        List<Bytes> all = List.of(right);
        return Decoder.of(
                name,
                IllegalArgumentException.class,
                in -> {
                    if (verdict.of(in) != all.contains(in)) {
                        throw new AssertionError(
                                all.contains(in) ? "refused, and is right" : "taken, and is not right");
                    }
                },
                right);
    }

    /** The answer, the same alone and among others. */
    private static boolean verify(PublicKey key, Bytes signature) {
        boolean right = Samples.SCHEME.verify(key, Samples.MESSAGE, signature);
        List<SignedMessage> batch = Collections.nCopies(BATCH, new SignedMessage(key, Samples.MESSAGE, signature));
        for (boolean one : Samples.SCHEME.verifyAll(batch)) {
            if (one != right) {
                throw new AssertionError("alone it is " + right + ", in a batch " + one);
            }
        }
        return right;
    }

    private static byte[] join(Bytes a, Bytes b) {
        byte[] both = new byte[a.length() + b.length()];
        a.copyTo(both, 0);
        b.copyTo(both, a.length());
        return both;
    }
}
