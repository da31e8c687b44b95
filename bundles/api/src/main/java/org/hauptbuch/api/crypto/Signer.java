package org.hauptbuch.api.crypto;

import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.PublicKey;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Signs with one secret key that it does not show. Deterministic: the same message has the same signature, by RFC 8032
 * and by the deterministic variant of FIPS 204. Thread-safe.
 */
@ConsumerType
public interface Signer {
    /** The key that verifies. */
    PublicKey publicKey();

    /**
     * The signature over {@code message}.
     *
     * @throws IllegalArgumentException where the message is one that a key of this type must not sign: of 32 bytes for
     *     Ed25519, whose nonce would be that of a proof of randomness, or {@link Hybrid#isReserved} for every type but
     *     the hybrid
     */
    Bytes sign(Bytes message);

    /**
     * The proof of the random output for {@code alpha}: see {@link SignatureScheme#proofOutput}.
     *
     * @return {@link SignatureScheme#PROOF_LENGTH} bytes
     * @throws UnsupportedOperationException where the key proves no randomness
     */
    Bytes prove(Bytes alpha);
}
