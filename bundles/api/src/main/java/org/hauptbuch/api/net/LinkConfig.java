package org.hauptbuch.api.net;

import java.util.List;
import java.util.Map;
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
 * @param trusted keys of peers by name; a peer that cannot sign with one of them is refused
 * @param identity this node's link key
 * @param scheme verifies the peers' signatures
 * @param maxFrameBytes the most bytes of a message; a peer that announces more loses its connection
 */
public record LinkConfig(
        Hash chain,
        String bindHost,
        int bindPort,
        Map<String, String> peers,
        Map<String, PublicKey> trusted,
        Signer identity,
        SignatureScheme scheme,
        int maxFrameBytes) {
    public LinkConfig {
        peers = Map.copyOf(peers);
        trusted = Map.copyOf(trusted);
        if (bindPort < 1 || bindPort > 65_535) {
            throw new IllegalArgumentException("bindPort: " + bindPort + ", must be 1 to 65535");
        }
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

    /** The names of all peers that may connect, by ascending order. */
    public List<String> names() {
        return trusted.keySet().stream().sorted().toList();
    }
}
