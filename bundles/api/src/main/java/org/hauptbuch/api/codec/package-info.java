/**
 * The one canonical binary encoding: fixed-width big-endian integers, length-prefixed bytes, no
 * optional spelling of anything. A value has exactly one encoding, and a reader refuses every other.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.1.0")
package org.hauptbuch.api.codec;
