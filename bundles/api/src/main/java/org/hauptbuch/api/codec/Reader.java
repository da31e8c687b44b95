package org.hauptbuch.api.codec;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.api.value.PublicKey;
import org.hauptbuch.api.value.Rate;

/**
 * Reads a canonical encoding and refuses everything else with the error that it was made with, naming the field, the
 * value and the range. Lengths are checked against what is really there before memory is taken. Not thread-safe.
 */
public final class Reader {
    private final Bytes in;
    private final PoSError onError;
    private int at;

    /** Reads {@code in}; what is malformed is refused as {@code onError}. */
    public Reader(byte[] in, PoSError onError) {
        this(Bytes.of(in), onError);
    }

    /** Reads {@code in}; what is malformed is refused as {@code onError}. */
    public Reader(Bytes in, PoSError onError) {
        this.in = in;
        this.onError = onError;
    }

    /** One byte, 0 to 255. */
    public int u8(String field) {
        need(field, 1);
        return in.at(at++) & 0xff;
    }

    /** Four bytes, 0 to 2<sup>31</sup>-1. */
    public int u32(String field) {
        need(field, 4);
        long value = 0;
        for (int i = 0; i < 4; i++) {
            value = value << 8 | in.at(at++) & 0xff;
        }
        if (value > Integer.MAX_VALUE) {
            throw refuse(field, value, "0 to " + Integer.MAX_VALUE);
        }
        return (int) value;
    }

    /** Eight bytes, 0 to 2<sup>63</sup>-1. */
    public long u64(String field) {
        need(field, 8);
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = value << 8 | in.at(at++) & 0xff;
        }
        if (value < 0) {
            throw refuse(field, Long.toUnsignedString(value), "0 to " + Long.MAX_VALUE);
        }
        return value;
    }

    /** One byte, 0 or 1. */
    public boolean bool(String field) {
        int value = u8(field);
        if (value > 1) {
            throw refuse(field, value, "0 or 1");
        }
        return value == 1;
    }

    /** Exactly {@code length} bytes. */
    public Bytes fixed(String field, int length) {
        return in.slice(skip(field, length), length);
    }

    /** Passes over {@code length} bytes; returns where in the encoding they begin. */
    public int skip(String field, int length) {
        need(field, length);
        at += length;
        return at - length;
    }

    /** A length of at most {@code max}, then that many bytes. */
    public Bytes bytes(String field, int max) {
        int length = u32(field);
        if (length > max) {
            throw refuse(field, length + " bytes", "at most " + max + " bytes");
        }
        return fixed(field, length);
    }

    /** A length of at most {@code maxBytes}, then well-formed UTF-8. */
    public String string(String field, int maxBytes) {
        byte[] utf8 = bytes(field, maxBytes).toArray();
        String text = new String(utf8, StandardCharsets.UTF_8);
        // what is malformed was replaced, and so comes out as other bytes
        if (!Arrays.equals(utf8, text.getBytes(StandardCharsets.UTF_8))) {
            throw refuse(field, Bytes.of(utf8).hex(), "UTF-8");
        }
        return text;
    }

    /** A 32-byte digest. */
    public Hash hash(String field) {
        return new Hash(fixed(field, Hash.LENGTH));
    }

    /** A 20-byte address. */
    public Address address(String field) {
        return new Address(fixed(field, Address.LENGTH));
    }

    /** A type byte and a key of the type's length. */
    public PublicKey publicKey(String field) {
        int code = u8(field + ".type");
        KeyType type = make(field, () -> KeyType.ofCode(code));
        return new PublicKey(type, fixed(field, type.keyLength()));
    }

    /** A length that signatures of some type of key have, then that many bytes. */
    public Bytes signature(String field) {
        return signatureOf(field, KeyType.values());
    }

    /** The length of a signature by a key of {@code type}, then that many bytes. */
    public Bytes signature(String field, KeyType type) {
        return signatureOf(field, type);
    }

    private Bytes signatureOf(String field, KeyType... types) {
        int length = u32(field);
        for (KeyType type : types) {
            if (length == type.signatureLength()) {
                return fixed(field, length);
            }
        }
        throw refuse(
                field,
                length + " bytes",
                Arrays.stream(types)
                        .map(type -> type.signatureLength() + " bytes (" + type + ")")
                        .collect(Collectors.joining(" or ")));
    }

    /** Four bytes, 0 to 1,000,000 parts per million. */
    public Rate rate(String field) {
        int ppm = u32(field);
        return make(field, () -> new Rate(ppm));
    }

    /** A count of at most {@code max}, then as many elements. */
    public <T> List<T> list(String field, int max, Function<Reader, T> element) {
        int count = u32(field);
        if (count > max) {
            throw refuse(field, count + " elements", "at most " + max + " elements");
        }
        // an element takes at least one byte: a count beyond that is a lie, found before memory is taken for it
        need(field, count);
        List<T> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(element.apply(this));
        }
        return List.copyOf(values);
    }

    /** A byte 0, or a byte 1 and a value. */
    public <T> Optional<T> optional(String field, Function<Reader, T> element) {
        return bool(field) ? Optional.of(element.apply(this)) : Optional.empty();
    }

    /** Refuses what follows the value. */
    public void end() {
        if (at != in.length()) {
            throw refuse("encoding", in.length() - at + " bytes more", "at its end");
        }
    }

    /** A refusal of {@code value} in {@code field}, to be thrown. */
    public PoSException refuse(String field, Object value, String range) {
        return PoSException.outOfRange(onError, field, value, range);
    }

    /** What {@code maker} makes of fields that were read: where it finds them out of range, they are refused. */
    public <T> T make(String field, Supplier<T> maker) {
        try {
            return maker.get();
        } catch (IllegalArgumentException e) {
            throw new PoSException(onError, field + ": " + e.getMessage(), e);
        }
    }

    private void need(String field, int length) {
        if (in.length() - at < length) {
            throw refuse(field, in.length() - at + " bytes", "at least " + length + " bytes");
        }
    }
}
