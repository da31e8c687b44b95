package org.hauptbuch.vdf.wesolowski;

import java.math.BigInteger;
import java.util.Optional;
import org.hauptbuch.api.value.Bytes;

/** The way to a decoder that is nobody's business outside of its package. */
public final class FormInput {
    private final ClassGroup group;

    /** @param seed of the group's discriminant */
    public FormInput(Bytes seed, int bits) {
        BigInteger prime = Discriminants.prime(seed.toArray(), bits, () -> true);
        group = new ClassGroup(prime);
    }

    /** The generator of the group, encoded. */
    public Bytes generator() {
        return Bytes.of(group.encode(group.generator()));
    }

    /** A form, read and written again. */
    public Optional<Bytes> again(Bytes encoded) {
        return group.decode(encoded).map(form -> Bytes.of(group.encode(form)));
    }
}
