package org.hauptbuch.net.tcp;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hauptbuch.api.net.LinkConfig;
import org.hauptbuch.api.value.PublicKey;

/** Who may connect and whom to dial, out of a checked configuration. A node's own entry is no peer. */
final class Peers {
    private Peers() {}

    /**
     * The peers' names by key.
     *
     * @throws IllegalArgumentException where two names have one key
     */
    static Map<PublicKey, String> names(LinkConfig config) {
        Map<PublicKey, String> names = new HashMap<>();
        for (String name : config.names()) {
            PublicKey key = config.trusted().get(name);
            String other = names.put(key, name);
            if (other != null) {
                throw new IllegalArgumentException("trusted: " + other + " and " + name + " have the same key " + key);
            }
        }
        names.remove(config.identity().publicKey());
        return Map.copyOf(names);
    }

    /**
     * Host and port by name.
     *
     * @throws IllegalArgumentException where an address is malformed, or a peer has no key and so would be refused
     */
    static SortedMap<String, Map.Entry<String, Integer>> toDial(LinkConfig config) {
        SortedMap<String, Map.Entry<String, Integer>> addresses = new TreeMap<>();
        for (Map.Entry<String, String> peer : config.peers().entrySet()) {
            PublicKey key = config.trusted().get(peer.getKey());
            if (key == null) {
                throw new IllegalArgumentException(
                        "peers: " + peer.getKey() + " has no key, must be one of trusted: " + config.names());
            }
            if (!key.equals(config.identity().publicKey())) {
                addresses.put(peer.getKey(), LinkConfig.hostAndPort(peer.getValue()));
            }
        }
        return addresses;
    }
}
