/**
 * A light client: follows the chain from a trusted checkpoint by headers and certificates alone, and checks what the
 * state holds by proofs. It does no I/O and has no clock: whoever uses it brings {@link org.hauptbuch.light.Provider}s
 * and the time.
 *
 * <p>S. Braithwaite et al.: A Tendermint Light Client, 2020, arXiv:2010.07031.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.hauptbuch.light;
