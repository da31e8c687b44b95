package org.hauptbuch.rules.osgi;

import java.io.IOException;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.rule.ConsensusRule;
import org.hauptbuch.api.rule.RuleFactory;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.rules.RuleCatalogue;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/** Reads what a rule service is from its properties and its bundle. */
final class RuleService {
    private final BundleDigest digests;

    RuleService(BundleDigest digests) {
        this.digests = digests;
    }

    /**
     * The catalogue's entry for a service.
     *
     * @throws IllegalArgumentException where its properties name no rule
     * @throws IOException where its jar's bytes cannot be read
     */
    RuleCatalogue.Entry entry(ServiceReference<RuleFactory> service, RuleFactory factory) throws IOException {
        String text = property(service, "kind");
        RuleKind kind = RuleKind.ofText(text)
                .orElseThrow(() -> new IllegalArgumentException("its kind is '" + text + "', must be a kind of rule"));
        String id = property(service, "id");
        if (!Validator.validId(id) || !id.startsWith(text + ".")) {
            throw new IllegalArgumentException(
                    "its id is '" + id + "', must be '" + text + ".' and a name of a-z 0-9 _ . -");
        }
        Bundle bundle = service.getBundle();
        if (bundle == null) {
            throw new IOException("its bundle has just gone away");
        }
        String location = bundle.getLocation();
        return new RuleCatalogue.Entry(
                kind, id, bundle.getVersion().toString(), digests.of(location), location, factory);
    }

    private static String property(ServiceReference<?> service, String name) {
        Object value = service.getProperty(ConsensusRule.PREFIX_ + name);
        if (!(value instanceof String)) {
            throw new IllegalArgumentException(
                    "it has no property " + ConsensusRule.PREFIX_ + name + "; mark its factory with @ConsensusRule");
        }
        return (String) value;
    }
}
