package org.hauptbuch.rules;

import java.util.Optional;
import org.hauptbuch.api.node.RuleStaging;
import org.hauptbuch.api.rule.RuleRef;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.osgi.annotation.versioning.ProviderType;

/** Jars that were staged on this machine, kept by digest. A service of the rules bundle. Thread-safe. */
@ProviderType
public interface RuleStage extends RuleStaging {
    /**
     * Makes sure that the jar of {@code ref} is installed, from what is kept: a node calls it when it starts, for
     * every rule of the sets that its chain needs. A jar that is available already is left alone.
     *
     * @return whether the jar with this digest is now installed; it appears in the {@link RuleCatalogue} as soon as
     *     its component is up
     */
    boolean ensure(RuleRef ref);

    /**
     * The exact bytes of the jar with this digest, kept or part of the distribution: what a node hands to a peer that
     * lacks it.
     */
    Optional<Bytes> jar(Hash digest);
}
