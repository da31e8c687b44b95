/**
 * One rule set as living objects: what the rules bundle makes, what the ledger executes with, what the node holds in
 * one volatile reference.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.hauptbuch.api.generation;
