package org.hauptbuch.api.value;

import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * An immutable sequence of bytes with value equality, ordered as unsigned bytes from the left.
 */
public final class Bytes implements Comparable<Bytes> {
    /** The empty sequence. */
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private static final HexFormat HEX = HexFormat.of();

    private final byte[] array;

    private Bytes(byte[] array) {
        this.array = array;
    }

    /** Copies {@code array}. */
    public static Bytes of(byte[] array) {
        return array.length == 0 ? EMPTY : new Bytes(array.clone());
    }

    /** Copies {@code length} bytes of {@code array} from {@code offset}. */
    public static Bytes of(byte[] array, int offset, int length) {
        return new Bytes(Arrays.copyOfRange(array, offset, offset + length));
    }

    /**
     * Reads lower- or upper-case hexadecimal without prefix.
     *
     * @throws IllegalArgumentException where {@code hex} is not an even number of hexadecimal digits
     */
    public static Bytes fromHex(String hex) {
        return new Bytes(HEX.parseHex(hex));
    }

    /** The number of bytes. */
    public int length() {
        return array.length;
    }

    /** The byte at {@code index}, 0 to {@code length() - 1}. */
    public byte at(int index) {
        return array[index];
    }

    /** A fresh copy of the bytes. */
    public byte[] toArray() {
        return array.clone();
    }

    /** A fresh copy of the {@code length} bytes from {@code from}. */
    public byte[] toArray(int from, int length) {
        return Arrays.copyOfRange(array, from, from + length);
    }

    /** The {@code length} bytes from {@code from}. */
    public Bytes slice(int from, int length) {
        return new Bytes(toArray(from, length));
    }

    /** Feeds the bytes to {@code digest}. */
    public void feed(MessageDigest digest) {
        digest.update(array);
    }

    /** Feeds the {@code length} bytes from {@code from} to {@code digest}. */
    public void feed(MessageDigest digest, int from, int length) {
        digest.update(array, from, length);
    }

    /** Compares {@code length} bytes from {@code from} with those of {@code other} from {@code otherFrom}. */
    public int compare(int from, Bytes other, int otherFrom, int length) {
        return Arrays.compareUnsigned(array, from, from + length, other.array, otherFrom, otherFrom + length);
    }

    /** Copies all bytes into {@code target} from {@code offset}. */
    public void copyTo(byte[] target, int offset) {
        System.arraycopy(array, 0, target, offset, array.length);
    }

    /** Whether the sequence begins with {@code prefix}. */
    public boolean startsWith(Bytes prefix) {
        return array.length >= prefix.array.length
                && Arrays.equals(array, 0, prefix.array.length, prefix.array, 0, prefix.array.length);
    }

    /** Lower-case hexadecimal. */
    public String hex() {
        return HEX.formatHex(array);
    }

    @Override
    public int compareTo(Bytes other) {
        return Arrays.compareUnsigned(array, other.array);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(array, that.array);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(array);
    }

    @Override
    public String toString() {
        return hex();
    }

    /** What {@code digest} gives for what it was fed: nobody else has the array. */
    static Bytes ofDigest(MessageDigest digest) {
        return new Bytes(digest.digest());
    }

    /** A sequence that grows at its end. Not thread-safe. */
    public static class Builder {
        private byte[] buffer;
        private int size;

        /** Room for {@code capacity} bytes to begin with: where that is the length in the end, nothing is copied. */
        protected Builder(int capacity) {
            buffer = new byte[capacity];
        }

        /** Appends the lowest {@code count} (0 to 8) bytes of {@code value}, the highest of them first. */
        protected final void append(long value, int count) {
            room(count);
            for (int shift = (count - 1) * 8; shift >= 0; shift -= 8) {
                buffer[size++] = (byte) (value >>> shift);
            }
        }

        /** Appends {@code bytes}. */
        protected final void append(byte[] bytes) {
            append(bytes, 0, bytes.length);
        }

        /** Appends the {@code length} bytes from {@code from}. */
        protected final void append(Bytes bytes, int from, int length) {
            append(bytes.array, from, length);
        }

        /** Appends what {@code digest} gives for what it was fed. */
        protected final void append(MessageDigest digest) {
            int length = digest.getDigestLength();
            room(length);
            try {
                size += digest.digest(buffer, size, length);
            } catch (DigestException e) {
                throw new IllegalStateException("a digest of " + length + " bytes is longer than it says", e);
            }
        }

        /** What was appended so far. */
        public final Bytes toBytes() {
            // a full buffer is never written again: more bytes would not fit into it
            return size == buffer.length ? new Bytes(buffer) : Bytes.of(buffer, 0, size);
        }

        /** What was appended so far, as a fresh array. */
        public final byte[] toArray() {
            return Arrays.copyOf(buffer, size);
        }

        /** The digest of what was appended so far. */
        public final Hash sha256() {
            return Hash.sha256(buffer, size);
        }

        private void append(byte[] bytes, int from, int length) {
            room(length);
            System.arraycopy(bytes, from, buffer, size, length);
            size += length;
        }

        private void room(int more) {
            if (buffer.length - size < more) {
                buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + more));
            }
        }
    }
}
