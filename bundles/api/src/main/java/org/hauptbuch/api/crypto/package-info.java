/**
 * Signatures as a service, and the encryption of keys on a disk. A provider bundle implements {@link
 * org.hauptbuch.api.crypto.SignatureScheme} and {@link org.hauptbuch.api.crypto.PassphraseCipher}.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("2.1.0")
package org.hauptbuch.api.crypto;
