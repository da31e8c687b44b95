/** What a node keeps of its chain, and how it lies in the store. The test kit looks into it as a node does. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.hauptbuch.node.chain;
