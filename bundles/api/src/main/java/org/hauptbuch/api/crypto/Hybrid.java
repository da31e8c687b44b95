package org.hauptbuch.api.crypto;

import java.nio.charset.StandardCharsets;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.api.value.PublicKey;

/**
 * How {@link KeyType#HYBRID} is made of its two halves. Both sign the same bytes: {@link #LABEL}, then the message. No
 * key of another type signs bytes that begin so, and no provider accepts such a signature, so that a half that is cut
 * off a hybrid signature is worth nothing by itself, and two signatures of stand-alone keys make no hybrid one. The
 * label is in the message and not in ML-DSA's context string, because Ed25519 has no such string and not every library
 * takes one; the context is empty.
 */
public final class Hybrid {
    /** What the bytes that both halves sign begin with: 36 bytes. */
    public static final Bytes LABEL =
            Bytes.of("hauptbuch/hybrid/ed25519+ml-dsa-65/1".getBytes(StandardCharsets.US_ASCII));

    private Hybrid() {}

    /** What both halves sign where the hybrid key signs {@code message}. */
    public static Bytes signed(Bytes message) {
        byte[] signed = new byte[LABEL.length() + message.length()];
        LABEL.copyTo(signed, 0);
        message.copyTo(signed, LABEL.length());
        return Bytes.of(signed);
    }

    /** Whether only halves of hybrid keys sign {@code message}: it begins with {@link #LABEL}. */
    public static boolean isReserved(Bytes message) {
        return message.startsWith(LABEL);
    }

    /** The first half of a hybrid key. */
    public static PublicKey ed25519(PublicKey key) {
        return new PublicKey(KeyType.ED25519, first(key.bytes(), KeyType.ED25519.keyLength()));
    }

    /** The second half of a hybrid key. */
    public static PublicKey mlDsa65(PublicKey key) {
        return new PublicKey(KeyType.ML_DSA_65, rest(key.bytes(), KeyType.ED25519.keyLength()));
    }

    /** The first half of a hybrid signature. */
    public static Bytes ed25519Signature(Bytes signature) {
        return first(signature, KeyType.ED25519.signatureLength());
    }

    /** The second half of a hybrid signature. */
    public static Bytes mlDsa65Signature(Bytes signature) {
        return rest(signature, KeyType.ED25519.signatureLength());
    }

    /** The first half of a hybrid secret. */
    public static Bytes ed25519Secret(Bytes secret) {
        return first(secret, KeyType.ED25519.secretLength());
    }

    /** The second half of a hybrid secret. */
    public static Bytes mlDsa65Secret(Bytes secret) {
        return rest(secret, KeyType.ED25519.secretLength());
    }

    /** The hybrid's key, signature or secret of these halves. */
    public static Bytes join(Bytes ed25519, Bytes mlDsa65) {
        byte[] both = new byte[ed25519.length() + mlDsa65.length()];
        ed25519.copyTo(both, 0);
        mlDsa65.copyTo(both, ed25519.length());
        return Bytes.of(both);
    }

    private static Bytes first(Bytes both, int length) {
        return Bytes.of(both.toArray(), 0, length);
    }

    private static Bytes rest(Bytes both, int from) {
        return Bytes.of(both.toArray(), from, both.length() - from);
    }
}
