package org.hauptbuch.api.block;

import org.hauptbuch.api.value.Hash;

/**
 * The name of an epoch's last block: what a new node or a light client is told to trust. Its text is
 * {@code HEIGHT:HASH}.
 *
 * @param height the block's height, 1 or more
 * @param hash its hash
 */
public record Checkpoint(long height, Hash hash) {
    private static final String FORM = "HEIGHT:HASH, a height of 1 or more and the 64 hexadecimal digits of its hash";

    public Checkpoint {
        if (height < 1) {
            throw new IllegalArgumentException("checkpoint height: " + height + ", must be 1 or more");
        }
    }

    /** Reads {@code HEIGHT:HASH}. @throws IllegalArgumentException naming the text and the form */
    public static Checkpoint parse(String text) {
        int colon = text.indexOf(':');
        try {
            if (colon > 0 && Character.isDigit(text.charAt(0))) {
                return new Checkpoint(
                        Long.parseLong(text.substring(0, colon)), Hash.fromHex(text.substring(colon + 1)));
            }
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("checkpoint: '" + text + "', must be " + FORM, wrong);
        }
        throw new IllegalArgumentException("checkpoint: '" + text + "', must be " + FORM);
    }

    @Override
    public String toString() {
        return height + ":" + hash;
    }
}
