package org.hauptbuch.api.net;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.PublicKey;

/**
 * How a node is reached and whom it reaches.
 *
 * @param chain the genesis hash: peers of another chain are refused
 * @param bindHost the address to listen on, loopback by default
 * @param bindPort the port to listen on, 1 to 65,535
 * @param peers addresses of peers as {@code host:port}, by name
 * @param trusted keys of peers by name; for these there is always room
 * @param identity this node's link key
 * @param scheme verifies the peers' signatures
 * @param maxFrameBytes the most bytes of a message; a peer that announces more loses its connection
 * @param observers how many peers with a key that is not in {@code trusted} may be linked at a time, 0 to 10,000; each
 *     is named by {@link Links#STRANGER} and digits of its key, and may send only so much; 0: a peer that cannot sign
 *     with a trusted key is refused
 * @param validators whether a key belongs to a validator of the chain as it is now: its owner is no observer, there is
 *     room for it; called often, and on any thread
 */
public record LinkConfig(
        Hash chain,
        String bindHost,
        int bindPort,
        Map<String, String> peers,
        Map<String, PublicKey> trusted,
        Signer identity,
        SignatureScheme scheme,
        int maxFrameBytes,
        int observers,
        Predicate<PublicKey> validators) {
    /** The most observers that a node may let in. */
    public static final int MAX_OBSERVERS = 10_000;

    public LinkConfig {
        peers = Map.copyOf(peers);
        trusted = Map.copyOf(trusted);
        if (bindPort < 1 || bindPort > 65_535) {
            throw new IllegalArgumentException("bindPort: " + bindPort + ", must be 1 to 65535");
        }
        if (observers < 0 || observers > MAX_OBSERVERS) {
            throw new IllegalArgumentException("observers: " + observers + ", must be 0 to " + MAX_OBSERVERS);
        }
    }

    /** Links with trusted peers only. */
    public LinkConfig(
            Hash chain,
            String bindHost,
            int bindPort,
            Map<String, String> peers,
            Map<String, PublicKey> trusted,
            Signer identity,
            SignatureScheme scheme,
            int maxFrameBytes) {
        this(chain, bindHost, bindPort, peers, trusted, identity, scheme, maxFrameBytes, 0, key -> false);
    }

    /** An address as {@code host} and {@code port}. */
    public static Map.Entry<String, Integer> hostAndPort(String address) {
        int colon = address.lastIndexOf(':');
        try {
            int port = Integer.parseInt(address.substring(colon + 1));
            if (colon > 0 && port >= 1 && port <= 65_535) {
                return Map.entry(address.substring(0, colon), port);
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("peer address: '" + address + "', must be host:port", e);
        }
        throw new IllegalArgumentException("peer address: '" + address + "', must be host:port, port 1 to 65535");
    }

    /** The names of all trusted peers, by ascending order. */
    public List<String> names() {
        return trusted.keySet().stream().sorted().toList();
    }
}
