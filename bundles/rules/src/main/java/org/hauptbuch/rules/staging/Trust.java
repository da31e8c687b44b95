package org.hauptbuch.rules.staging;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.hauptbuch.api.value.Hash;

/**
 * Whose jars may be staged. What the distribution brings is not asked about: the operator installed it.
 *
 * @param signers one of them has to have signed every entry, by the SHA-256 of its certificate; empty where no
 *     signature is asked for
 */
public record Trust(Optional<Set<Hash>> signers) {
    /** No signature is asked for. */
    public static final Trust ANYBODY = new Trust(Optional.empty());

    /** Nobody's signature is good enough. */
    public static final Trust NOBODY = new Trust(Optional.of(Set.of()));

    /**
     * Reads a list such as an operator configures.
     *
     * @param list SHA-256 digests, separated by commas, with or without colons; blank for {@link #ANYBODY}
     * @throws IllegalArgumentException where one is no digest, naming it
     */
    public static Trust parse(String list) {
        if (list.isBlank()) {
            return ANYBODY;
        }
        Set<Hash> signers = new TreeSet<>();
        for (String text : list.split(",", -1)) {
            try {
                // keytool prints them with colons
                signers.add(Hash.fromHex(text.strip().replace(":", "")));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "trustedSigners: '" + text.strip() + "', must be the SHA-256 of a certificate, 64 hex digits",
                        e);
            }
        }
        return new Trust(Optional.of(signers));
    }

    /** Why a jar with these signers may not be staged, if it may not. */
    Optional<String> objection(List<Hash> found) {
        if (signers.isEmpty() || found.stream().anyMatch(signers.get()::contains)) {
            return Optional.empty();
        }
        return Optional.of(
                found.isEmpty()
                        ? "is not signed, or not every entry of it is, and trustedSigners asks for that"
                        : "is signed by " + found + ", which trustedSigners does not name");
    }
}
