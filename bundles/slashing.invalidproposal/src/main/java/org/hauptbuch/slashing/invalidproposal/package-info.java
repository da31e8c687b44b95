/** Slashing condition {@code slashing.invalidproposal}: a proposer signed a header that cannot be valid. */
package org.hauptbuch.slashing.invalidproposal;
