package org.hauptbuch.api.value;

/** The kinds of key, with the sizes that follow from them. The code is part of the encoding. */
public enum KeyType {
    /** Ed25519 (RFC 8032). */
    ED25519(1, 32, 64);

    private final int code;
    private final int keyLength;
    private final int signatureLength;

    KeyType(int code, int keyLength, int signatureLength) {
        this.code = code;
        this.keyLength = keyLength;
        this.signatureLength = signatureLength;
    }

    /** The type with this code. @throws IllegalArgumentException where there is none */
    public static KeyType ofCode(int code) {
        for (KeyType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        throw new IllegalArgumentException("key type: " + code + ", must be 1 (ED25519)");
    }

    /** The code in encodings, 1 to 255. */
    public int code() {
        return code;
    }

    /** The length of a public key in bytes. */
    public int keyLength() {
        return keyLength;
    }

    /** The length of a signature in bytes. */
    public int signatureLength() {
        return signatureLength;
    }
}
