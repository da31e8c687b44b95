/** The authenticated tree over the state: batch update, root and proofs. Its nodes lie in the store in pages. */
package org.hauptbuch.ledger.tree;
