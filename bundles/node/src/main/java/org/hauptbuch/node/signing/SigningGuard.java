package org.hauptbuch.node.signing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.hauptbuch.api.block.Proposal;
import org.hauptbuch.api.block.RollbackCertificate;
import org.hauptbuch.api.block.RollbackVote;
import org.hauptbuch.api.block.Vote;
import org.hauptbuch.api.block.VotePhase;
import org.hauptbuch.api.codec.Reader;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.finality.Message;
import org.hauptbuch.api.store.Batch;
import org.hauptbuch.api.store.Store;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.node.chain.CandidateBlock;

/**
 * Signs this validator's messages, each at most once, and only after its record is in a batch that is committed before
 * the message leaves: whoever sends calls {@link #flush()} first. A message that contradicts an earlier one is refused
 * whoever asks for it. Belongs to the loop.
 */
public final class SigningGuard {
    /** Records are kept for so many heights behind the last final block, for people who look into an accident. */
    private static final long KEPT_HEIGHTS = 100;

    private static final Bytes HIGHEST = new Writer().u8('h').toBytes();
    private static final Bytes CLOSED = new Writer().u8('c').toBytes();

    private final Store store;
    private final String chainId;
    private final Signer signer;
    private final Map<String, Message> signed = new HashMap<>();
    private final List<Message> journal = new ArrayList<>();
    private Batch staged = new Batch();
    private long height;
    private long closed;

    /** A guard over the records in {@code store}. */
    public SigningGuard(Store store, String chainId, Signer signer) {
        this.store = store;
        this.chainId = chainId;
        this.signer = signer;
        this.height = stored(HIGHEST);
        this.closed = stored(CLOSED);
        load();
    }

    private long stored(Bytes key) {
        return store.get(Store.Space.SIGNING, key)
                .map(value -> new Reader(value, PoSError.SECURITY_VALIDATION_FAILED).u64("height"))
                .orElse(0L);
    }

    /** The key that it signs with. */
    public Signer signer() {
        return signer;
    }

    /** The first height at which it may sign, as far as its records say. */
    public long firstOpenHeight() {
        return Math.max(closed + 1, height);
    }

    /** Whether a message of this validator is in its records, or of a height that they say nothing about any more. */
    public boolean knows(Message message) {
        return message.height() < firstOpenHeight()
                || message.height() == height && isSame(message, signed.get(slot(message)));
    }

    private static boolean isSame(Message message, Message record) {
        return message instanceof Message.Offer offer && record instanceof Message.Offer recorded
                ? offer.proposal().equals(recorded.proposal())
                : message.equals(record);
    }

    private static String slot(Message message) {
        return (message instanceof Message.Ballot ballot ? ballot.vote().phase() : "PROPOSAL") + "/" + message.round();
    }

    /** The last height of which no records are here, and at which nothing is signed any more; 0 where there is none. */
    long closedHeight() {
        return Math.max(closed, signed.isEmpty() ? height : height - 1);
    }

    /** Signs nothing at {@code atHeight} or below any more. Durable when this returns. */
    void close(long atHeight) {
        flush();
        if (atHeight > closed) {
            store.commit(new Batch()
                    .put(Store.Space.SIGNING, CLOSED, new Writer().u64(atHeight).toBytes()));
            closed = atHeight;
        }
    }

    /** All that this validator signed and that is not pruned, by ascending height. Durable when this returns. */
    List<Message> ownMessages() {
        flush();
        List<Message> messages = new ArrayList<>();
        store.scan(Store.Space.SIGNING, new Writer().u8('r').toBytes(), (key, value) -> {
            Reader in = new Reader(value, PoSError.SECURITY_VALIDATION_FAILED);
            boolean own = in.bool("record.own");
            Message message = RecordCodec.message(in);
            if (own) {
                messages.add(message);
            }
            return true;
        });
        return messages;
    }

    /** This validator's votes to go back that are not pruned. */
    List<RollbackVote> rollbackVotes() {
        List<RollbackVote> votes = new ArrayList<>();
        store.scan(Store.Space.SIGNING, new Writer().u8('k').toBytes(), (key, value) -> {
            votes.add(RecordCodec.rollbackVote(value));
            return true;
        });
        return votes;
    }

    /**
     * What was signed and kept at {@code atHeight}, in that order: before a rollback of that height, or after it.
     */
    public List<Message> journal(long atHeight, boolean rolledBack) {
        return atHeight == height
                ? journal.stream()
                        .filter(message -> message.round() >= RollbackCertificate.FIRST_ROUND == rolledBack)
                        .toList()
                : List.of();
    }

    /**
     * Votes to go back at a height, and signs nothing of its rounds before a rollback from then on. The record is durable
     * when this returns.
     *
     * @throws PoSException SECURITY_VALIDATION_FAILED where something was signed that could make a block of the height
     *     final, or another vote to go back
     */
    public RollbackVote voteToRollBack(long atHeight, Hash from, Hash to, Address self) {
        Optional<RollbackVote> earlier = rollbackVote(atHeight);
        if (earlier.isPresent()) {
            if (earlier.get().from().equals(from) && earlier.get().to().equals(to)) {
                return earlier.get();
            }
            throw new PoSException(
                    PoSError.SECURITY_VALIDATION_FAILED,
                    "a second vote to roll back height " + atHeight
                            + " is refused: it contradicts the one for rule set "
                            + earlier.get().to().shortHex());
        }
        refuseClosed(atHeight);
        for (Message message : atHeight == height ? List.copyOf(signed.values()) : List.<Message>of()) {
            if (message instanceof Message.Ballot ballot
                    && ballot.vote().phase().decides()
                    && !ballot.vote().isNil()) {
                throw new PoSException(
                        PoSError.SECURITY_VALIDATION_FAILED,
                        "this validator signed a " + ballot.vote().phase() + " for block "
                                + ballot.vote().block().shortHex() + " of height " + atHeight
                                + ", which could make it final under the rule set that is to be left");
            }
        }
        RollbackVote vote = RollbackVote.of(chainId, atHeight, from, to, self, signer);
        Writer out = new Writer();
        vote.write(out);
        // with what was staged before it: on the disk, too, nothing of the first rounds comes after this vote
        staged.put(Store.Space.SIGNING, rollbackKey(atHeight), out.toBytes())
                .put(Store.Space.SIGNING, leftKey(atHeight), Bytes.EMPTY);
        flush();
        return vote;
    }

    /** This validator's vote to go back at {@code atHeight}, if it voted. */
    public Optional<RollbackVote> rollbackVote(long atHeight) {
        return store.get(Store.Space.SIGNING, rollbackKey(atHeight)).map(RecordCodec::rollbackVote);
    }

    /** The height was rolled back: nothing of its rounds before is signed any more. Durable when this returns. */
    public void leaveFirstRounds(long atHeight) {
        if (store.get(Store.Space.SIGNING, leftKey(atHeight)).isEmpty()) {
            store.commit(new Batch().put(Store.Space.SIGNING, leftKey(atHeight), Bytes.EMPTY));
        }
    }

    /** The blocks of {@code atHeight} that this validator signed something for. */
    public List<CandidateBlock> candidates(long atHeight) {
        List<CandidateBlock> blocks = new ArrayList<>();
        store.scan(Store.Space.SIGNING, new Writer().u8('b').u64(atHeight).toBytes(), (key, value) -> {
            blocks.add(CandidateBlock.decode(value));
            return true;
        });
        return blocks;
    }

    /**
     * Signs a vote and stages its record; the same vote again is the same message again.
     *
     * @param candidate the block voted for, to be kept with the record
     * @throws PoSException SECURITY_VALIDATION_FAILED where it contradicts what was signed before
     */
    public Message.Ballot vote(
            VotePhase phase, long atHeight, int round, Hash block, Address self, Optional<CandidateBlock> candidate) {
        String slot = phase + "/" + round;
        refuseLeft(atHeight, round);
        Optional<Message> earlier = earlier(slot, atHeight);
        if (earlier.isPresent()) {
            if (earlier.get() instanceof Message.Ballot ballot
                    && ballot.vote().block().equals(block)) {
                return ballot;
            }
            throw contradiction(phase.toString().toLowerCase(Locale.ROOT), atHeight, round, earlier.get());
        }
        Bytes signature = signer.sign(Vote.signBytes(chainId, phase, atHeight, round, block));
        Message.Ballot ballot = new Message.Ballot(new Vote(phase, atHeight, round, block, self, signature));
        stage(slot, ballot, candidate);
        return ballot;
    }

    /**
     * Signs the proposal of an offer of a block and stages its record; the same offer again is the same message again.
     *
     * @throws PoSException SECURITY_VALIDATION_FAILED where it contradicts what was signed before
     */
    public Message.Offer propose(Message.Offer offered, CandidateBlock block) {
        Proposal unsigned = offered.proposal();
        String slot = "PROPOSAL/" + unsigned.round();
        refuseLeft(unsigned.height(), unsigned.round());
        Optional<Message> earlier = earlier(slot, unsigned.height());
        if (earlier.isPresent()) {
            if (earlier.get() instanceof Message.Offer offer
                    && offer.proposal().block().equals(unsigned.block())
                    && offer.proposal().validRound().equals(unsigned.validRound())) {
                return offer;
            }
            throw contradiction("proposal", unsigned.height(), unsigned.round(), earlier.get());
        }
        Bytes signature = signer.sign(unsigned.signBytes(chainId));
        Message.Offer offer = new Message.Offer(
                new Proposal(
                        unsigned.height(),
                        unsigned.round(),
                        unsigned.validRound(),
                        unsigned.block(),
                        unsigned.proposer(),
                        signature),
                offered.proofOfLock(),
                offered.credential(),
                offered.rank());
        stage(slot, offer, Optional.of(block));
        return offer;
    }

    /** Stages others' messages that justify what is signed next; the journal hands them back in their place. */
    public void keep(long atHeight, List<Message> messages) {
        if (atHeight >= height) {
            begin(atHeight);
            messages.forEach(message -> record(message, false));
        }
    }

    /** Makes what was staged durable. Nothing that was signed may leave before it returns. */
    public void flush() {
        if (!staged.changes().isEmpty()) {
            store.commit(staged);
            staged = new Batch();
        }
    }

    /** Adds to {@code batch} the removal of what is not needed once {@code finalHeight} is final. */
    public void prune(Batch batch, long finalHeight) {
        remove(batch, 'b', finalHeight);
        remove(batch, 'r', finalHeight - KEPT_HEIGHTS);
        remove(batch, 'k', finalHeight - KEPT_HEIGHTS);
        remove(batch, 'l', finalHeight - KEPT_HEIGHTS);
    }

    private void remove(Batch batch, char kind, long upTo) {
        store.scan(Store.Space.SIGNING, new Writer().u8(kind).toBytes(), (key, value) -> {
            Reader in = new Reader(key, PoSError.SECURITY_VALIDATION_FAILED);
            in.u8("kind");
            boolean old = in.u64("height") <= upTo;
            if (old) {
                batch.remove(Store.Space.SIGNING, key);
            }
            return old;
        });
    }

    private void refuseLeft(long atHeight, int round) {
        if (round < RollbackCertificate.FIRST_ROUND
                && store.get(Store.Space.SIGNING, leftKey(atHeight)).isPresent()) {
            throw new PoSException(
                    PoSError.SECURITY_VALIDATION_FAILED,
                    "height " + atHeight + " round " + round
                            + " is not signed: this validator voted to roll the height back");
        }
    }

    private static Bytes rollbackKey(long atHeight) {
        return new Writer().u8('k').u64(atHeight).toBytes();
    }

    private static Bytes leftKey(long atHeight) {
        return new Writer().u8('l').u64(atHeight).toBytes();
    }

    private void refuseClosed(long atHeight) {
        if (atHeight <= closed) {
            throw PoSException.outOfRange(
                    PoSError.SECURITY_VALIDATION_FAILED,
                    "height to sign at",
                    atHeight,
                    closed + 1 + " or more: signing records that were imported reach up to " + closed);
        }
    }

    private Optional<Message> earlier(String slot, long atHeight) {
        refuseClosed(atHeight);
        if (atHeight < height) {
            throw PoSException.outOfRange(
                    PoSError.SECURITY_VALIDATION_FAILED,
                    "height to sign at",
                    atHeight,
                    height + " or more: that height was signed at before");
        }
        return atHeight == height ? Optional.ofNullable(signed.get(slot)) : Optional.empty();
    }

    private void begin(long atHeight) {
        if (atHeight > height) {
            height = atHeight;
            signed.clear();
            journal.clear();
        }
    }

    private void record(Message message, boolean own) {
        staged.put(
                Store.Space.SIGNING,
                new Writer().u8('r').u64(height).u32(journal.size()).toBytes(),
                RecordCodec.encode(message, own));
        journal.add(message);
    }

    private void stage(String slot, Message message, Optional<CandidateBlock> candidate) {
        begin(message.height());
        staged.put(Store.Space.SIGNING, HIGHEST, new Writer().u64(height).toBytes());
        record(message, true);
        candidate.ifPresent(block -> {
            Bytes key =
                    new Writer().u8('b').u64(height).fixed(block.hash().bytes()).toBytes();
            if (store.get(Store.Space.SIGNING, key).isEmpty()
                    && staged.changes().stream()
                            .noneMatch(change -> change.key().equals(key))) {
                staged.put(Store.Space.SIGNING, key, block.encoded());
            }
        });
        signed.put(slot, message);
    }

    private void load() {
        store.scan(Store.Space.SIGNING, new Writer().u8('r').u64(height).toBytes(), (key, value) -> {
            Reader in = new Reader(value, PoSError.SECURITY_VALIDATION_FAILED);
            boolean own = in.bool("record.own");
            Message message = RecordCodec.message(in);
            journal.add(message);
            if (own) {
                signed.put(slot(message), message);
            }
            return true;
        });
    }

    private static PoSException contradiction(String what, long height, int round, Message earlier) {
        return new PoSException(
                PoSError.SECURITY_VALIDATION_FAILED,
                "a second " + what + " at height " + height + " round " + round + " is refused: it contradicts "
                        + (earlier instanceof Message.Ballot ballot
                                ? ballot.vote().block().shortHex()
                                : ((Message.Offer) earlier).proposal().block().shortHex())
                        + ", which was signed before");
    }
}
