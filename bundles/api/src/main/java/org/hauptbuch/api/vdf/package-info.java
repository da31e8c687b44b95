/**
 * Delay as a service: a function that takes a known number of steps one after the other, however many processors work
 * on it, and whose output anyone checks in far fewer. A provider bundle implements {@link
 * org.hauptbuch.api.vdf.DelayFunction}; the node consumes it.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.hauptbuch.api.vdf;
