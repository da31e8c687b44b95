package org.hauptbuch.node.keys;

import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.api.value.PublicKey;
import org.hauptbuch.node.json.Fields;

/**
 * A key with its secret, in memory.
 *
 * @param name its name in a home
 * @param secret of the key's type, {@link KeyType#secretLength()} bytes
 * @param publicKey the key that verifies
 * @param development whether it was made for a development network: its secret is worth nothing
 */
public record SecretKey(String name, Bytes secret, PublicKey publicKey, boolean development) {
    /** The field by which a file is known that an earlier build wrote, with its secret unencrypted. */
    static final String PLAIN = "secret";

    /** The account that it opens. */
    public Address address() {
        return Address.of(publicKey);
    }

    /** Reads what an earlier build wrote. @throws IllegalArgumentException naming file and field but no secret */
    static SecretKey plain(Fields in) {
        String name = in.text("name");
        KeyType type = in.parsed("type", "ed25519, ml-dsa-65 or hybrid", KeyType::ofLabel);
        String digits = in.text(PLAIN);
        // never shows a secret, not even a malformed one
        if (!digits.matches("[0-9a-fA-F]{" + 2 * type.secretLength() + "}")) {
            throw in.refuse(PLAIN, "malformed", 2 * type.secretLength() + " hexadecimal digits for " + type.label());
        }
        PublicKey publicKey = KeyFile.publicKey(in, type);
        boolean development = in.bool("development");
        in.end();
        return new SecretKey(name, Bytes.fromHex(digits), publicKey, development);
    }

    @Override
    public String toString() {
        return "SecretKey[" + name + " " + publicKey.shortText() + "]";
    }
}
