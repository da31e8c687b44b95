/** What each transaction does: one handler for each payload, and the envelope that they all come in. */
package org.hauptbuch.ledger.tx;
