package org.hauptbuch.node.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hauptbuch.api.block.Block;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.block.Proposal;
import org.hauptbuch.api.block.RollbackVote;
import org.hauptbuch.api.block.Vote;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.codec.Reader;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;

/**
 * What nodes say to each other: a kind byte, then the fields. Blocks and transactions stay encoded, so that whoever
 * reads them does it off the loop. The kind bytes are part of the protocol: append only.
 */
public sealed interface WireMessage {
    /** The most votes in one message. */
    int MAX_VOTES = 512;
    /** The most transactions in one message. */
    int MAX_TRANSACTIONS = 1_000;
    /** The most blocks in one message. */
    int MAX_BLOCKS = 64;
    /** The most bytes of a jar in one message. */
    int MAX_JAR_PART = 1 << 18;
    /** The most pieces of evidence in one message. */
    int MAX_EVIDENCE = 16;
    /** What a message may need beyond the blocks or transactions that it carries: 512 votes are 1.8 MB. */
    int OVERHEAD = 2 << 20;

    /**
     * The most bytes of a message: a block, and a certificate beside it, which is no longer than a block as the next one
     * carries it.
     *
     * @param maxBlockBytes of the chain
     */
    static int maxBytes(int maxBlockBytes) {
        return 2 * maxBlockBytes + OVERHEAD;
    }

    /**
     * An offer of a block.
     *
     * @param proposal the signed offer
     * @param proofOfLock the quorum of its valid round, where it has one
     * @param credential under a private schedule the proposer's proof for the round, {@link
     *     SignatureScheme#PROOF_LENGTH} bytes; else empty
     * @param block the encoded block; empty where the receiver may have it: it asks otherwise
     */
    record Offer(Proposal proposal, Optional<Certificate> proofOfLock, Bytes credential, Optional<Bytes> block)
            implements WireMessage {}

    /**
     * Votes, of any validators.
     *
     * @param votes 1 to {@link #MAX_VOTES}
     */
    record Votes(List<Vote> votes) implements WireMessage {
        /** As many messages as {@code votes} need. */
        public static List<Votes> split(List<Vote> votes) {
            List<Votes> messages = new ArrayList<>();
            for (int from = 0; from < votes.size(); from += MAX_VOTES) {
                messages.add(new Votes(List.copyOf(votes.subList(from, Math.min(votes.size(), from + MAX_VOTES)))));
            }
            return messages;
        }
    }

    /**
     * Transactions for the pool.
     *
     * @param transactions encoded, 1 to {@link #MAX_TRANSACTIONS}
     */
    record Transactions(List<Bytes> transactions) implements WireMessage {}

    /**
     * Where the sender stands.
     *
     * @param finalizedHeight its last final block
     * @param finalizedHash that block's hash
     * @param round its round at the height after it
     * @param timeMillis its clock, milliseconds since 1970
     */
    record Status(long finalizedHeight, Hash finalizedHash, int round, long timeMillis) implements WireMessage {}

    /**
     * Asks for final blocks.
     *
     * @param from the first height wanted, 1 or more
     * @param count how many, 1 to {@link #MAX_BLOCKS}
     */
    record GetBlocks(long from, int count) implements WireMessage {}

    /**
     * Final blocks of ascending height, as many as fit.
     *
     * @param from the height asked for
     * @param blocks encoded blocks with their certificates; none where the sender has none
     */
    record Blocks(long from, List<Certified> blocks) implements WireMessage {}

    /**
     * A block with what made it final.
     *
     * @param block encoded
     * @param certificate of it
     */
    record Certified(Bytes block, Certificate certificate) {}

    /**
     * Asks for a block that is being decided or was.
     *
     * @param height its height
     * @param hash its hash
     */
    record GetCandidate(long height, Hash hash) implements WireMessage {}

    /**
     * The answer to {@link GetCandidate}; nobody answers who does not have it.
     *
     * @param height its height
     * @param block encoded
     */
    record Candidate(long height, Bytes block) implements WireMessage {}

    /**
     * Evidence of offences.
     *
     * @param evidence 1 to {@link #MAX_EVIDENCE}
     */
    record Accusations(List<Evidence> evidence) implements WireMessage {}

    /**
     * Votes to go back to the fallback at a height.
     *
     * @param votes 1 to {@link #MAX_VOTES}
     */
    record Rollbacks(List<RollbackVote> votes) implements WireMessage {}

    /**
     * Asks for a part of a rule jar.
     *
     * @param digest the SHA-256 of the jar
     * @param offset the first byte wanted
     */
    record GetJar(Hash digest, int offset) implements WireMessage {}

    /**
     * A part of a rule jar.
     *
     * @param digest the SHA-256 that was asked for
     * @param total the bytes of the whole jar; 0 where the sender has not got it
     * @param offset the offset asked for
     * @param bytes at most {@link #MAX_JAR_PART}
     */
    record JarPart(Hash digest, int total, int offset, Bytes bytes) implements WireMessage {}

    /**
     * What makes a node begin at a checkpoint.
     *
     * @param message which of these messages
     */
    record Snapshots(SnapshotMessage message) implements WireMessage {}

    /** The encoding. */
    default Bytes encode() {
        if (this instanceof Offer m) {
            Writer out = new Writer(512 + m.block.map(Bytes::length).orElse(0)).u8(1);
            m.proposal.write(out);
            return out.optional(m.proofOfLock, (w, c) -> c.write(w))
                    .bytes(m.credential)
                    .optional(m.block, Writer::bytes)
                    .toBytes();
        } else if (this instanceof Votes m) {
            return new Writer(16 + m.votes.size() * 160)
                    .u8(2)
                    .list(m.votes, (w, v) -> v.write(w))
                    .toBytes();
        } else if (this instanceof Transactions m) {
            int size = m.transactions.stream().mapToInt(t -> t.length() + 4).sum();
            return new Writer(16 + size)
                    .u8(3)
                    .list(m.transactions, Writer::bytes)
                    .toBytes();
        } else if (this instanceof Status m) {
            return new Writer()
                    .u8(4)
                    .u64(m.finalizedHeight)
                    .fixed(m.finalizedHash.bytes())
                    .u32(m.round)
                    .u64(m.timeMillis)
                    .toBytes();
        } else if (this instanceof GetBlocks m) {
            return new Writer().u8(5).u64(m.from).u32(m.count).toBytes();
        } else if (this instanceof Blocks m) {
            int size = m.blocks.stream().mapToInt(b -> b.block.length() + 1024).sum();
            return new Writer(32 + size)
                    .u8(6)
                    .u64(m.from)
                    .list(m.blocks, (w, b) -> b.certificate.write(w.bytes(b.block)))
                    .toBytes();
        } else if (this instanceof GetCandidate m) {
            return new Writer().u8(7).u64(m.height).fixed(m.hash.bytes()).toBytes();
        } else if (this instanceof Candidate m) {
            return new Writer(16 + m.block.length())
                    .u8(8)
                    .u64(m.height)
                    .bytes(m.block)
                    .toBytes();
        } else if (this instanceof Accusations m) {
            return new Writer().u8(9).list(m.evidence, (w, e) -> e.write(w)).toBytes();
        }
        return encodeRuleChange();
    }

    private Bytes encodeRuleChange() {
        if (this instanceof Rollbacks m) {
            return new Writer().u8(10).list(m.votes, (w, v) -> v.write(w)).toBytes();
        } else if (this instanceof GetJar m) {
            return new Writer().u8(11).fixed(m.digest.bytes()).u32(m.offset).toBytes();
        } else if (this instanceof JarPart m) {
            return new Writer(64 + m.bytes.length())
                    .u8(12)
                    .fixed(m.digest.bytes())
                    .u32(m.total)
                    .u32(m.offset)
                    .bytes(m.bytes)
                    .toBytes();
        }
        if (this instanceof Snapshots m) {
            Writer out = new Writer(512).u8(13);
            m.message.write(out);
            return out.toBytes();
        }
        throw new IllegalStateException("a message without a kind: " + getClass());
    }

    private static Bytes credential(Reader in) {
        Bytes credential = in.bytes("offer.credential", SignatureScheme.PROOF_LENGTH);
        if (credential.length() != 0 && credential.length() != SignatureScheme.PROOF_LENGTH) {
            throw in.refuse(
                    "offer.credential",
                    credential.length() + " bytes",
                    "0 or " + SignatureScheme.PROOF_LENGTH + " bytes");
        }
        return credential;
    }

    /** Reads {@link #encode()}. @throws PoSException INVALID_BLOCK, naming field, value and range */
    static WireMessage decode(Bytes encoded) {
        Reader in = new Reader(encoded, PoSError.INVALID_BLOCK);
        int kind = in.u8("message.kind");
        WireMessage message =
                switch (kind) {
                    case 1 -> new Offer(
                            Proposal.read(in),
                            in.optional("proofOfLock", Certificate::read),
                            credential(in),
                            in.optional("block", r -> r.bytes("block", Block.MAX_BYTES)));
                    case 2 -> new Votes(some(in, "votes", in.list("votes", MAX_VOTES, Vote::read)));
                    case 3 -> new Transactions(some(
                            in,
                            "transactions",
                            in.list(
                                    "transactions",
                                    MAX_TRANSACTIONS,
                                    r -> r.bytes("transaction", Transaction.MAX_BYTES))));
                    case 4 -> new Status(
                            in.u64("status.finalizedHeight"),
                            in.hash("status.finalizedHash"),
                            in.u32("status.round"),
                            in.u64("status.timeMillis"));
                    case 5 -> new GetBlocks(
                            positive(in, "from", in.u64("from")), (int) positive(in, "count", in.u32("count")));
                    case 6 -> new Blocks(
                            in.u64("from"),
                            in.list(
                                    "blocks",
                                    MAX_BLOCKS,
                                    r -> new Certified(r.bytes("block", Block.MAX_BYTES), Certificate.read(r))));
                    case 7 -> new GetCandidate(in.u64("height"), in.hash("hash"));
                    case 8 -> new Candidate(in.u64("height"), in.bytes("block", Block.MAX_BYTES));
                    case 9 -> new Accusations(some(in, "evidence", in.list("evidence", MAX_EVIDENCE, Evidence::read)));
                    case 10 -> new Rollbacks(some(in, "votes", in.list("votes", MAX_VOTES, RollbackVote::read)));
                    case 11 -> new GetJar(in.hash("digest"), in.u32("offset"));
                    case 12 -> new JarPart(
                            in.hash("digest"), in.u32("total"), in.u32("offset"), in.bytes("bytes", MAX_JAR_PART));
                    case 13 -> new Snapshots(SnapshotMessage.read(in));
                    default -> throw in.refuse("message.kind", kind, "1 to 13");
                };
        in.end();
        return message;
    }

    private static <T> List<T> some(Reader in, String field, List<T> values) {
        if (values.isEmpty()) {
            throw in.refuse(field, "empty", "1 element or more");
        }
        return values;
    }

    private static long positive(Reader in, String field, long value) {
        if (value < 1) {
            throw in.refuse(field, value, "1 or more");
        }
        return value;
    }
}
