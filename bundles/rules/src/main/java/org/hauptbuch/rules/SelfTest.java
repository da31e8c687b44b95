package org.hauptbuch.rules;

import org.hauptbuch.api.node.SelfTestReport;
import org.hauptbuch.api.rule.RuleSet;

/** Tests the rules of a set that need not be active. Thread-safe. */
public final class SelfTest {
    private final RuleCatalogue catalogue;

    /** Tests what is in {@code catalogue}. */
    public SelfTest(RuleCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    /**
     * Runs every test of {@code set}.
     *
     * @throws org.hauptbuch.api.error.PoSException CONSENSUS_STATE_UPDATE_FAILED where code is missing, naming each
     */
    public SelfTestReport run(RuleSet set) {
        catalogue.activate(set);
        throw new UnsupportedOperationException();
    }
}
