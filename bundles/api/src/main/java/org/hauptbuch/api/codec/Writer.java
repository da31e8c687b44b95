package org.hauptbuch.api.codec;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.hauptbuch.api.value.Bytes;

/** Builds a canonical encoding. Not thread-safe; one for each value. */
public final class Writer extends Bytes.Builder {
    /** A writer with room for {@code capacity} bytes to begin with: best, what the value takes. */
    public Writer(int capacity) {
        super(capacity);
    }

    /** A writer with room for a small value. */
    public Writer() {
        this(256);
    }

    /** One byte, 0 to 255. */
    public Writer u8(int value) {
        append(value, 1);
        return this;
    }

    /** Four bytes, big-endian. */
    public Writer u32(int value) {
        append(value, 4);
        return this;
    }

    /** Eight bytes, big-endian. */
    public Writer u64(long value) {
        append(value, 8);
        return this;
    }

    /** One byte, 0 or 1. */
    public Writer bool(boolean value) {
        return u8(value ? 1 : 0);
    }

    /** The bytes as they are: their length follows from the format. */
    public Writer fixed(Bytes value) {
        return fixed(value, 0, value.length());
    }

    /** The {@code length} bytes of {@code value} from {@code from}. */
    public Writer fixed(Bytes value, int from, int length) {
        append(value, from, length);
        return this;
    }

    /** What {@code value} gives for what it was fed. */
    public Writer digest(MessageDigest value) {
        append(value);
        return this;
    }

    /** The bytes as they are: their length follows from the format. */
    public Writer fixed(byte[] value) {
        append(value);
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
}
