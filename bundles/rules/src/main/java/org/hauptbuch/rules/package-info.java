/**
 * Which consensus rules are available here, and the single place where a rule set becomes living code. The node reads
 * it; rule bundles know nothing of it.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.hauptbuch.rules;
