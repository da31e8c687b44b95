/**
 * Blocks, votes, proposals and certificates: what validators sign and what a light client verifies.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("2.0.0")
package org.hauptbuch.api.block;
