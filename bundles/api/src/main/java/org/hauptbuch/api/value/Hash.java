package org.hauptbuch.api.value;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A SHA-256 digest (FIPS 180-4).
 *
 * @param bytes 32 bytes
 */
public record Hash(Bytes bytes) implements Comparable<Hash> {
    /** The length of a digest in bytes. */
    public static final int LENGTH = 32;

    /** Thirty-two zero bytes: the parent of the first block, a vote for nil, the root of nothing. */
    public static final Hash ZERO = new Hash(Bytes.of(new byte[LENGTH]));

    private static final ThreadLocal<MessageDigest> DIGEST = ThreadLocal.withInitial(Hash::newDigest);

    public Hash {
        if (bytes.length() != LENGTH) {
            throw new IllegalArgumentException("hash: " + bytes.length() + " bytes, must be " + LENGTH);
        }
    }

    /** The digest of the parts, one after the other. */
    public static Hash sha256(byte[]... parts) {
        MessageDigest digest = cleanDigest();
        for (byte[] part : parts) {
            digest.update(part);
        }
        return of(digest);
    }

    /** The digest of {@code bytes}. */
    public static Hash sha256(Bytes bytes) {
        MessageDigest digest = cleanDigest();
        bytes.feed(digest);
        return of(digest);
    }

    /** What {@code digest}, a SHA-256 one, gives for what it was fed; it begins anew. */
    public static Hash of(MessageDigest digest) {
        return new Hash(Bytes.ofDigest(digest));
    }

    static Hash sha256(byte[] bytes, int length) {
        MessageDigest digest = cleanDigest();
        digest.update(bytes, 0, length);
        return of(digest);
    }

    /** This thread's: making one costs more than most that is hashed. Clean even after a call that failed halfway. */
    private static MessageDigest cleanDigest() {
        MessageDigest digest = DIGEST.get();
        digest.reset();
        return digest;
    }

    /** Reads 64 hexadecimal digits. */
    public static Hash fromHex(String hex) {
        return new Hash(Bytes.fromHex(hex));
    }

    /** A fresh SHA-256 digest: every Java platform has one (java.security.MessageDigest). */
    public static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java platform has no SHA-256", e);
        }
    }

    /** A fresh copy of the 32 bytes. */
    public byte[] toArray() {
        return bytes.toArray();
    }

    /** Whether this is {@link #ZERO}. */
    public boolean isZero() {
        return equals(ZERO);
    }

    /** The first eight hexadecimal digits, for people. */
    public String shortHex() {
        return bytes.hex().substring(0, 8);
    }

    @Override
    public int compareTo(Hash other) {
        return bytes.compareTo(other.bytes);
    }

    @Override
    public String toString() {
        return bytes.hex();
    }
}
