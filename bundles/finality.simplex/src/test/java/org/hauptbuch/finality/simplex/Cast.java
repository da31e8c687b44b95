package org.hauptbuch.finality.simplex;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.block.Proposal;
import org.hauptbuch.api.block.Vote;
import org.hauptbuch.api.block.VotePhase;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.finality.HeightContext;
import org.hauptbuch.api.finality.Message;
import org.hauptbuch.api.selection.Schedule;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.api.value.PublicKey;

/** The validators of a test, and what they say. Validator {@code round % size} proposes. */
final class Cast {
    static final String CHAIN = "test";
    static final long HEIGHT = 7;
    static final long BLOCK_TIME = 1_000;
    static final Hash NIL = Hash.ZERO;

    final ValidatorSet validators;
    final List<Address> addresses;
    final Schedule schedule;

    private Cast(long... powers) {
        validators = ValidatorSet.of(IntStream.range(0, powers.length)
                .mapToObj(i -> new ValidatorSet.Member(address(i), key(i), powers[i]))
                .toList());
        addresses = IntStream.range(0, powers.length).mapToObj(Cast::address).toList();
        schedule = (height, round) -> addresses.get(round % addresses.size());
    }

    static Cast equal(int size) {
        long[] powers = new long[size];
        Arrays.fill(powers, 10);
        return new Cast(powers);
    }

    static Cast weighted(long... powers) {
        return new Cast(powers);
    }

    static Hash block(String name) {
        return Hash.sha256(new byte[] {1}, name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    HeightContext context(Optional<Address> self, long startDelay, List<Message> journal) {
        return context(self, startDelay, 0, journal);
    }

    HeightContext context(Optional<Address> self, long startDelay, int firstRound, List<Message> journal) {
        return new HeightContext(
                CHAIN, HEIGHT, validators, schedule, self, BLOCK_TIME, startDelay, firstRound, journal);
    }

    Vote vote(int who, VotePhase phase, int round, Hash block) {
        Address voter = addresses.get(who);
        Bytes signed = Vote.signBytes(CHAIN, phase, HEIGHT, round, block);
        return new Vote(phase, HEIGHT, round, block, voter, sign(voter, signed));
    }

    Message.Ballot ballot(int who, VotePhase phase, int round, Hash block) {
        return new Message.Ballot(vote(who, phase, round, block));
    }

    Message.Offer offer(int round, Hash block) {
        return offer(round % addresses.size(), round, block, OptionalInt.empty(), Optional.empty());
    }

    Message.Offer offer(int round, Hash block, int validRound, Optional<Certificate> proof) {
        return offer(round % addresses.size(), round, block, OptionalInt.of(validRound), proof);
    }

    Message.Offer offer(int who, int round, Hash block, OptionalInt validRound, Optional<Certificate> proof) {
        Address proposer = addresses.get(who);
        Bytes signed = Proposal.signBytes(CHAIN, HEIGHT, round, validRound, block);
        return new Message.Offer(
                new Proposal(HEIGHT, round, validRound, block, proposer, sign(proposer, signed)), proof);
    }

    Certificate certificate(VotePhase phase, int round, Hash block, int... voters) {
        List<Vote> votes = new ArrayList<>();
        for (int voter : voters) {
            votes.add(vote(voter, phase, round, block));
        }
        return Certificate.of(votes);
    }

    static Bytes sign(Address who, Bytes message) {
        Bytes half = Hash.sha256(who.bytes().toArray(), message.toArray()).bytes();
        return new Writer().fixed(half).fixed(half).toBytes();
    }

    private static Address address(int i) {
        byte[] bytes = new byte[Address.LENGTH];
        bytes[0] = (byte) i;
        return new Address(Bytes.of(bytes));
    }

    private static PublicKey key(int i) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) i;
        return new PublicKey(KeyType.ED25519, Bytes.of(bytes));
    }
}
