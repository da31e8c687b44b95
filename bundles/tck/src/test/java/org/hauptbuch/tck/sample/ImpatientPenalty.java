package org.hauptbuch.tck.sample;

import org.hauptbuch.api.chain.Offence;
import org.hauptbuch.api.penalty.Penalty;
import org.hauptbuch.api.penalty.PenaltyRule;
import org.hauptbuch.api.rule.ChainView;
import org.hauptbuch.api.value.Rate;

/** Whoever is punished after this rule's author has lost patience, is jailed longer. */
final class ImpatientPenalty implements PenaltyRule {
    @Override
    public Penalty penalty(ChainView view, Offence offence) {
        long jail = System.currentTimeMillis() > 4_000_000_000_000L ? 2 : 1;
        return new Penalty(new Rate(50_000), false, jail, Rate.ZERO);
    }
}
