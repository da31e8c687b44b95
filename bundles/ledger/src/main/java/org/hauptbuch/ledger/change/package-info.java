/** How a rule set follows another: plans, attestations, the gate, the switch, what rules take over, the way back. */
package org.hauptbuch.ledger.change;
