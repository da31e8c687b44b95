package org.hauptbuch.fuzz;

import java.util.List;
import org.hauptbuch.api.codec.Reader;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.value.Bytes;

/** Decoders that are wrong on purpose, behind the harness of the others. */
public final class WrongTarget {
    /** Wrong where the input is of a form that chance does not find: the fuzzer has to be led by the coverage. */
    static final Decoder GUIDED = Decoder.part(
            "guided",
            PoSError.INVALID_BLOCK,
            in -> {
                int kind = in.u8("kind");
                int length = in.u8("length");
                if (kind == 'h' && length == 'b' && in.u32("mark") == 0x48424c4b) {
                    return Bytes.EMPTY.at(in.u8("index"));
                }
                throw in.refuse("kind", kind, "h");
            },
            (value, out) -> out.u8(value),
            Bytes.fromHex("00"));

    /** Never ends where the input begins with a certain byte. */
    static final Decoder ENDLESS = Decoder.part(
            "endless",
            PoSError.INVALID_BLOCK,
            in -> {
                int step = in.u8("step");
                long at = 1;
                while (at != 0) {
                    at = step == 7 ? at + 2 : 0;
                }
                return step;
            },
            (value, out) -> out.u8(value),
            Bytes.fromHex("00"));

    /** Takes two encodings of the same. */
    static final Decoder LENIENT = Decoder.part(
            "lenient",
            PoSError.INVALID_BLOCK,
            in -> in.u8("truth") != 0,
            (value, out) -> out.bool(value),
            Bytes.fromHex("00"));

    /** Believes a length. */
    static final Decoder GREEDY = Decoder.canonical(
            "greedy",
            encoded -> {
                byte[] room = new byte[new Reader(encoded, PoSError.INVALID_BLOCK).u32("length")];
                return room.length;
            },
            length -> new Writer().u32(length).toBytes(),
            Bytes.fromHex("00000000"));

    private static final Harness HARNESS = new Harness(List.of(
            switch (System.getProperty("fuzz.wrong", "guided")) {
                case "endless" -> ENDLESS;
                default -> GUIDED;
            }));

    private WrongTarget() {}

    /** The fuzzer calls it once, before it measures the time of inputs: a hundred classes are loaded and changed here. */
    public static void fuzzerInitialize() {
        HARNESS.warm();
    }

    /** The fuzzer's way in. */
    public static void fuzzerTestOneInput(byte[] input) {
        HARNESS.run(input);
    }
}
