/**
 * What a block does: the pure function from a state and a block to the next state, and typed reads of a state. It
 * holds no state, starts no thread and knows no store: callers hand it a {@link org.hauptbuch.ledger.StateReader} and
 * make the {@link org.hauptbuch.ledger.StateChange} durable. Nobody implements anything here but
 * {@link org.hauptbuch.ledger.StateReader}.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.hauptbuch.ledger;
