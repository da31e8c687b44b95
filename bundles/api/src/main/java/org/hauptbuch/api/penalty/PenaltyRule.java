package org.hauptbuch.api.penalty;

import org.hauptbuch.api.chain.Offence;
import org.hauptbuch.api.rule.ChainView;
import org.hauptbuch.api.rule.Rule;
import org.osgi.annotation.versioning.ConsumerType;

/** Decides what an offence costs. */
@ConsumerType
public interface PenaltyRule extends Rule {
    /** The penalty for {@code offence}, which a slashing condition has proven. */
    Penalty penalty(ChainView view, Offence offence);
}
