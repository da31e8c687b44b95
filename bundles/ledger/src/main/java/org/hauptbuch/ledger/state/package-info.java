/** What the state holds: records, their keys and encodings, and the overlay in which a block works. */
package org.hauptbuch.ledger.state;
