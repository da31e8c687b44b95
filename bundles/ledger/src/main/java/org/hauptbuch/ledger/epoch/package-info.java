/** What happens at the end of a block and of an epoch: rewards, maturity, the next set, seed and rules, history. */
package org.hauptbuch.ledger.epoch;
