/**
 * What a light client verifies with nothing but a header: RFC 6962 Merkle trees and proofs of presence and absence in
 * the authenticated state.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.hauptbuch.api.proof;
