package org.hauptbuch.api.value;

/**
 * The name of an account or validator: the first 20 bytes of the SHA-256 digest of its encoded public key.
 *
 * @param bytes 20 bytes
 */
public record Address(Bytes bytes) implements Comparable<Address> {
    /** The length of an address in bytes. */
    public static final int LENGTH = 20;

    public Address {
        if (bytes.length() != LENGTH) {
            throw new IllegalArgumentException("address: " + bytes.length() + " bytes, must be " + LENGTH);
        }
    }

    /** The address of the account that {@code key} opens. */
    public static Address of(PublicKey key) {
        return new Address(Hash.sha256(key.encoded()).bytes().slice(0, LENGTH));
    }

    /** Reads 40 hexadecimal digits. */
    public static Address fromHex(String hex) {
        return new Address(Bytes.fromHex(hex));
    }

    @Override
    public int compareTo(Address other) {
        return bytes.compareTo(other.bytes);
    }

    @Override
    public String toString() {
        return bytes.hex();
    }
}
