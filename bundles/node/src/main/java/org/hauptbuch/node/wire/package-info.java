/** What nodes say to each other. The test kit's liars say it, too. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.hauptbuch.node.wire;
