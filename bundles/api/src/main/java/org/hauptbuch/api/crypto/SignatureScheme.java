package org.hauptbuch.api.crypto;

import java.util.List;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.PublicKey;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Signs and verifies for every {@link org.hauptbuch.api.value.KeyType}. All providers obey one verification rule for
 * Ed25519, because a difference is a fork: A and R canonical, S &lt; L, A not of small order, and the cofactored
 * equation 8(SB - R - kA) = 0. Thread-safe.
 */
@ConsumerType
public interface SignatureScheme {
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

    /** A signer for a secret: for Ed25519, the 32-byte seed of RFC 8032. */
    Signer signer(Bytes secret);

    /** A fresh secret from the platform's secure random source. */
    Bytes newSecret();
}
