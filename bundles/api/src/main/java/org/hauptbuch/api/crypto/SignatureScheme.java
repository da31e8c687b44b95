package org.hauptbuch.api.crypto;

import java.util.List;
import java.util.Optional;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.api.value.PublicKey;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Signs and verifies for every {@link KeyType}. All providers obey one verification rule for each, because a difference
 * is a fork.
 *
 * <ul>
 *   <li>Ed25519: A and R canonical, S &lt; L, A not of small order, and the cofactored equation 8(SB - R - kA) = 0.
 *   <li>ML-DSA-65: ML-DSA.Verify of FIPS 204 with the empty context string.
 *   <li>Both: no message that {@link Hybrid#isReserved}.
 *   <li>Hybrid: both halves by these rules, over the bytes of {@link Hybrid#signed}.
 * </ul>
 *
 * <p>Thread-safe.
 */
@ConsumerType
public interface SignatureScheme {
    /** The name of the service property with the provider's name, which a node's configuration may choose. */
    String PROVIDER = "provider";

    /** The length of a proof of randomness in bytes. */
    int PROOF_LENGTH = 80;

    /** The length of a proof's output in bytes. */
    int PROOF_OUTPUT_LENGTH = 64;

    /** Whether {@code signature} is {@code key}'s over {@code message}; false for everything malformed, never a throw. */
    boolean verify(PublicKey key, Bytes message, Bytes signature);

    /**
     * What {@link #verify} says of each, in the same order. A provider may find out faster for many together than one by
     * one; the answers are the same.
     */
    default boolean[] verifyAll(List<SignedMessage> batch) {
        boolean[] right = new boolean[batch.size()];
        for (int i = 0; i < right.length; i++) {
            SignedMessage signed = batch.get(i);
            right[i] = verify(signed.key(), signed.message(), signed.signature());
        }
        return right;
    }

    /**
     * The output of a verifiable random function: for each key and {@code alpha} there is one, nobody without the secret
     * key can tell it from chance, and everybody can verify it. ECVRF-EDWARDS25519-SHA512-ELL2 (RFC 9381) with the
     * Ed25519 key, or the Ed25519 half of a hybrid one.
     *
     * @param proof what {@link Signer#prove} gave
     * @return 64 bytes; empty where the proof is not {@code key}'s for {@code alpha}, where anything is malformed
     */
    Optional<Bytes> proofOutput(PublicKey key, Bytes alpha, Bytes proof);

    /**
     * What keeps the provider from working on this platform as it is meant to, such as a native library that is not
     * there; empty where nothing does. Its answers are right all the same, but nobody who chose it gets what he chose it
     * for.
     */
    default Optional<String> obstacle() {
        return Optional.empty();
    }

    /**
     * A signer for a secret.
     *
     * @param secret {@link KeyType#secretLength()} bytes: the seed of RFC 8032, the seed xi of FIPS 204, or both
     * @throws IllegalArgumentException where {@code secret} has another length
     */
    Signer signer(KeyType type, Bytes secret);

    /** A fresh secret from the platform's secure random source. */
    Bytes newSecret(KeyType type);
}
