package org.hauptbuch.api.value;

/**
 * A public key of one type.
 *
 * @param type how it signs
 * @param bytes the raw key, {@link KeyType#keyLength()} bytes
 */
public record PublicKey(KeyType type, Bytes bytes) implements Comparable<PublicKey> {
    public PublicKey {
        if (bytes.length() != type.keyLength()) {
            throw new IllegalArgumentException(
                    "public key: " + bytes.length() + " bytes, must be " + type.keyLength() + " for " + type);
        }
    }

    /** Reads the hexadecimal digits of {@link #encoded()}. */
    public static PublicKey fromHex(String hex) {
        Bytes encoded = Bytes.fromHex(hex);
        if (encoded.length() == 0) {
            throw new IllegalArgumentException("public key: empty, must be a type byte and a key");
        }
        byte[] array = encoded.toArray();
        return new PublicKey(KeyType.ofCode(array[0] & 0xff), Bytes.of(array, 1, array.length - 1));
    }

    /** The type's code, then the key. */
    public Bytes encoded() {
        Bytes.Builder out = new Bytes.Builder(1 + bytes.length());
        out.append(type.code(), 1);
        out.append(bytes, 0, bytes.length());
        return out.toBytes();
    }

    /** The type and the first eight hexadecimal digits of its address, for people: a hybrid key has 3,970 digits. */
    public String shortText() {
        return type.label() + " " + Address.of(this).toString().substring(0, 8);
    }

    @Override
    public int compareTo(PublicKey other) {
        return encoded().compareTo(other.encoded());
    }

    @Override
    public String toString() {
        return encoded().hex();
    }
}
