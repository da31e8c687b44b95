/**
 * The specification's eighteen errors and the one exception that carries them. Every package throws
 * it; nobody subclasses it.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.hauptbuch.api.error;
