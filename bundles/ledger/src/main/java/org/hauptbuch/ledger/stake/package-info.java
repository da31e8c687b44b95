/** How units move between the ledger's pots: accounts, pools, the unbonding queue, rewards. */
package org.hauptbuch.ledger.stake;
