/** Offences: evidence and observation in, penalties on the stake that was liable out. */
package org.hauptbuch.ledger.slash;
