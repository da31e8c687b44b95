package org.hauptbuch.embed;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.PublicKey;

/** The keys that the program holds. Not thread-safe: the façade's lock guards it. */
final class Keys {
    private final SortedMap<PublicKey, Signer> signers = new TreeMap<>();
    private final SortedMap<Address, Signer> owners = new TreeMap<>();

    void add(Signer signer) {
        signers.put(signer.publicKey(), signer);
        owners.put(Address.of(signer.publicKey()), signer);
    }

    /** Who signs for a consensus key. */
    Optional<Signer> of(PublicKey key) {
        return Optional.ofNullable(signers.get(key));
    }

    /** Who signs for an account. */
    Optional<Signer> of(Address account) {
        return Optional.ofNullable(owners.get(account));
    }
}
