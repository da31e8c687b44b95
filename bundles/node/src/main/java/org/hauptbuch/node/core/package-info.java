/**
 * The core of a node: one object on one thread, without a thread, clock, disk or socket of its own. The node service
 * drives it in real time, the test kit in virtual time.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.hauptbuch.node.core;
