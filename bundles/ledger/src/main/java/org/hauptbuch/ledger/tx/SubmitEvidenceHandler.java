package org.hauptbuch.ledger.tx;

import java.util.Optional;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.ledger.block.BlockContext;
import org.hauptbuch.ledger.slash.EvidenceCourt;
import org.hauptbuch.ledger.slash.Punisher;

/** Reports an offence; the sender is the reporter. */
final class SubmitEvidenceHandler {
    private SubmitEvidenceHandler() {}

    static void apply(BlockContext block, Address sender, Payload.SubmitEvidence payload) {
        new Punisher(block).punish(new EvidenceCourt(block).hear(payload.evidence(), Optional.of(sender)));
    }
}
