/** Delegation rule {@code delegation.pooled}: stake with a validator is shares of one pool. */
package org.hauptbuch.delegation.pooled;
