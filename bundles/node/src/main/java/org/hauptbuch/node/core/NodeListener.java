package org.hauptbuch.node.core;

import java.util.List;
import org.hauptbuch.api.node.FinalBlock;
import org.hauptbuch.api.rule.RuleRef;
import org.osgi.annotation.versioning.ConsumerType;

/** Hears from a {@link NodeCore}, on its loop: must only take note and return. */
@ConsumerType
@FunctionalInterface
public interface NodeListener {
    /** A block is final and in the store. */
    void onFinal(FinalBlock block);

    /** The node is halted because these rules, which its chain needs, are not available. */
    default void onMissing(List<RuleRef> rules) {
        // most listeners cannot help
    }
}
