package org.hauptbuch.api.slashing;

import java.util.Set;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.chain.Offence;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.rule.ChainView;
import org.hauptbuch.api.rule.Rule;
import org.osgi.annotation.versioning.ConsumerType;

/** A slashing condition: decides what is an offence. It finds; the penalty rule punishes; the ledger charges. */
@ConsumerType
public interface SlashingRule extends Rule {
    /** The {@link Evidence#type()}s that it judges; empty where it only observes. */
    Set<String> evidenceTypes();

    /**
     * The offence that {@code evidence} proves. Age, uniqueness and that the offender is known are checked by the
     * ledger before.
     *
     * @throws org.hauptbuch.api.error.PoSException SLASHING_DETECTION_FAILED where it proves none, saying why
     */
    Offence judge(ChainView view, Evidence evidence, SignatureScheme scheme);

    /** What a block shows by itself, such as whose votes are missing. Called once for every block. */
    Observation observe(ChainView view, BlockFacts facts);
}
