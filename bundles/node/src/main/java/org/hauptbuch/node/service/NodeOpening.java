package org.hauptbuch.node.service;

import java.util.Optional;
import org.hauptbuch.api.crypto.PassphraseCipher;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.net.LinkFactory;
import org.hauptbuch.api.store.Store;
import org.hauptbuch.api.store.StoreFactory;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.api.vdf.DelayFunction;
import org.hauptbuch.ledger.Genesis;
import org.hauptbuch.node.core.NodeListener;
import org.hauptbuch.node.genesis.GenesisFile;
import org.hauptbuch.node.keys.KeySafe;
import org.hauptbuch.rules.RuleCatalogue;
import org.hauptbuch.rules.RuleStage;

/**
 * Opens a node from its configuration: whatever is wrong with files, folders and ports is found here, before anything
 * runs.
 *
 * @param scheme signs and verifies
 * @param cipher opens its keys
 * @param delay evaluates and verifies delays
 * @param storeFactory opens its store
 * @param linkFactory makes its links
 * @param catalogue the rules of this container
 * @param stage its rule jars, where there are any
 */
record NodeOpening(
        SignatureScheme scheme,
        PassphraseCipher cipher,
        DelayFunction delay,
        StoreFactory storeFactory,
        LinkFactory linkFactory,
        RuleCatalogue catalogue,
        Optional<RuleStage> stage) {
    /**
     * Opens the node and starts it.
     *
     * @throws IllegalArgumentException where a file is malformed, naming file, field, value and range
     * @throws java.io.UncheckedIOException where a file, folder or port cannot be used, naming it
     * @throws PoSException where the store holds another chain
     */
    LocalNode open(NodeConfig config, NodeListener listener) {
        Genesis genesis = GenesisFile.read(config.genesis());
        config.history().checkedFor(genesis.parameters());
        KeySafe safe = KeySafe.of(config.home(), config.passphraseFile(), scheme, cipher);
        Optional<Signer> key = config.key().map(safe::signer);
        Signer linkKey = config.linkKey()
                .map(safe::signer)
                .or(() -> key)
                .orElseGet(() -> scheme.signer(KeyType.ED25519, scheme.newSecret(KeyType.ED25519)));
        Store store = storeFactory.open(config.store());
        LocalNode node = null;
        try {
            node = new LocalNode(
                    config,
                    new NodeParts(genesis, store, key, linkKey, catalogue, stage, scheme, delay, linkFactory),
                    listener);
            node.start();
            return node;
        } catch (RuntimeException e) {
            if (node == null) {
                store.close();
            } else {
                node.close();
            }
            throw e;
        }
    }
}
