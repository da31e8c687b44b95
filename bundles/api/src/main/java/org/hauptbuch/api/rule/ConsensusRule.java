package org.hauptbuch.api.rule;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Attribute;
import org.osgi.annotation.bundle.Capability;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Says on a {@link RuleFactory} component which rule it makes. The rule's version is its bundle's. The same facts
 * become a capability of the bundle, so that a node without, say, a selector does not resolve and the resolver says
 * why.
 */
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
@Capability(namespace = ConsensusRule.NAMESPACE)
public @interface ConsensusRule {
    /** The namespace of the capability. */
    String NAMESPACE = "hauptbuch.rule";

    /** Component properties are named {@code hauptbuch.rule.kind} and {@code hauptbuch.rule.id}. */
    String PREFIX_ = "hauptbuch.rule.";

    /** The {@link RuleKind#text()} of the rule. */
    @Attribute("kind")
    String kind();

    /** The rule's id: its kind, a dot, its name, such as {@code selection.weighted}. */
    @Attribute("id")
    String id();
}
