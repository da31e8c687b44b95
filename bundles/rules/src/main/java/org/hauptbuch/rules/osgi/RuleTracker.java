package org.hauptbuch.rules.osgi;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hauptbuch.api.rule.RuleFactory;
import org.hauptbuch.rules.RuleCatalogue;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts the rule services of the container to the catalogue. The catalogue becomes a service after the rules that are
 * here already are in it, so that a node does not begin by missing them.
 */
@Component(
        service = {},
        immediate = true)
@Capability(
        namespace = "osgi.service",
        attribute = "objectClass:List<String>=\"org.hauptbuch.rules.RuleCatalogue\"",
        effective = "active")
public final class RuleTracker {
    private static final Logger LOG = LoggerFactory.getLogger(RuleTracker.class);

    private final RuleCatalogue catalogue = new RuleCatalogue();
    private final Map<ServiceReference<?>, RuleCatalogue.Entry> tracked = new ConcurrentHashMap<>();
    private final RuleService reader;
    private ServiceRegistration<RuleCatalogue> registration;

    @Activate
    public RuleTracker(BundleContext context) {
        reader = new RuleService(new BundleDigest(Home.rules(context).map(Home::store)));
    }

    @Activate
    void publish(BundleContext context) {
        registration = context.registerService(RuleCatalogue.class, catalogue, null);
    }

    @Deactivate
    void withdraw() {
        registration.unregister();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindRule(ServiceReference<RuleFactory> reference, RuleFactory factory) {
        try {
            RuleCatalogue.Entry entry = reader.entry(reference, factory);
            tracked.put(reference, entry);
            catalogue.add(entry);
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("Rule of {} is not available: {}", reference.getBundle(), e.getMessage());
        }
    }

    void unbindRule(ServiceReference<RuleFactory> reference) {
        RuleCatalogue.Entry entry = tracked.remove(reference);
        if (entry != null) {
            catalogue.remove(entry);
        }
    }
}
