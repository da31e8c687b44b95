package org.hauptbuch.api.value;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The kinds of key, with the sizes that follow from them. The code is part of the encoding: append only. */
public enum KeyType {
    /** Ed25519 (RFC 8032). */
    ED25519(1, "ed25519", 32, 64, 32),
    /**
     * ML-DSA-65 (FIPS 204), which no quantum computer that is known of breaks. Its secret is the seed xi of
     * ML-DSA.KeyGen. It proves no randomness, so accounts may have such a key and validators may not.
     */
    ML_DSA_65(2, "ml-dsa-65", 1_952, 3_309, 32),
    /**
     * Ed25519 and ML-DSA-65 together: key, signature and secret are the one's and then the other's. A signature is valid
     * only if both halves are, over the message as {@link org.hauptbuch.api.crypto.Hybrid} binds it to this type.
     */
    HYBRID(3, "hybrid", 32 + 1_952, 64 + 3_309, 32 + 32);

    /** The length in bytes of the longest signature of any type. */
    public static final int MAX_SIGNATURE = 64 + 3_309;

    private final int code;
    private final String label;
    private final int keyLength;
    private final int signatureLength;
    private final int secretLength;

    KeyType(int code, String label, int keyLength, int signatureLength, int secretLength) {
        this.code = code;
        this.label = label;
        this.keyLength = keyLength;
        this.signatureLength = signatureLength;
        this.secretLength = secretLength;
    }

    /** The type with this code. @throws IllegalArgumentException where there is none */
    public static KeyType ofCode(int code) {
        for (KeyType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        throw new IllegalArgumentException("key type: " + code + ", must be "
                + Arrays.stream(values())
                        .map(type -> type.code + " (" + type + ")")
                        .collect(Collectors.joining(", ")));
    }

    /** The type with this label. @throws IllegalArgumentException where there is none */
    public static KeyType ofLabel(String label) {
        for (KeyType type : values()) {
            if (type.label.equals(label)) {
                return type;
            }
        }
        throw new IllegalArgumentException("key type: '" + label + "', must be "
                + Arrays.stream(values()).map(KeyType::label).collect(Collectors.joining(", ")));
    }

    /** The code in encodings, 1 to 255. */
    public int code() {
        return code;
    }

    /** The name in files and commands, in lower case. */
    public String label() {
        return label;
    }

    /** The length of a public key in bytes. */
    public int keyLength() {
        return keyLength;
    }

    /** The length of a signature in bytes. */
    public int signatureLength() {
        return signatureLength;
    }

    /** The length of a secret in bytes. */
    public int secretLength() {
        return secretLength;
    }

    /** Whether keys of this type prove randomness, which a validator's must: those with an Ed25519 key in them. */
    public boolean provesRandomness() {
        return this != ML_DSA_65;
    }
}
