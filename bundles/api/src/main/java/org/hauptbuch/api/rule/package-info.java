/**
 * What every consensus rule has in common: its kind, its name, its parameters, the set of rules that a
 * chain runs, and the view of the chain that a rule may read. Rule authors implement
 * {@link org.hauptbuch.api.rule.RuleFactory} and one of the interfaces of the packages beside this
 * one; the node provides {@link org.hauptbuch.api.rule.ChainView}.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.2.0")
package org.hauptbuch.api.rule;
