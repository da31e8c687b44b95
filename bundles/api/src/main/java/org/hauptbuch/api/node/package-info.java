/**
 * The face that the node turns to commands, web pages and embedders. The node implements it; faces call it.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("2.1.0")
package org.hauptbuch.api.node;
