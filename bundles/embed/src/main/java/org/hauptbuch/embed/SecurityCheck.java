package org.hauptbuch.embed;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.chain.ValidatorStatus;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.finality.FinalityRule;
import org.hauptbuch.api.rule.RuleRef;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.ledger.Ledger;
import org.hauptbuch.ledger.LedgerView;
import org.hauptbuch.rules.RuleCatalogue;

/** What has to be in order before a secure block is begun. Costs a pass over the whole state. */
final class SecurityCheck {
    private final Ledger ledger;
    private final SignatureScheme scheme;
    private final RuleCatalogue catalogue;
    private final ChainRecord record;

    SecurityCheck(Ledger ledger, SignatureScheme scheme, RuleCatalogue catalogue, ChainRecord record) {
        this.ledger = ledger;
        this.scheme = scheme;
        this.catalogue = catalogue;
        this.record = record;
    }

    /** Refuses as SECURITY_VALIDATION_FAILED a store that holds another state than the one after the last block. */
    void checkStore(Tip tip) {
        Hash root = StateRoot.of(record);
        if (!root.equals(tip.stateRoot())) {
            throw refuse("root of the state in the store", root, tip.stateRoot() + ", as after block " + tip.height());
        }
    }

    /** Refuses as SECURITY_VALIDATION_FAILED a chain whose clock, rules, books or last proof are not in order. */
    void checkConsensus(
            HeightPlan plan,
            Supplier<FinalityRule> lastFinality,
            Optional<ValidatorSet> lastValidators,
            long nowMillis) {
        Tip tip = plan.parent();
        if (nowMillis < tip.timeMillis()) {
            throw refuse("clock", nowMillis, "at least the time of block " + tip.height() + ", " + tip.timeMillis());
        }
        List<RuleRef> missing = catalogue.missing(new LedgerView(record).ruleSet());
        if (!missing.isEmpty()) {
            throw refuse(
                    "rules that are not available",
                    missing.stream().map(RuleRef::describe).toList(),
                    "none");
        }
        List<String> broken = ledger.brokenInvariants(record, plan.generation());
        if (!broken.isEmpty()) {
            throw refuse("broken invariants", broken, "none");
        }
        if (plan.lastCertificate().isPresent()) {
            checkLast(plan, lastFinality, lastValidators);
        }
    }

    /** Refuses as INVALID_VALIDATOR_STATUS a proposer that is punished or gone. */
    void checkProposer(HeightPlan plan, Address proposer) {
        String status = new LedgerView(record)
                .validator(proposer)
                .map(Validator::status)
                .map(ValidatorStatus::name)
                .orElse("unknown");
        if (!status.equals(ValidatorStatus.ACTIVE.name())) {
            throw PoSException.outOfRange(
                    PoSError.INVALID_VALIDATOR_STATUS,
                    "status of validator " + proposer + ", who proposes block " + plan.height() + ",",
                    status,
                    ValidatorStatus.ACTIVE.name());
        }
    }

    private void checkLast(
            HeightPlan plan, Supplier<FinalityRule> lastFinality, Optional<ValidatorSet> lastValidators) {
        ValidatorSet voters = lastValidators.orElseThrow(
                () -> refuse("validators of block " + plan.parent().height(), "unknown", "in the state"));
        try {
            lastFinality.get().verifyFinal(plan.lastCertificate().get(), plan.chainId(), voters, scheme);
        } catch (PoSException e) {
            throw new PoSException(PoSError.SECURITY_VALIDATION_FAILED, e.getMessage(), e);
        }
    }

    private static PoSException refuse(String field, Object value, String range) {
        return PoSException.outOfRange(PoSError.SECURITY_VALIDATION_FAILED, field, value, range);
    }
}
