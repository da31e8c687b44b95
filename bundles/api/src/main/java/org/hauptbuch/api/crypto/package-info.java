/**
 * Signatures as a service. A provider bundle implements {@link org.hauptbuch.api.crypto.SignatureScheme}.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("2.0.0")
package org.hauptbuch.api.crypto;
