package org.hauptbuch.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hauptbuch.api.value.Bytes;

/**
 * Gives inputs to decoders and says what is wrong with what they do. An input's first byte picks the decoder, so that one
 * run of the fuzzer is for all of them.
 */
final class Harness {
    /** What a decoder may allocate whatever it reads: the room of a verification, the text of a refusal. */
    static final long BASE_BYTES = 16 << 20;

    /** What a decoder may allocate for each byte that it reads. */
    static final long BYTES_PER_BYTE = 512;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final List<Decoder> decoders;

    /** @param decoders 1 to 256 */
    Harness(List<Decoder> decoders) {
        Set<String> names = new HashSet<>();
        if (decoders.isEmpty()
                || decoders.size() > 256
                || !decoders.stream().allMatch(decoder -> names.add(decoder.name()))) {
            throw new IllegalArgumentException("decoders: must be 1 to 256, each name once");
        }
        this.decoders = List.copyOf(decoders);
    }

    /** All of them. */
    List<Decoder> decoders() {
        return decoders;
    }

    /** The decoder that an input of the fuzzer is for. */
    Decoder pick(byte[] input) {
        return decoders.get((input[0] & 0xff) % decoders.size());
    }

    /** What of an input of the fuzzer its decoder sees. */
    static Bytes rest(byte[] input) {
        return Bytes.of(input, 1, input.length - 1);
    }

    /** The input of the fuzzer that gives {@code input} to {@code decoder}. */
    byte[] input(Decoder decoder, Bytes input) {
        byte[] whole = new byte[1 + input.length()];
        whole[0] = (byte) decoders.indexOf(decoder);
        input.copyTo(whole, 1);
        return whole;
    }

    /** {@code NAME:HEX}, which {@link #again} runs. */
    static String text(Decoder decoder, Bytes input) {
        return decoder.name() + ":" + input.hex();
    }

    /** Runs {@code NAME:HEX}. Whether it was taken. */
    boolean again(String text) {
        int colon = text.indexOf(':');
        for (Decoder decoder : decoders) {
            if (colon > 0 && decoder.name().equals(text.substring(0, colon))) {
                return judge(decoder, Bytes.fromHex(text.substring(colon + 1)));
            }
        }
        throw new IllegalArgumentException("input: '" + text + "', must be NAME:HEX, with a name of "
                + decoders.stream().map(Decoder::name).toList());
    }

    /** Reads all seeds, so that what is loaded or made once is not counted against the first input. */
    Harness warm() {
        decoders.forEach(decoder -> decoder.seeds().forEach(seed -> takes(decoder, seed)));
        return this;
    }

    /** Runs an input of the fuzzer. */
    void run(byte[] input) {
        if (input.length > 0) {
            judge(pick(input), rest(input));
        }
    }

    /**
     * Whether {@code decoder} takes {@code input}.
     *
     * @throws Finding where it keeps none of its promises
     */
    static boolean judge(Decoder decoder, Bytes input) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        boolean taken = takes(decoder, input);
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        long most = BASE_BYTES + BYTES_PER_BYTE * input.length();
        if (allocated > most) {
            throw new Finding(decoder, input, "allocates " + allocated + " bytes, must be at most " + most, null);
        }
        return taken;
    }

    // every kind of exception is what is looked for
    private static boolean takes(Decoder decoder, Bytes input) {
        try {
            decoder.body().read(input);
            return true;
        } catch (Throwable e) {
            if (!decoder.refusal().isInstance(e)) {
                throw new Finding(
                        decoder, input, e + ", must be " + decoder.refusal().getSimpleName(), e);
            }
            if (e.getMessage() == null || e.getMessage().isBlank()) {
                throw new Finding(decoder, input, "refused without a message", e);
            }
            return false;
        }
    }
}
