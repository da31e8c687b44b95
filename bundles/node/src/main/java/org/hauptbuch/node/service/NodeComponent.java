package org.hauptbuch.node.service;

import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.hauptbuch.api.crypto.PassphraseCipher;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.net.LinkFactory;
import org.hauptbuch.api.node.FinalBlock;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.api.rule.RuleRef;
import org.hauptbuch.api.store.StoreFactory;
import org.hauptbuch.api.vdf.DelayFunction;
import org.hauptbuch.node.core.NodeListener;
import org.hauptbuch.node.keys.Home;
import org.hauptbuch.rules.RuleCatalogue;
import org.hauptbuch.rules.RuleStage;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.condition.Condition;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node for each configuration {@code org.hauptbuch.node-NAME.cfg}. It registers its services itself, because a node
 * that cannot be opened is one clear line in the log and no service, and because it is ready only once it has a final
 * block: then there is a {@link Condition} {@code org.hauptbuch.node.ready} with the node's name.
 */
@Component(
        immediate = true,
        service = {},
        configurationPid = NodeComponent.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = NodeSettings.class, factory = true)
public final class NodeComponent {
    static final String PID = "org.hauptbuch.node";
    private static final String READY = PID + ".ready";
    private static final Logger LOG = LoggerFactory.getLogger(NodeComponent.class);

    private final BundleContext context;
    private final RuleStage stage;
    private final Optional<LocalNode> node;
    private final Optional<ServiceRegistration<NodeService>> service;
    private volatile ServiceRegistration<Condition> ready;
    private boolean closed;

    @Activate
    public NodeComponent(
            BundleContext context,
            NodeSettings settings,
            Map<String, Object> properties,
            // reluctant: a provider that comes later must not restart nodes that have theirs
            @Reference(name = "signatures", cardinality = ReferenceCardinality.AT_LEAST_ONE)
                    List<ComponentServiceObjects<SignatureScheme>> signatures,
            @Reference PassphraseCipher cipher,
            @Reference DelayFunction delay,
            @Reference(name = "storeFactory", target = "(store=rocksdb)") StoreFactory storeFactory,
            @Reference LinkFactory linkFactory,
            @Reference RuleCatalogue catalogue,
            @Reference RuleStage stage) {
        this.context = context;
        this.stage = stage;
        this.node = open(
                settings,
                properties,
                () -> new NodeOpening(
                        byProvider(signatures).scheme(settings.signatures()),
                        cipher,
                        delay,
                        storeFactory,
                        linkFactory,
                        catalogue,
                        Optional.of(stage)));
        this.service = node.map(n -> context.registerService(NodeService.class, n, properties(n.name())));
    }

    private static SignatureProviders byProvider(List<ComponentServiceObjects<SignatureScheme>> signatures) {
        TreeMap<String, Supplier<SignatureScheme>> present = new TreeMap<>();
        signatures.forEach(objects -> present.put(
                Objects.toString(objects.getServiceReference().getProperty(SignatureScheme.PROVIDER), ""),
                objects::getService));
        return new SignatureProviders(present);
    }

    @Deactivate
    void deactivate() {
        synchronized (this) {
            closed = true;
            if (ready != null) {
                ready.unregister();
            }
        }
        service.ifPresent(ServiceRegistration::unregister);
        node.ifPresent(LocalNode::close);
    }

    private Optional<LocalNode> open(
            NodeSettings settings, Map<String, Object> properties, Supplier<NodeOpening> opening) {
        try {
            KnownKeys.check(properties.keySet());
            NodeConfig config = NodeConfig.of(settings, Home.of(context::getProperty));
            LocalNode opened = opening.get().open(config, new Announcer(config.name()));
            LOG.info("{}: listens on {}:{}", config.name(), config.bindHost(), config.bindPort());
            return Optional.of(opened);
        } catch (RuntimeException e) {
            LOG.error("node {} cannot start: {}", settings.name(), e.getMessage());
            LOG.debug("node {} cannot start", settings.name(), e);
            return Optional.empty();
        }
    }

    private static Hashtable<String, Object> properties(String name) {
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put(NodeService.NAME, name);
        return properties;
    }

    private synchronized void announceReady(String name) {
        if (ready == null && !closed) {
            Hashtable<String, Object> properties = properties(name);
            properties.put(Condition.CONDITION_ID, READY);
            ready = context.registerService(Condition.class, Condition.INSTANCE, properties);
        }
    }

    /** Hears from the node, on its loop. */
    private final class Announcer implements NodeListener {
        private final String name;

        private Announcer(String name) {
            this.name = name;
        }

        @Override
        public void onFinal(FinalBlock block) {
            if (ready == null) {
                announceReady(name);
            }
        }

        @Override
        public void onMissing(List<RuleRef> rules) {
            // installing a bundle takes its time and ends in a change of the catalogue, which the loop hears of
            Thread stager = new Thread(() -> rules.forEach(stage::ensure), "hauptbuch-stage-" + name);
            stager.setDaemon(true);
            stager.start();
        }
    }
}
