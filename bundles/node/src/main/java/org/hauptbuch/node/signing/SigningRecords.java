package org.hauptbuch.node.signing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hauptbuch.api.block.RollbackVote;
import org.hauptbuch.api.block.Vote;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.finality.Message;
import org.hauptbuch.api.node.SigningImport;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.ledger.Genesis;
import org.hauptbuch.node.signing.Interchange.SignedBlock;
import org.hauptbuch.node.signing.Interchange.SignedVote;

/**
 * The records of a {@link SigningGuard} on their way to another node and back, in the format of EIP-3076. A proposal is a
 * signed block, its slot the {@link Position} of height and round. A vote is an attestation: its target is the position of
 * height, round and phase, its source the beginning of the height before, whose block it builds on. So two votes for one
 * height, round and phase are the double vote of the format, and no vote that a node made surrounds another. A signing
 * root is the SHA-256 of the bytes that were signed.
 *
 * <p>The format knows nothing of locks: which block a validator may no longer leave in a later round of the same height. So
 * what was imported closes whole heights: nothing is signed at or below the last height in it, unless this guard's own
 * records have the very same messages.
 */
public final class SigningRecords {
    private final Optional<SigningGuard> guard;
    private final String chainId;
    private final Hash genesis;

    /** The records of a node's guard on the chain of {@code genesis}. */
    public SigningRecords(Optional<SigningGuard> guard, Genesis genesis) {
        this(guard, genesis.chainId(), genesis.hash());
    }

    SigningRecords(Optional<SigningGuard> guard, String chainId, Hash genesis) {
        this.guard = guard;
        this.chainId = chainId;
        this.genesis = genesis;
    }

    /**
     * All records that there are, in the format. They are durable when this returns.
     *
     * @throws PoSException INVALID_VALIDATOR_STATUS where there is no key
     */
    public String exported() {
        Interchange.Key own = own();
        List<SignedBlock> blocks = new ArrayList<>(own.blocks());
        List<SignedVote> votes = new ArrayList<>(own.votes());
        // older records are pruned, and what was imported had none: nothing up to here may be signed elsewhere
        long closed = guard().closedHeight();
        if (closed > 0) {
            blocks.add(0, new SignedBlock(Position.end(closed), Optional.empty()));
            votes.add(0, new SignedVote(Position.begin(closed - 1), Position.end(closed), Optional.empty()));
        }
        return new Interchange(genesis, List.of(new Interchange.Key(key(), blocks, votes))).format();
    }

    /**
     * Takes records: nothing up to the last height in them is signed from then on. Durable when this returns, all of it or
     * nothing.
     *
     * @throws IllegalArgumentException where the text is not in the format
     * @throws PoSException INVALID_VALIDATOR_STATUS where there is no key; SECURITY_VALIDATION_FAILED where the records are
     *     of another chain, none is of this key, or one contradicts another or this guard's own
     */
    public SigningImport take(String text) {
        Interchange file = Interchange.parse(text);
        if (!file.genesis().equals(genesis)) {
            throw PoSException.outOfRange(
                    PoSError.SECURITY_VALIDATION_FAILED,
                    "genesis_validators_root",
                    file.genesis(),
                    genesis + ", the genesis of this chain");
        }
        List<SignedBlock> blocks = new ArrayList<>();
        List<SignedVote> votes = new ArrayList<>();
        long others = 0;
        for (Interchange.Key key : file.keys()) {
            if (key.key().equals(key())) {
                blocks.addAll(key.blocks());
                votes.addAll(key.votes());
            } else {
                others++;
            }
        }
        if (blocks.isEmpty() && votes.isEmpty()) {
            throw new PoSException(
                    PoSError.SECURITY_VALIDATION_FAILED,
                    "the file has no record of this node's key ("
                            + guard().signer().publicKey().shortText() + "), must have one; it has " + others
                            + " other keys");
        }
        Interchange.Key own = own();
        Map<Long, Hash> ownBlocks = new TreeMap<>();
        Map<Long, Hash> ownVotes = new TreeMap<>();
        own.blocks().forEach(block -> block.root().ifPresent(root -> ownBlocks.put(block.slot(), root)));
        own.votes().forEach(vote -> vote.root().ifPresent(root -> ownVotes.put(vote.target(), root)));
        long closed = 0;
        for (SignedBlock block : blocks) {
            if (!isOwn(ownBlocks.get(block.slot()), block.root())) {
                closed = Math.max(closed, Position.height(block.slot()));
            }
        }
        for (SignedVote vote : votes) {
            if (!isOwn(ownVotes.get(vote.target()), vote.root())) {
                closed = Math.max(closed, Position.height(vote.target()));
            }
        }
        List<SignedVote> allVotes = new ArrayList<>(own.votes());
        allVotes.addAll(votes);
        List<SignedBlock> allBlocks = new ArrayList<>(own.blocks());
        allBlocks.addAll(blocks);
        refuseDoubleBlocks(allBlocks);
        refuseDoubleVotes(allVotes);
        refuseSurroundingVotes(allVotes);
        guard().close(closed);
        return new SigningImport(blocks.size() + votes.size(), others, guard().firstOpenHeight());
    }

    private SigningGuard guard() {
        return guard.orElseThrow(() -> new PoSException(
                PoSError.INVALID_VALIDATOR_STATUS, "this node has no key to sign with, must have one"));
    }

    private static boolean isOwn(Hash own, Optional<Hash> imported) {
        return imported.isPresent() && imported.get().equals(own);
    }

    /** What the guard has in its store. */
    private Interchange.Key own() {
        List<SignedBlock> blocks = new ArrayList<>();
        List<SignedVote> votes = new ArrayList<>();
        for (Message message : guard().ownMessages()) {
            long height = message.height();
            int round = message.round();
            if (message instanceof Message.Offer offer) {
                blocks.add(new SignedBlock(
                        Position.ofProposal(height, round),
                        root(round, offer.proposal().signBytes(chainId))));
            } else if (message instanceof Message.Ballot ballot) {
                Vote vote = ballot.vote();
                votes.add(new SignedVote(
                        Position.begin(height - 1),
                        Position.ofVote(height, round, vote.phase()),
                        root(round, vote.signBytes(chainId))));
            }
        }
        for (RollbackVote vote : guard().rollbackVotes()) {
            votes.add(new SignedVote(
                    Position.begin(vote.height() - 1),
                    Position.ofRollbackVote(vote.height()),
                    Optional.of(Hash.sha256(RollbackVote.signBytes(chainId, vote.height(), vote.from(), vote.to())))));
        }
        return new Interchange.Key(key(), blocks, votes);
    }

    private static Optional<Hash> root(int round, Bytes signed) {
        return Position.isExact(round) ? Optional.of(Hash.sha256(signed)) : Optional.empty();
    }

    private Bytes key() {
        return guard().signer().publicKey().encoded();
    }

    private static void refuseDoubleBlocks(List<SignedBlock> blocks) {
        Map<Long, Hash> roots = new TreeMap<>();
        for (SignedBlock block : blocks) {
            refuseDouble("proposals", block.slot(), block.root(), roots);
        }
    }

    private static void refuseDoubleVotes(List<SignedVote> votes) {
        Map<Long, Hash> roots = new TreeMap<>();
        for (SignedVote vote : votes) {
            refuseDouble("votes", vote.target(), vote.root(), roots);
        }
    }

    private static void refuseDouble(String what, long position, Optional<Hash> root, Map<Long, Hash> roots) {
        if (root.isPresent()) {
            Hash earlier = roots.putIfAbsent(position, root.get());
            if (earlier != null && !earlier.equals(root.get())) {
                throw new PoSException(
                        PoSError.SECURITY_VALIDATION_FAILED,
                        "the file has a record that contradicts another one, there or here: two " + what + " at height "
                                + Position.height(position) + " (number " + position + "), " + earlier.shortHex()
                                + " and " + root.get().shortHex() + "; this key has signed twice: do not use it");
            }
        }
    }

    private static void refuseSurroundingVotes(List<SignedVote> votes) {
        // by ascending target, the highest source below each
        Map<Long, Long> sources = new TreeMap<>();
        votes.forEach(vote -> sources.merge(vote.target(), vote.source(), Math::max));
        Map<Long, Long> least = new TreeMap<>();
        votes.forEach(vote -> least.merge(vote.target(), vote.source(), Math::min));
        long highest = -1;
        for (Map.Entry<Long, Long> target : least.entrySet()) {
            if (target.getValue() < highest) {
                throw new PoSException(
                        PoSError.SECURITY_VALIDATION_FAILED,
                        "the file has a record that contradicts another one, there or here: the vote from "
                                + target.getValue() + " to " + target.getKey() + " surrounds one from " + highest);
            }
            highest = Math.max(highest, sources.get(target.getKey()));
        }
    }
}
