package org.hauptbuch.node.service;

import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Supplier;
import org.hauptbuch.api.crypto.SignatureScheme;

/**
 * The signature schemes of this container by their providers' names. Only the one that is chosen is made: another's native
 * library stays where it is.
 *
 * @param present all there are
 */
record SignatureProviders(SortedMap<String, Supplier<SignatureScheme>> present) {
    /**
     * The scheme of a provider.
     *
     * @throws IllegalArgumentException where there is none of that name, or it cannot work on this platform
     */
    SignatureScheme scheme(String provider) {
        SignatureScheme scheme = Optional.ofNullable(present.get(provider))
                .map(Supplier::get)
                .orElseThrow(() -> new IllegalArgumentException("signatures: '" + provider
                        + "', must be a provider that is here: " + String.join(", ", present.keySet())));
        Optional<String> obstacle = scheme.obstacle();
        if (obstacle.isPresent()) {
            throw new IllegalArgumentException(
                    "signatures: '" + provider + "', which cannot be used: " + obstacle.get());
        }
        return scheme;
    }
}
