package org.hauptbuch.node.core;

import java.util.Optional;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.node.block.BlockProducer;
import org.hauptbuch.node.block.RuleCalls;
import org.hauptbuch.node.metrics.Metrics;
import org.hauptbuch.node.signing.SigningGuard;

/**
 * What the parts of one node's loop share.
 *
 * @param name the node's name
 * @param environment time, timers, links, work off the loop
 * @param outbox what leaves at the end of the step
 * @param peers the peers
 * @param guard signs, where this node has a key
 * @param scheme verifies
 * @param checks what has to be right before it builds one
 * @param producer builds blocks
 * @param judge judges blocks
 * @param calls how rules are called
 * @param metrics the counters
 * @param timings what passes between commit and proposal
 */
record Parts(
        String name,
        Environment environment,
        Outbox outbox,
        Peers peers,
        Optional<SigningGuard> guard,
        SignatureScheme scheme,
        ProductionChecks checks,
        BlockProducer producer,
        BlockJudge judge,
        RuleCalls calls,
        Metrics metrics,
        BlockTimings timings) {}
