/** What the execution of one block carries around: the working state, the rules, and the rules' view of the chain. */
package org.hauptbuch.ledger.block;
