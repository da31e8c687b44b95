package org.hauptbuch.finality.tendermint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.block.Vote;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Hash;

/** The votes of one phase of one round, one of each validator, counted by voting power. */
final class Ballots {
    private final ValidatorSet validators;
    private final SortedMap<Address, Vote> votes = new TreeMap<>();
    private final SortedMap<Hash, Long> powers = new TreeMap<>();
    private long power;

    Ballots(ValidatorSet validators) {
        this.validators = validators;
    }

    /** Counts a vote of a member that has none here yet. */
    void add(Vote vote) {
        long weight = validators.power(vote.validator());
        votes.put(vote.validator(), vote);
        powers.merge(vote.block(), weight, Long::sum);
        power += weight;
    }

    void remove(Address validator) {
        Vote vote = votes.remove(validator);
        if (vote != null) {
            long weight = validators.power(validator);
            powers.merge(vote.block(), -weight, Long::sum);
            powers.remove(vote.block(), 0L);
            power -= weight;
        }
    }

    Optional<Vote> of(Address validator) {
        return Optional.ofNullable(votes.get(validator));
    }

    /** All of them, by ascending address of the voter. */
    List<Vote> all() {
        return new ArrayList<>(votes.values());
    }

    boolean isEmpty() {
        return votes.isEmpty();
    }

    /** Whether a quorum voted, for whatever. */
    boolean isQuorum() {
        return validators.isQuorum(power);
    }

    /** What a quorum voted for, if it agreed; {@link Hash#ZERO} is none. */
    Optional<Hash> agreed() {
        if (!isQuorum()) {
            return Optional.empty();
        }
        return powers.keySet().stream()
                .filter(block -> validators.isQuorum(powers.get(block)))
                .findFirst();
    }

    /** The votes for {@code block}, by ascending address of the voter. */
    List<Vote> of(Hash block) {
        return votes.values().stream()
                .filter(vote -> vote.block().equals(block))
                .toList();
    }

    /** The votes for {@code block} as a certificate. Only of what was {@link #agreed()}. */
    Certificate certificate(Hash block) {
        return Certificate.of(of(block));
    }
}
