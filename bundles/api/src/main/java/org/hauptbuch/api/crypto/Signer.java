package org.hauptbuch.api.crypto;

import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.PublicKey;
import org.osgi.annotation.versioning.ConsumerType;

/** Signs with one secret key that it does not show. Deterministic (RFC 8032). Thread-safe. */
@ConsumerType
public interface Signer {
    /** The key that verifies. */
    PublicKey publicKey();

    /** The signature over {@code message}. */
    Bytes sign(Bytes message);
}
