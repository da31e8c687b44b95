package org.hauptbuch.tck.sample.good;

import org.hauptbuch.api.chain.Offence;
import org.hauptbuch.api.penalty.Penalty;
import org.hauptbuch.api.penalty.PenaltyRule;
import org.hauptbuch.api.rule.ChainView;
import org.hauptbuch.api.value.Rate;

/** Everything costs the same. */
final class OnePrice implements PenaltyRule {
    private final Rate rate;

    OnePrice(Rate rate) {
        this.rate = rate;
    }

    @Override
    public Penalty penalty(ChainView view, Offence offence) {
        return new Penalty(rate, false, 1, Rate.ZERO);
    }
}
