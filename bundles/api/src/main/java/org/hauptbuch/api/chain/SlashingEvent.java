package org.hauptbuch.api.chain;

import org.hauptbuch.api.codec.Reader;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Rate;

/**
 * A penalty that was applied: the specification's SlashedValidator and SlashingEvent.
 *
 * @param offence what was punished
 * @param height the block that punished it
 * @param timeMillis that block's time, milliseconds since 1970
 * @param rate the share of the liable stake
 * @param burned units destroyed
 * @param rewarded units paid to the reporter
 * @param banned whether the offender is out for ever
 * @param jailedUntilEpoch the first epoch in which it may unjail; 0 where it was not jailed
 */
public record SlashingEvent(
        Offence offence,
        long height,
        long timeMillis,
        Rate rate,
        long burned,
        long rewarded,
        boolean banned,
        long jailedUntilEpoch) {
    /** The canonical encoding. */
    public Bytes encode() {
        Writer out = new Writer(256);
        out.string(offence.condition()).string(offence.reason());
        out.fixed(offence.offender().bytes()).u64(offence.height());
        out.u8(offence.gravity().ordinal());
        out.optional(offence.evidence(), (w, id) -> w.fixed(id.bytes()));
        out.optional(offence.reporter(), (w, address) -> w.fixed(address.bytes()));
        out.u64(height).u64(timeMillis).u32(rate.ppm());
        out.u64(burned).u64(rewarded).bool(banned).u64(jailedUntilEpoch);
        return out.toBytes();
    }

    /** The event that {@link #encode} wrote. @throws org.hauptbuch.api.error.PoSException CONSENSUS_STATE_UPDATE_FAILED */
    public static SlashingEvent decode(Bytes encoded) {
        Reader in = new Reader(encoded, PoSError.CONSENSUS_STATE_UPDATE_FAILED);
        Offence offence = new Offence(
                in.string("condition", Validator.MAX_ID),
                in.string("reason", Offence.MAX_REASON),
                in.address("offender"),
                in.u64("offence.height"),
                gravity(in),
                in.optional("evidence", r -> r.hash("evidence")),
                in.optional("reporter", r -> r.address("reporter")));
        SlashingEvent event = new SlashingEvent(
                offence,
                in.u64("height"),
                in.u64("time"),
                in.rate("rate"),
                in.u64("burned"),
                in.u64("rewarded"),
                in.bool("banned"),
                in.u64("jailedUntilEpoch"));
        in.end();
        return event;
    }

    private static Offence.Gravity gravity(Reader in) {
        Offence.Gravity[] all = Offence.Gravity.values();
        int ordinal = in.u8("gravity");
        if (ordinal >= all.length) {
            throw in.refuse("gravity", ordinal, "0 to " + (all.length - 1));
        }
        return all[ordinal];
    }
}
