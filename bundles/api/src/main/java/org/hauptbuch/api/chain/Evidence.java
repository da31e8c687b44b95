package org.hauptbuch.api.chain;

import org.hauptbuch.api.codec.Reader;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;

/**
 * Something that is said to prove an offence. Only the slashing condition that handles {@code type} knows what the
 * payload means, and judges it by itself: who brings it does not matter.
 *
 * @param type names the slashing condition's evidence, such as {@code equivocation.vote}; 1 to 64 characters of
 *     {@code a-z 0-9 _ . -}
 * @param offender who is accused
 * @param height the block height of the alleged offence, 1 or more
 * @param payload what proves it, at most {@link #MAX_PAYLOAD} bytes
 */
public record Evidence(String type, Address offender, long height, Bytes payload) {
    /** The most bytes of a payload. */
    public static final int MAX_PAYLOAD = 1 << 20;

    public Evidence {
        if (!Validator.validId(type)) {
            throw new IllegalArgumentException(
                    "evidence type: '" + type + "', must be 1 to 64 characters of a-z 0-9 _ . -");
        }
        if (height < 1) {
            throw new IllegalArgumentException("evidence height: " + height + ", must be 1 or more");
        }
        if (payload.length() > MAX_PAYLOAD) {
            throw new IllegalArgumentException(
                    "evidence payload: " + payload.length() + " bytes, must be at most " + MAX_PAYLOAD);
        }
    }

    /** The digest that names this evidence. */
    public Hash id() {
        return new Writer().string("hauptbuch/evidence/1").fixed(encode()).sha256();
    }

    /** The canonical encoding. */
    public Bytes encode() {
        Writer out = new Writer(128 + payload.length());
        write(out);
        return out.toBytes();
    }

    /** Writes the canonical encoding. */
    public void write(Writer out) {
        out.string(type).fixed(offender.bytes()).u64(height).bytes(payload);
    }

    /** Reads what {@link #write} wrote. */
    public static Evidence read(Reader in) {
        String type = in.string("evidence.type", Validator.MAX_ID);
        Address offender = in.address("evidence.offender");
        long height = in.u64("evidence.height");
        Bytes payload = in.bytes("evidence.payload", MAX_PAYLOAD);
        return in.make("evidence", () -> new Evidence(type, offender, height, payload));
    }

    /** Reads {@link #encode()}. */
    public static Evidence decode(Bytes encoded) {
        Reader in = new Reader(encoded, PoSError.SLASHING_DETECTION_FAILED);
        Evidence evidence = read(in);
        in.end();
        return evidence;
    }
}
