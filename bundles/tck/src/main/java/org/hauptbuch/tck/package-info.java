/**
 * For authors of rules: a chain to test against ({@link org.hauptbuch.tck.TestView}), real signatures
 * ({@link org.hauptbuch.tck.JdkEd25519}), a check of the byte code ({@link org.hauptbuch.tck.DeterminismCheck}), and one
 * contract for each kind of rule, to be implemented by a test of the rule. Used in tests only, never shipped.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.hauptbuch.tck;
