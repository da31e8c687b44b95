package org.hauptbuch.api.rule;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The service that a rule bundle registers, with the properties of {@link ConsensusRule}. The chain decides whether
 * the rule is used; registering a service only makes it available.
 */
@ConsumerType
public interface RuleFactory {
    /**
     * A rule with these parameters, of the interface that belongs to its {@link RuleKind}.
     *
     * @throws org.hauptbuch.api.error.PoSException where a parameter is unknown, malformed or out of range, naming it
     */
    Rule create(Parameters parameters);

    /**
     * What the rule is known to answer. Every node asks before it says that it is ready for the rule, twice, and a
     * wrong answer is a refusal: it finds a rule that works differently here than where it was written.
     */
    default List<KnownAnswer> knownAnswers() {
        return List.of();
    }
}
