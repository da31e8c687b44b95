package org.hauptbuch.fuzz;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.hauptbuch.api.codec.Reader;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.value.Bytes;

/**
 * Something that reads what anybody may have written, and what it promises.
 *
 * @param name for people; starts the text by which an input is run again
 * @param refusal the exception that its documentation names, with a message; every other one is a finding
 * @param body reads the input and checks what it made of it; what it throws as {@link AssertionError} is a finding
 * @param seeds inputs that it takes
 */
record Decoder(String name, Class<? extends Exception> refusal, Body body, List<Bytes> seeds) {
    /** Reads an input. */
    interface Body {
        /** Returns where the input is taken. */
        void read(Bytes input) throws Exception;
    }

    /** Says yes or no to an input. */
    interface Verdict {
        boolean of(Bytes input);
    }

    /** Of a canonical format: what is taken is encoded as exactly what came in. */
    static <T> Decoder canonical(String name, Function<Bytes, T> decode, Function<T, Bytes> encode, Bytes... seeds) {
        return new Decoder(name, PoSException.class, in -> same(in, encode.apply(decode.apply(in))), List.of(seeds));
    }

    /** As {@link #canonical}, of what stands within other encodings only. */
    static <T> Decoder part(
            String name, PoSError error, Function<Reader, T> read, BiConsumer<T, Writer> write, Bytes... seeds) {
        return canonical(
                name,
                encoded -> {
                    Reader in = new Reader(encoded, error);
                    T value = read.apply(in);
                    in.end();
                    return value;
                },
                value -> {
                    Writer out = new Writer();
                    write.accept(value, out);
                    return out.toBytes();
                },
                seeds);
    }

    /** Of texts: what is taken is read back from how it is shown. */
    static <T> Decoder text(String name, Function<String, T> parse, Function<T, String> show, String... seeds) {
        Body body = in -> {
            String text = utf8(in);
            T value = parse.apply(text);
            T again = parse.apply(show.apply(value));
            if (!again.equals(value)) {
                throw new AssertionError("'" + text + "' is " + value + ", and what that shows is " + again);
            }
        };
        return new Decoder(name, IllegalArgumentException.class, body, texts(seeds));
    }

    /** Of any form, with a check of its own. */
    static Decoder of(String name, Class<? extends Exception> refusal, Body body, Bytes... seeds) {
        return new Decoder(name, refusal, body, List.of(seeds));
    }

    /** The text that an input is. What is no UTF-8 cannot be typed, and is refused for the decoder. */
    static String utf8(Bytes input) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(input.toArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("no UTF-8: " + e, e);
        }
    }

    /** As {@link #utf8}; nothing where an input is no text. */
    static String utf8OrEmpty(Bytes input) {
        try {
            return utf8(input);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static List<Bytes> texts(String... texts) {
        return Arrays.stream(texts).map(Decoder::text).toList();
    }

    static Bytes text(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void same(Bytes input, Bytes again) {
        if (!again.equals(input)) {
            throw new AssertionError("encoded again it is " + again.hex());
        }
    }
}
