package org.hauptbuch.net.tcp;

import java.util.Map;
import java.util.Optional;
import org.hauptbuch.api.net.LinkConfig;
import org.hauptbuch.api.net.Links;
import org.hauptbuch.api.value.PublicKey;

/** Who a key is to this node: a peer of its configuration, or a stranger under a name that is made of its key. */
final class Roster {
    private static final int NAME_DIGITS = 12;

    private final LinkConfig config;
    private final Map<PublicKey, String> trusted;

    /** @throws IllegalArgumentException where two names have one key */
    Roster(LinkConfig config) {
        this.config = config;
        this.trusted = Peers.names(config);
    }

    /** How many peers the configuration names. */
    int trusted() {
        return trusted.size();
    }

    /** The name of whoever has this key; empty where a stranger is not let in. */
    Optional<String> name(PublicKey key) {
        String name = trusted.get(key);
        if (name == null && config.observers() > 0) {
            name = strangersName(key);
        }
        return Optional.ofNullable(name);
    }

    /** Whether the configuration names this key. */
    boolean isTrusted(PublicKey key) {
        return trusted.containsKey(key);
    }

    /** Whether this key is that of a stranger who is no validator of the chain either. */
    boolean isGuest(PublicKey key) {
        return !isTrusted(key) && !config.validators().test(key);
    }

    static String strangersName(PublicKey key) {
        return Links.STRANGER + key.bytes().hex().substring(0, NAME_DIGITS);
    }
}
