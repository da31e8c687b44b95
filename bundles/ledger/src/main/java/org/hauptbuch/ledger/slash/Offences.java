package org.hauptbuch.ledger.slash;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.hauptbuch.api.chain.Offence;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.ledger.block.Rules;

/** Puts the ledger's own facts on an offence: who found it, by what, and who reported it is not the rule's to say. */
final class Offences {
    private Offences() {}

    static Offence stamped(String ruleId, Offence found, Optional<Hash> evidence, Optional<Address> reporter) {
        int length = found.reason().getBytes(StandardCharsets.UTF_8).length;
        if (length > Offence.MAX_REASON) {
            throw Rules.broken(ruleId, "offence reason", length + " bytes", "at most " + Offence.MAX_REASON + " bytes");
        }
        return new Offence(
                ruleId, found.reason(), found.offender(), found.height(), found.gravity(), evidence, reporter);
    }
}
