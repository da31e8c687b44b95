package org.hauptbuch.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.net.LinkConfig;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.net.tcp.LinkInput;

/** What {@code net.tcp} reads: frames, and what a stranger says first. */
final class LinkDecoders {
    private static final int MAX_FRAME = 1_000;

    private LinkDecoders() {}

    static List<Decoder> all() {
        LinkConfig config = new LinkConfig(
                Samples.hash(1),
                "127.0.0.1",
                27_001,
                Map.of(),
                Map.of(),
                Samples.SCHEME.signer(KeyType.ED25519, Samples.hash(5).bytes()),
                Samples.SCHEME,
                MAX_FRAME,
                16,
                key -> false);
        Bytes[] hellos = Arrays.stream(KeyType.values())
                .map(type -> LinkInput.hello(config, Hash.ZERO.bytes(), Samples.key(type)))
                .toArray(Bytes[]::new);
        return List.of(
                Decoder.of(
                        "frames",
                        PoSException.class,
                        LinkDecoders::frames,
                        Bytes.fromHex("05"),
                        Bytes.fromHex("0300000002aabb0000000000000001cc"),
                        Bytes.fromHex("7f00000002aabb00000001")),
                Decoder.of("hello", PoSException.class, in -> LinkInput.hello(config, in), hellos),
                Decoder.of(
                        "proof of a link key",
                        PoSException.class,
                        in -> {
                            try {
                                LinkInput.proof(config, hellos[0], in);
                            } catch (PoSException refusal) {
                                if (in.length() > 0) {
                                    throw refusal;
                                }
                                return;
                            }
                            throw new AssertionError("a proof for a nonce that was never seen before");
                        },
                        Bytes.EMPTY));
    }

    /** The first byte is how many bytes arrive at a time. What is cut out and what is left is what came in. */
    private static void frames(Bytes in) {
        if (in.length() == 0) {
            return;
        }
        Bytes stream = Bytes.of(in.toArray(1, in.length() - 1));
        List<Bytes> frames = LinkInput.frames(stream, 1 + (in.at(0) & 0xff), MAX_FRAME);
        Writer again = new Writer();
        frames.forEach(again::bytes);
        Bytes cut = again.toBytes();
        if (!stream.startsWith(cut)) {
            throw new AssertionError("the frames are " + frames);
        }
        int left = stream.length() - cut.length();
        if (left >= Integer.BYTES && left >= Integer.BYTES + length(stream, cut.length())) {
            throw new AssertionError("a frame is left over after " + frames);
        }
    }

    private static long length(Bytes stream, int at) {
        long length = 0;
        for (int i = at; i < at + Integer.BYTES; i++) {
            length = length << 8 | stream.at(i) & 0xff;
        }
        return length;
    }
}
