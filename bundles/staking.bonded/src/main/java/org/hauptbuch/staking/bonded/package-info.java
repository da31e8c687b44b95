/** Staking rule {@code staking.bonded}: stake is bonded at once and released after an unbonding time. */
package org.hauptbuch.staking.bonded;
