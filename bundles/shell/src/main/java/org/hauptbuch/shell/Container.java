package org.hauptbuch.shell;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.node.Keyring;
import org.hauptbuch.api.node.NodeAdmin;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.api.node.RuleStaging;

/** What commands see of the container that they run in: what is there at the moment of the call. */
public interface Container {
    /** The nodes that are there, by ascending name. */
    List<NodeService> nodes();

    /** The names of all nodes that are configured here, also of those that are not up. */
    SortedSet<String> configured();

    /** What adds nodes to this container and removes them. */
    Optional<NodeAdmin> nodeAdmin();

    /** What brings rule jars into this container. */
    Optional<RuleStaging> staging();

    /** The keys of this home. */
    Optional<Keyring> keyring();

    /** Signs and verifies for the benchmark. */
    Optional<SignatureScheme> signatures();
}
