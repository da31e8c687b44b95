package org.hauptbuch.crypto.accp;

import java.util.List;
import java.util.Optional;
import org.hauptbuch.api.crypto.Hybrid;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.crypto.SignedMessage;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.api.value.PublicKey;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Verifies with the native library of the Amazon Corretto Crypto Provider, and answers as Bouncy Castle does, whose
 * scheme it asks about all that the library refuses. Without the library it asks about everything, and says so.
 *
 * <p>Why that is the same answer for Ed25519: the library's equation SB - R - kA = 0 implies the chain's, which multiplies
 * it by 8; it compares R with an encoding that it made, which is canonical; it checks S &lt; L. What it does not check,
 * whether A is canonical and not of small order, Bouncy Castle checks once for each key. For ML-DSA-65 the standard leaves
 * no choice to an implementation: a signature is valid or not.
 *
 * <p>Signing and proving are left to the other scheme: the library does not sign with ML-DSA deterministically. Large
 * batches too: in one equation, in Java, they take less time than one by one in the library. Thread-safe.
 */
@Component(
        service = SignatureScheme.class,
        property = {SignatureScheme.PROVIDER + "=accp", "service.ranking:Integer=-1"})
public final class AccpScheme implements SignatureScheme {
    /** With as many, a signature takes 33 microseconds in one equation in Java, and 41 in the library. */
    private static final int LEAST_BATCH = 256;

    private final SignatureScheme rule;
    private final Optional<NativeVerifier> library;
    private final Optional<String> obstacle;

    /** @param rule decides what the library refuses, and signs */
    @Activate
    public AccpScheme(@Reference(target = "(" + SignatureScheme.PROVIDER + "=bouncycastle)") SignatureScheme rule) {
        this(rule, NativeVerifier.load());
    }

    AccpScheme(SignatureScheme rule, NativeVerifier.Loaded loaded) {
        this.rule = rule;
        this.library = loaded.verifier();
        this.obstacle = loaded.obstacle();
    }

    @Override
    public Optional<String> obstacle() {
        return obstacle;
    }

    @Override
    public boolean verify(PublicKey key, Bytes message, Bytes signature) {
        return isAccepted(key, message, signature) || rule.verify(key, message, signature);
    }

    /** Whether the library accepts it and all that it does not look at is right. */
    private boolean isAccepted(PublicKey key, Bytes message, Bytes signature) {
        if (library.isEmpty() || signature.length() != key.type().signatureLength()) {
            return false;
        }
        NativeVerifier verifier = library.get();
        if (key.type() == KeyType.HYBRID) {
            Bytes signed = Hybrid.signed(message);
            return verifier.accepts(Hybrid.ed25519(key), signed, Hybrid.ed25519Signature(signature))
                    && verifier.accepts(Hybrid.mlDsa65(key), signed, Hybrid.mlDsa65Signature(signature));
        }
        return !Hybrid.isReserved(message) && verifier.accepts(key, message, signature);
    }

    @Override
    public boolean[] verifyAll(List<SignedMessage> batch) {
        return library.isEmpty() || batch.size() >= LEAST_BATCH
                ? rule.verifyAll(batch)
                : SignatureScheme.super.verifyAll(batch);
    }

    @Override
    public Optional<Bytes> proofOutput(PublicKey key, Bytes alpha, Bytes proof) {
        return rule.proofOutput(key, alpha, proof);
    }

    @Override
    public Signer signer(KeyType type, Bytes secret) {
        return rule.signer(type, secret);
    }

    @Override
    public Bytes newSecret(KeyType type) {
        return rule.newSecret(type);
    }
}
