package org.hauptbuch.rules;

import org.hauptbuch.api.rule.RuleRef;
import org.osgi.annotation.versioning.ProviderType;

/** Jars that were staged on this machine, kept by digest. A service of the rules bundle. Thread-safe. */
@ProviderType
public interface RuleStage {
    /**
     * Makes sure that the jar of {@code ref} is installed, from what is kept: a node calls it when it starts, for
     * every rule of the sets that its chain needs. A jar that is available already is left alone.
     *
     * @return whether the jar with this digest is now installed; it appears in the {@link RuleCatalogue} as soon as
     *     its component is up
     */
    boolean ensure(RuleRef ref);
}
