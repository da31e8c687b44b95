package org.hauptbuch.node.service;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.osgi.service.component.ComponentServiceObjects;

/**
 * The signature schemes of this container by their providers' names. Only the one that is chosen is made: another's native
 * library stays where it is.
 *
 * @param present all there are
 */
record SignatureProviders(List<ComponentServiceObjects<SignatureScheme>> present) {
    /**
     * The scheme of a provider.
     *
     * @throws IllegalArgumentException where there is none of that name, or it cannot work on this platform
     */
    SignatureScheme scheme(String provider) {
        SignatureScheme scheme = present.stream()
                .filter(candidate -> name(candidate).equals(provider))
                .findFirst()
                .map(ComponentServiceObjects::getService)
                .orElseThrow(() -> new IllegalArgumentException("signatures: '" + provider
                        + "', must be a provider that is here: "
                        + present.stream()
                                .map(SignatureProviders::name)
                                .sorted()
                                .collect(Collectors.joining(", "))));
        Optional<String> obstacle = scheme.obstacle();
        if (obstacle.isPresent()) {
            throw new IllegalArgumentException(
                    "signatures: '" + provider + "', which cannot be used: " + obstacle.get());
        }
        return scheme;
    }

    private static String name(ComponentServiceObjects<SignatureScheme> candidate) {
        return Objects.toString(candidate.getServiceReference().getProperty(SignatureScheme.PROVIDER), "");
    }
}
