package org.hauptbuch.node.service;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.node.SelfTestReport;
import org.hauptbuch.api.node.ShadowReport;
import org.hauptbuch.api.plan.Attestation;
import org.hauptbuch.api.plan.RulePlan;
import org.hauptbuch.api.rule.RuleRef;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.rules.SelfTest;

/** What a node finds out about rules before it says that it is ready for them. */
final class RuleReadiness {
    private final String name;
    private final NodeParts parts;

    RuleReadiness(String name, NodeParts parts) {
        this.name = name;
        this.parts = parts;
    }

    /** Tests a rule set that need not be active. */
    SelfTestReport test(RuleSet rules) {
        return new SelfTest(parts.catalogue()).run(rules);
    }

    /**
     * Refuses a plan whose new rules could not be made here: execution cannot look into jars, and whoever proposes should
     * hear of a misspelled parameter before anybody attests.
     */
    void check(Transaction transaction, RuleSet active) {
        if (transaction.payload() instanceof Payload.ProposeRules propose) {
            propose.plan().to().rules().stream()
                    .filter(rule -> !active.rules().contains(rule))
                    .forEach(parts.catalogue()::check);
        }
    }

    /** As {@link org.hauptbuch.api.node.NodeService#attest}, for a validator of {@code validators}. */
    Attestation attest(
            RulePlan plan, Optional<RuleSet> fallback, ValidatorSet validators, Optional<ShadowReport> shadow) {
        Signer key = parts.key().orElseThrow(this::noValidator);
        ValidatorSet.Member self = validators.members().stream()
                .filter(member -> member.key().equals(key.publicKey()))
                .findFirst()
                .orElseThrow(this::noValidator);
        requireFallback(plan, fallback);
        SelfTestReport tested = test(plan.to());
        if (!tested.problems().isEmpty()) {
            throw notReady("the self-test fails: " + String.join("; ", tested.problems()));
        }
        if (!tested.digest().equals(plan.selfTest())) {
            throw notReady("the self-test gives " + tested.digest() + " here, the plan says " + plan.selfTest());
        }
        shadow.filter(report -> report.ruleSet().equals(plan.to().id()))
                .filter(report -> !report.problems().isEmpty())
                .ifPresent(report -> {
                    throw notReady("the shadow run failed: " + String.join("; ", report.problems()));
                });
        return Attestation.of(
                parts.genesis().chainId(), plan.id(), plan.to().id(), tested.digest(), self.address(), key);
    }

    /** Who cannot go back must not help the others to a place from which they may have to. */
    private void requireFallback(RulePlan plan, Optional<RuleSet> fallback) {
        RuleSet set = fallback.orElseThrow(
                () -> notReady("its fallback, rule set " + plan.fallback() + ", never judged this chain"));
        List<RuleRef> missing = parts.catalogue().missing(set);
        if (!missing.isEmpty()) {
            throw notReady(
                    "the fallback, rule set " + set.id().shortHex() + ", needs rules that are not available here: "
                            + missing.stream()
                                    .map(ref -> ref.id() + " " + ref.version() + " (SHA-256 " + ref.digest() + ")")
                                    .collect(Collectors.joining(", ")));
        }
    }

    private PoSException noValidator() {
        return new PoSException(
                PoSError.INVALID_VALIDATOR_STATUS, name + " does not validate now, must be in the validator set");
    }

    private PoSException notReady(String why) {
        return new PoSException(PoSError.CONSENSUS_STATE_UPDATE_FAILED, name + " does not attest: " + why);
    }
}
