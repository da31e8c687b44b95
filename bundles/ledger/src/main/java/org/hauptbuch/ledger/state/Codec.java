package org.hauptbuch.ledger.state;

import java.util.function.BiConsumer;
import java.util.function.Function;
import org.hauptbuch.api.codec.Reader;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.value.Bytes;

/**
 * The one encoding of a kind of value.
 *
 * @param <T> the kind
 */
public interface Codec<T> {
    /** The encoding of {@code value}. */
    Bytes encode(T value);

    /** The value that {@link #encode} wrote. @throws org.hauptbuch.api.error.PoSException where it wrote none such */
    T decode(Bytes encoded);

    /** A codec of functions that encode and decode. */
    static <T> Codec<T> of(Function<T, Bytes> encode, Function<Bytes, T> decode) {
        return new Codec<>() {
            @Override
            public Bytes encode(T value) {
                return encode.apply(value);
            }

            @Override
            public T decode(Bytes encoded) {
                return decode.apply(encoded);
            }
        };
    }

    /** A codec of functions that write and read; {@code size} is how many bytes a value usually takes. */
    static <T> Codec<T> fields(int size, BiConsumer<Writer, T> write, Function<Reader, T> read) {
        return of(
                value -> {
                    Writer out = new Writer(size);
                    write.accept(out, value);
                    return out.toBytes();
                },
                encoded -> {
                    Reader in = new Reader(encoded, PoSError.CONSENSUS_STATE_UPDATE_FAILED);
                    T value = in.make("value of the state", () -> read.apply(in));
                    in.end();
                    return value;
                });
    }
}
