package org.hauptbuch.node.core;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.node.block.BlockContext;
import org.hauptbuch.node.signer.SignerFault;

/** What this validator draws in the rounds of a height with a private schedule. A machine asks while it is called. */
final class Draws {
    private final Parts parts;
    private final BlockContext context;
    private final Optional<Address> self;
    private final Map<Integer, Draw> draws = new ConcurrentHashMap<>();

    record Draw(Bytes credential, OptionalLong rank) {}

    Draws(Parts parts, BlockContext context, Optional<Address> self) {
        this.parts = parts;
        this.context = context;
        this.self = self;
    }

    /** The rank in a round. Who cannot draw because its signer is away or refuses proposes nothing in the round. */
    OptionalLong rank(int round) {
        try {
            return draw(round).rank();
        } catch (PoSException refused) {
            if (SignerFault.isIn(refused)) {
                return OptionalLong.empty();
            }
            throw refused;
        }
    }

    /** The draw of a round, always the same. @throws PoSException where a remote signer does not prove it */
    Draw draw(int round) {
        return draws.computeIfAbsent(round, r -> {
            Signer signer = parts.guard().orElseThrow().signer();
            Bytes credential = signer.prove(context.reveal(r));
            Bytes output = parts.scheme()
                    .proofOutput(signer.publicKey(), context.reveal(r), credential)
                    .orElseThrow(() -> new IllegalStateException("this validator's key proves nothing"));
            return new Draw(credential, context.schedule().rank(context.height(), r, self.orElseThrow(), output));
        });
    }
}
