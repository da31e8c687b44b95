package org.hauptbuch.shell.osgi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.node.Keyring;
import org.hauptbuch.api.node.NodeAdmin;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.api.node.RuleStaging;
import org.hauptbuch.shell.Container;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * The container as it is at the moment. Commands refer to this one service, which is always there, so nodes may come
 * and go without a command being unregistered.
 */
@Component(service = Container.class)
public final class LiveContainer implements Container {
    private static final String NODES = "(service.factoryPid=org.hauptbuch.node)";

    private final ConfigurationAdmin configurations;

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private volatile List<NodeService> nodes = List.of();

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Keyring keyring;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile SignatureScheme signatures;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile RuleStaging staging;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile NodeAdmin nodeAdmin;

    @Activate
    public LiveContainer(@Reference ConfigurationAdmin configurations) {
        this.configurations = configurations;
    }

    @Override
    public List<NodeService> nodes() {
        return nodes.stream().sorted(Comparator.comparing(NodeService::name)).toList();
    }

    @Override
    public SortedSet<String> configured() {
        SortedSet<String> names = new TreeSet<>();
        try {
            Configuration[] found = configurations.listConfigurations(NODES);
            for (Configuration node : found == null ? new Configuration[0] : found) {
                Object name = node.getProperties().get(NodeService.NAME);
                if (name != null) {
                    names.add(name.toString());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the configuration of the nodes cannot be read", e);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
        return names;
    }

    @Override
    public Optional<NodeAdmin> nodeAdmin() {
        return Optional.ofNullable(nodeAdmin);
    }

    @Override
    public Optional<RuleStaging> staging() {
        return Optional.ofNullable(staging);
    }

    @Override
    public Optional<Keyring> keyring() {
        return Optional.ofNullable(keyring);
    }

    @Override
    public Optional<SignatureScheme> signatures() {
        return Optional.ofNullable(signatures);
    }
}
