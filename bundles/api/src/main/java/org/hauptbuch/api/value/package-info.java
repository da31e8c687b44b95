/**
 * Immutable values that every other package speaks in: bytes, hashes, addresses, keys, rates, and
 * checked arithmetic on amounts. Nobody implements anything here.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.1.0")
package org.hauptbuch.api.value;
