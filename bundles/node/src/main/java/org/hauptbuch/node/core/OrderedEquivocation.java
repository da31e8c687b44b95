package org.hauptbuch.node.core;

import java.util.List;
import java.util.Optional;
import org.hauptbuch.api.block.Vote;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.ledger.Genesis;
import org.hauptbuch.node.block.BlockContext;
import org.hauptbuch.node.signing.DevEquivocator;
import org.hauptbuch.node.wire.WireMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** On a development network: signs two votes that contradict each other, once it is told to. Belongs to the loop. */
final class OrderedEquivocation {
    private static final Logger LOG = LoggerFactory.getLogger(OrderedEquivocation.class);

    private final Assembly the;
    private final Genesis genesis;
    private final String name;
    private boolean due;

    OrderedEquivocation(Assembly the, Genesis genesis, String name) {
        this.the = the;
        this.genesis = genesis;
        this.name = name;
    }

    /** At the next height. @throws PoSException where this is no development network, or this node does not validate */
    void order(Optional<Address> validator) {
        // made only to hear whether this is a network where it may be
        the.guard().ifPresent(guard -> new DevEquivocator(genesis, guard.signer()));
        if (validator.isEmpty()) {
            throw new PoSException(
                    PoSError.INVALID_VALIDATOR_STATUS, name + " does not validate now, must be in the validator set");
        }
        due = true;
    }

    void signIfDue(BlockContext context, Optional<Address> validator) {
        if (due && validator.isPresent()) {
            due = false;
            DevEquivocator equivocator =
                    new DevEquivocator(genesis, the.guard().orElseThrow().signer());
            List<Vote> votes = equivocator.votes(context.height(), validator.get());
            LOG.warn("{}: signs two blocks of height {}, as it was told to", name, context.height());
            the.outbox().broadcast(new WireMessage.Votes(votes));
        }
    }
}
