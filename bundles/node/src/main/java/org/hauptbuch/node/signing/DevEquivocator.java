package org.hauptbuch.node.signing;

import java.util.ArrayList;
import java.util.List;
import org.hauptbuch.api.block.Vote;
import org.hauptbuch.api.block.VotePhase;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.ledger.Genesis;

/**
 * Signs two votes that contradict each other, past the {@link SigningGuard}, so that people can watch how a network
 * finds and punishes it. Exists on development networks only: where the chain id begins with {@code devnet}, that is,
 * where one operator runs everything and nothing is worth anything.
 */
public final class DevEquivocator {
    private final String chainId;
    private final Signer signer;

    /** @throws PoSException SECURITY_VALIDATION_FAILED on every network that is not for development */
    public DevEquivocator(Genesis genesis, Signer signer) {
        if (!genesis.chainId().startsWith("devnet")) {
            throw PoSException.outOfRange(
                    PoSError.SECURITY_VALIDATION_FAILED,
                    "network",
                    genesis.chainId(),
                    "a development network (chain id devnet-…)");
        }
        this.chainId = genesis.chainId();
        this.signer = signer;
    }

    /** In each phase, whichever the protocol of the height has, two votes of round 0 for two blocks that do not exist. */
    public List<Vote> votes(long height, Address self) {
        List<Vote> votes = new ArrayList<>();
        for (VotePhase phase : VotePhase.values()) {
            votes.add(vote(phase, height, self, 1));
            votes.add(vote(phase, height, self, 2));
        }
        return votes;
    }

    private Vote vote(VotePhase phase, long height, Address self, int number) {
        Hash block = Hash.sha256(new Writer()
                .string("hauptbuch/dev-equivocation/1")
                .u64(height)
                .u8(number)
                .toArray());
        return new Vote(phase, height, 0, block, self, signer.sign(Vote.signBytes(chainId, phase, height, 0, block)));
    }
}
