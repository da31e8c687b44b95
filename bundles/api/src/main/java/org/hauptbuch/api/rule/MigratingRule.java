package org.hauptbuch.api.rule;

import java.util.SortedMap;
import org.hauptbuch.api.value.Bytes;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A rule that takes over what its predecessor remembered. The ledger asks once, when it executes the first block under
 * the new rule set, where the rule set before had a rule of the same id with other code or parameters. A rule that does
 * not migrate finds its predecessor's memory as it was.
 */
@ConsumerType
public interface MigratingRule extends Rule {
    /**
     * What this rule remembers at first, in place of all that its predecessor remembered.
     *
     * @param from the predecessor
     * @param memory what it remembered, by ascending key
     */
    SortedMap<Bytes, Bytes> migrate(RuleRef from, SortedMap<Bytes, Bytes> memory);
}
