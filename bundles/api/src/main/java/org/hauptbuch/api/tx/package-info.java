/**
 * Transactions: one signed envelope around one of the payloads of the design's section 6.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("2.0.0")
package org.hauptbuch.api.tx;
