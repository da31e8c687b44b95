package org.hauptbuch.node.service;

import java.util.Optional;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.net.LinkFactory;
import org.hauptbuch.api.store.Store;
import org.hauptbuch.api.vdf.DelayFunction;
import org.hauptbuch.ledger.Genesis;
import org.hauptbuch.rules.RuleCatalogue;
import org.hauptbuch.rules.RuleStage;

/**
 * What a node is made of.
 *
 * @param genesis how its chain begins
 * @param store its open store
 * @param key the consensus key that it signs with, where it has one
 * @param linkKey the key that it proves itself to peers with
 * @param catalogue the rules of this container
 * @param stage the rule jars of this container, where there are any
 * @param scheme verifies
 * @param delay evaluates and verifies delays
 * @param linkFactory makes its links
 */
record NodeParts(
        Genesis genesis,
        Store store,
        Optional<Signer> key,
        Signer linkKey,
        RuleCatalogue catalogue,
        Optional<RuleStage> stage,
        SignatureScheme scheme,
        DelayFunction delay,
        LinkFactory linkFactory) {}
