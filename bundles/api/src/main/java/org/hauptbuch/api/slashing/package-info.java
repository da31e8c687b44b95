/**
 * What counts as an offence. Rule authors implement
 * {@link org.hauptbuch.api.slashing.SlashingRule}; a rule set may hold several of them.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.hauptbuch.api.slashing;
