package org.hauptbuch.rules.probe;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;

/** A fixed stream of numbers: the SHA-256 digests of a name and a counter, one after the other. Not thread-safe. */
final class Draws {
    private final byte[] name;
    private int counter;
    private ByteBuffer left = ByteBuffer.allocate(0);

    Draws(String name) {
        this.name = name.getBytes(StandardCharsets.UTF_8);
    }

    /** The next eight bytes as a number from 0 to {@code bound - 1}. */
    long below(long bound) {
        if (!left.hasRemaining()) {
            left = ByteBuffer.wrap(next());
        }
        return Long.remainderUnsigned(left.getLong(), bound);
    }

    int below(int bound) {
        return (int) below((long) bound);
    }

    Hash hash() {
        return new Hash(Bytes.of(next()));
    }

    Bytes bytes(int length) {
        byte[] out = new byte[length];
        for (int i = 0; i < length; i += Hash.LENGTH) {
            byte[] more = next();
            System.arraycopy(more, 0, out, i, Math.min(more.length, length - i));
        }
        return Bytes.of(out);
    }

    /** The values in a drawn order. */
    <T> List<T> shuffled(List<T> values) {
        List<T> out = new ArrayList<>(values);
        // below(i), not below(i + 1): no value stays where it was (Sattolo's algorithm)
        for (int i = out.size() - 1; i > 0; i--) {
            Collections.swap(out, i, below(i));
        }
        return out;
    }

    private byte[] next() {
        byte[] input = Arrays.copyOf(name, name.length + Integer.BYTES);
        ByteBuffer.wrap(input, name.length, Integer.BYTES).putInt(counter++);
        return Hash.sha256(input).toArray();
    }
}
