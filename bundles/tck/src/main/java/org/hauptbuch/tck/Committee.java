package org.hauptbuch.tck;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.block.Proposal;
import org.hauptbuch.api.block.Vote;
import org.hauptbuch.api.block.VotePhase;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.finality.HeightContext;
import org.hauptbuch.api.finality.Message;
import org.hauptbuch.api.selection.PrivateSchedule;
import org.hauptbuch.api.selection.PublicSchedule;
import org.hauptbuch.api.selection.Schedule;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.api.value.PublicKey;

/**
 * The validators of one height of a test, and what they say. Number {@code round % size} proposes, or whoever has drawn
 * it. Their signatures and draws are digests, which are quick, and protect nobody: for tests only.
 */
public final class Committee {
    /** The chain that they sign for. */
    public static final String CHAIN = "test";
    /** The height that they decide. */
    public static final long HEIGHT = 7;
    /** The block time of their chain, milliseconds. */
    public static final long BLOCK_TIME = 1_000;
    /** A vote for no block. */
    public static final Hash NIL = Hash.ZERO;

    private final ValidatorSet validators;
    private final List<Address> addresses;
    private final Schedule schedule;

    private Committee(Committee other, PrivateSchedule schedule) {
        this.validators = other.validators;
        this.addresses = other.addresses;
        this.schedule = schedule;
    }

    private Committee(long... powers) {
        validators = ValidatorSet.of(IntStream.range(0, powers.length)
                .mapToObj(i -> new ValidatorSet.Member(addressOf(i), key(i), powers[i]))
                .toList());
        addresses =
                IntStream.range(0, powers.length).mapToObj(Committee::addressOf).toList();
        schedule = (PublicSchedule) (height, round) -> addresses.get(round % addresses.size());
    }

    /** The same validators, where each draws in private whether it proposes: three of four do, on average. */
    public Committee drawing() {
        return new Committee(this, (height, round, who, output) -> drawn(who, round));
    }

    /** With what rank number {@code who} may propose in {@code round}; empty where it may not. */
    public OptionalLong rank(int who, int round) {
        return schedule.rank(HEIGHT, round, addresses.get(who), Bytes.EMPTY);
    }

    /** Who goes first of those that may propose in {@code round}, if anybody may. */
    public OptionalInt first(int round) {
        OptionalInt first = OptionalInt.empty();
        long least = Long.MAX_VALUE;
        for (int who = 0; who < size(); who++) {
            OptionalLong rank = rank(who, round);
            if (rank.isPresent() && rank.getAsLong() < least) {
                least = rank.getAsLong();
                first = OptionalInt.of(who);
            }
        }
        return first;
    }

    private static OptionalLong drawn(Address who, int round) {
        byte[] digest = Hash.sha256(new Writer().fixed(who.bytes()).u32(round).toArray())
                .toArray();
        long draw = ByteBuffer.wrap(digest).getLong() & PrivateSchedule.MAX_RANK - 1;
        return (digest[Long.BYTES] & 3) == 3 ? OptionalLong.empty() : OptionalLong.of(draw);
    }

    /** So many of equal power. */
    public static Committee equal(int size) {
        long[] powers = new long[size];
        Arrays.fill(powers, 10);
        return new Committee(powers);
    }

    /** One of each power, in the order of their addresses. */
    public static Committee weighted(long... powers) {
        return new Committee(powers);
    }

    /** The hash of the block with this name. */
    public static Hash block(String name) {
        return Hash.sha256(new byte[] {1}, name.getBytes(StandardCharsets.UTF_8));
    }

    /** What a machine of {@code self}, or of a node that only follows, begins the height with. */
    public HeightContext context(Optional<Address> self, long startDelay, List<Message> journal) {
        return context(self, startDelay, 0, journal);
    }

    /** The same, of a height that begins in {@code firstRound}. */
    public HeightContext context(Optional<Address> self, long startDelay, int firstRound, List<Message> journal) {
        return new HeightContext(
                CHAIN,
                HEIGHT,
                validators,
                schedule,
                self,
                BLOCK_TIME,
                startDelay,
                firstRound,
                journal,
                round -> self.map(who -> rank(indexOf(who), round)).orElse(OptionalLong.empty()));
    }

    /** The vote of number {@code who}. */
    public Vote vote(int who, VotePhase phase, int round, Hash block) {
        Address voter = addresses.get(who);
        Bytes signed = Vote.signBytes(CHAIN, phase, HEIGHT, round, block);
        return new Vote(phase, HEIGHT, round, block, voter, sign(voter, signed));
    }

    /** The same as a message. */
    public Message.Ballot ballot(int who, VotePhase phase, int round, Hash block) {
        return new Message.Ballot(vote(who, phase, round, block));
    }

    /** The offer of a new block by whose turn it is. */
    public Message.Offer offer(int round, Hash block) {
        return offer(round % addresses.size(), round, block, OptionalInt.empty(), Optional.empty());
    }

    /** The offer of a block that a quorum accepted in {@code validRound}, by whose turn it is. */
    public Message.Offer offer(int round, Hash block, int validRound, Optional<Certificate> proof) {
        return offer(round % addresses.size(), round, block, OptionalInt.of(validRound), proof);
    }

    /** The offer of number {@code who}, whether it is its turn or not. */
    public Message.Offer offer(int who, int round, Hash block, OptionalInt validRound, Optional<Certificate> proof) {
        Address proposer = addresses.get(who);
        Bytes signed = Proposal.signBytes(CHAIN, HEIGHT, round, validRound, block);
        Proposal proposal = new Proposal(HEIGHT, round, validRound, block, proposer, sign(proposer, signed));
        return schedule instanceof PublicSchedule
                ? new Message.Offer(proposal, proof)
                : new Message.Offer(
                        proposal,
                        proof,
                        Bytes.of(new byte[SignatureScheme.PROOF_LENGTH]),
                        rank(who, round).orElse(PrivateSchedule.MAX_RANK));
    }

    /** The votes of these voters for one thing. */
    public Certificate certificate(VotePhase phase, int round, Hash block, int... voters) {
        List<Vote> votes = new ArrayList<>();
        for (int voter : voters) {
            votes.add(vote(voter, phase, round, block));
        }
        return Certificate.of(votes);
    }

    /** Verifies these validators' signatures, and makes none. */
    public SignatureScheme scheme() {
        return new Digests(validators);
    }

    /** Who votes. */
    public ValidatorSet validators() {
        return validators;
    }

    /** Number {@code who}. */
    public Address address(int who) {
        return addresses.get(who);
    }

    /** How many there are. */
    public int size() {
        return addresses.size();
    }

    /** The number of the validator with this address; -1 where there is none. */
    public int indexOf(Address address) {
        return addresses.indexOf(address);
    }

    private static Bytes sign(Address who, Bytes message) {
        Bytes half = Hash.sha256(who.bytes().toArray(), message.toArray()).bytes();
        return new Writer().fixed(half).fixed(half).toBytes();
    }

    private static Address addressOf(int i) {
        byte[] bytes = new byte[Address.LENGTH];
        bytes[0] = (byte) i;
        return new Address(Bytes.of(bytes));
    }

    private static PublicKey key(int i) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) i;
        return new PublicKey(KeyType.ED25519, Bytes.of(bytes));
    }

    private record Digests(ValidatorSet validators) implements SignatureScheme {
        @Override
        public boolean verify(PublicKey key, Bytes message, Bytes signature) {
            return validators.members().stream()
                    .filter(member -> member.key().equals(key))
                    .anyMatch(member -> sign(member.address(), message).equals(signature));
        }

        @Override
        public Optional<Bytes> proofOutput(PublicKey key, Bytes alpha, Bytes proof) {
            return Optional.empty();
        }

        @Override
        public Signer signer(KeyType type, Bytes secret) {
            throw new UnsupportedOperationException("a committee signs what it is asked to, see vote and offer");
        }

        @Override
        public Bytes newSecret(KeyType type) {
            throw new UnsupportedOperationException("tests use fixed secrets");
        }
    }
}
