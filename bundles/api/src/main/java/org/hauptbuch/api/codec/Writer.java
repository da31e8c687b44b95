package org.hauptbuch.api.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.hauptbuch.api.value.Bytes;

/** Builds a canonical encoding. Not thread-safe; one for each value. */
public final class Writer {
    private byte[] buffer;
    private int size;

    /** A writer with room for {@code capacity} bytes to begin with. */
    public Writer(int capacity) {
        buffer = new byte[Math.max(16, capacity)];
    }

    /** A writer with room for a small value. */
    public Writer() {
        this(256);
    }

    /** One byte, 0 to 255. */
    public Writer u8(int value) {
        room(1);
        buffer[size++] = (byte) value;
        return this;
    }

    /** Four bytes, big-endian. */
    public Writer u32(int value) {
        room(4);
        for (int shift = 24; shift >= 0; shift -= 8) {
            buffer[size++] = (byte) (value >>> shift);
        }
        return this;
    }

    /** Eight bytes, big-endian. */
    public Writer u64(long value) {
        room(8);
        for (int shift = 56; shift >= 0; shift -= 8) {
            buffer[size++] = (byte) (value >>> shift);
        }
        return this;
    }

    /** One byte, 0 or 1. */
    public Writer bool(boolean value) {
        return u8(value ? 1 : 0);
    }

    /** The bytes as they are: their length follows from the format. */
    public Writer fixed(Bytes value) {
        room(value.length());
        value.copyTo(buffer, size);
        size += value.length();
        return this;
    }

    /** The bytes as they are: their length follows from the format. */
    public Writer fixed(byte[] value) {
        room(value.length);
        System.arraycopy(value, 0, buffer, size, value.length);
        size += value.length;
        return this;
    }

    /** A four-byte length, then the bytes. */
    public Writer bytes(Bytes value) {
        return u32(value.length()).fixed(value);
    }

    /** A four-byte length, then the text in UTF-8. */
    public Writer string(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        return u32(utf8.length).fixed(utf8);
    }

    /** A four-byte count, then each element as {@code element} writes it. */
    public <T> Writer list(List<T> values, BiConsumer<Writer, T> element) {
        u32(values.size());
        values.forEach(value -> element.accept(this, value));
        return this;
    }

    /** A byte 0, or a byte 1 and the value as {@code element} writes it. */
    public <T> Writer optional(Optional<T> value, BiConsumer<Writer, T> element) {
        bool(value.isPresent());
        value.ifPresent(present -> element.accept(this, present));
        return this;
    }

    /** What was written so far. */
    public Bytes toBytes() {
        return Bytes.of(buffer, 0, size);
    }

    /** What was written so far, as a fresh array. */
    public byte[] toArray() {
        return Arrays.copyOf(buffer, size);
    }

    private void room(int more) {
        if (buffer.length - size < more) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + more));
        }
    }
}
