/**
 * The OSGi side: rule services become entries of the catalogue, jars of the watched folder become bundles. Components
 * only; what they do is in plain Java beside them.
 *
 * <p>A rule set has exactly one rule of every kind but slashing conditions, of which it may have none: so a container
 * without one of these does not resolve, and the resolver says which is missing. The requirements are effective when
 * active: resolvers of whole systems see them, the framework makes no wire of them, so that no rule's class loader is
 * pinned and no rule's going takes this bundle down.
 */
@Requirement(namespace = ConsensusRule.NAMESPACE, filter = "(kind=selection)", effective = "active")
@Requirement(namespace = ConsensusRule.NAMESPACE, filter = "(kind=staking)", effective = "active")
@Requirement(namespace = ConsensusRule.NAMESPACE, filter = "(kind=delegation)", effective = "active")
@Requirement(namespace = ConsensusRule.NAMESPACE, filter = "(kind=reward)", effective = "active")
@Requirement(namespace = ConsensusRule.NAMESPACE, filter = "(kind=penalty)", effective = "active")
@Requirement(namespace = ConsensusRule.NAMESPACE, filter = "(kind=finality)", effective = "active")
package org.hauptbuch.rules.osgi;

import org.hauptbuch.api.rule.ConsensusRule;
import org.osgi.annotation.bundle.Requirement;
