package org.hauptbuch.crypto.accp;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Optional;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.api.value.PublicKey;

/** What the native library says of a signature. The provider is an object here and registered nowhere. Thread-safe. */
final class NativeVerifier {
    /** The ASN.1 header of an Ed25519 public key (RFC 8410). */
    private static final Bytes ED25519_HEADER = Bytes.fromHex("302a300506032b6570032100");

    /** The ASN.1 header of an ML-DSA-65 public key (RFC 9881, section 4). */
    private static final Bytes ML_DSA_65_HEADER = Bytes.fromHex("308207b2300b0609608648016503040312038207a100");

    /** Ready keys to keep: some kilobytes each of ML-DSA, some hundred bytes of Ed25519. */
    private static final int ED25519_KEYS = 16_384;

    private static final int ML_DSA_KEYS = 1_024;

    private final Provider provider;
    private final Algorithm ed25519;
    private final Algorithm mlDsa65;

    /**
     * The verifier, or what keeps it from working.
     *
     * @param verifier absent where there is an obstacle
     * @param obstacle in words for an operator
     */
    record Loaded(Optional<NativeVerifier> verifier, Optional<String> obstacle) {}

    private record Algorithm(String name, Bytes header, KeyCache keys) {}

    private NativeVerifier(Provider provider) {
        this.provider = provider;
        this.ed25519 = new Algorithm("Ed25519", ED25519_HEADER, new KeyCache(ED25519_KEYS));
        this.mlDsa65 = new Algorithm("ML-DSA", ML_DSA_65_HEADER, new KeyCache(ML_DSA_KEYS));
    }

    /** Loads the library; it is there for Linux on x86-64 only. */
    static Loaded load() {
        try {
            AmazonCorrettoCryptoProvider provider = AmazonCorrettoCryptoProvider.INSTANCE;
            Throwable error = provider.getLoadingError();
            return error == null
                    ? new Loaded(Optional.of(new NativeVerifier(provider)), Optional.empty())
                    : without(error);
        } catch (LinkageError e) {
            return without(e);
        }
    }

    static Loaded without(Throwable error) {
        return new Loaded(
                Optional.empty(),
                Optional.of("its native library does not load on " + System.getProperty("os.name") + " "
                        + System.getProperty("os.arch") + " (" + error + "), must be Linux on x86-64"));
    }

    /** Whether the library accepts {@code signature} and the chain's rule the key. @param key not hybrid */
    boolean accepts(PublicKey key, Bytes message, Bytes signature) {
        Algorithm algorithm = key.type() == KeyType.ED25519 ? ed25519 : mlDsa65;
        try {
            Optional<java.security.PublicKey> ready = algorithm.keys.get(key.bytes(), () -> ready(algorithm, key));
            if (ready.isEmpty()) {
                return false;
            }
            Signature verifier = Signature.getInstance(algorithm.name, provider);
            verifier.initVerify(ready.get());
            verifier.update(message.toArray());
            return verifier.verify(signature.toArray());
        } catch (SignatureException e) {
            // malformed: refused, as everything is that it says no to
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the native library verifies no " + algorithm.name, e);
        }
    }

    private Optional<java.security.PublicKey> ready(Algorithm algorithm, PublicKey key)
            throws GeneralSecurityException {
        byte[] raw = key.bytes().toArray();
        // canonical and not of small order: the chain's rule, which the library does not ask for
        if (key.type() == KeyType.ED25519 && !Ed25519.validatePublicKeyPartial(raw, 0)) {
            return Optional.empty();
        }
        byte[] x509 = new byte[algorithm.header.length() + raw.length];
        algorithm.header.copyTo(x509, 0);
        System.arraycopy(raw, 0, x509, algorithm.header.length(), raw.length);
        // the library reads keys of Ed25519 as the platform has them, and has a factory for the others only
        KeyFactory factory = key.type() == KeyType.ED25519
                ? KeyFactory.getInstance(algorithm.name)
                : KeyFactory.getInstance(algorithm.name, provider);
        try {
            return Optional.of(factory.generatePublic(new X509EncodedKeySpec(x509)));
        } catch (InvalidKeySpecException e) {
            return Optional.empty();
        }
    }
}
