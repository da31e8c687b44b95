package org.hauptbuch.api.crypto;

import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.PublicKey;

/**
 * A signature with all that it is verified by.
 *
 * @param key who is said to have signed
 * @param message what
 * @param signature the signature
 */
public record SignedMessage(PublicKey key, Bytes message, Bytes signature) {}
