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
import org.hauptbuch.node.signer.RemoteSigner;
import org.hauptbuch.node.signer.SharedSecret;
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
        Optional<Signer> ownKey = config.key().map(safe::signer);
        Optional<Signer> ownLinkKey = config.linkKey().map(safe::signer);
        Optional<SharedSecret> secret = config.signer().map(target -> SharedSecret.read(config.signerSecret()));
        Store store = storeFactory.open(config.store());
        LocalNode node = null;
        Optional<RemoteSigner> remote = Optional.empty();
        try {
            remote = config.signer()
                    .map(target ->
                            new RemoteSigner(config.name(), target, secret.orElseThrow(), RemoteSigner.nameOf(store)));
            Optional<Signer> key = remote.<Signer>map(signer -> signer).or(() -> ownKey);
            Signer linkKey = ownLinkKey
                    .or(() -> key)
                    .orElseGet(() -> scheme.signer(KeyType.ED25519, scheme.newSecret(KeyType.ED25519)));
            node = new LocalNode(
                    config,
                    new NodeParts(genesis, store, key, linkKey, catalogue, stage, scheme, delay, linkFactory),
                    listener);
            node.start();
            return node;
        } catch (RuntimeException e) {
            if (node == null) {
                remote.ifPresent(RemoteSigner::close);
                store.close();
            } else {
                node.close();
            }
            throw e;
        }
    }
}
