package org.hauptbuch.finality.simplex;

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

/**
 * The votes of one phase of one round, by what they are for. Who contradicts itself is counted for each thing that it
 * voted for, as certificates count it: otherwise it could show a quorum to some that others can never see.
 */
final class Ballots {
    /** For so many things the votes of one validator are kept; an honest one votes for one. */
    static final int MOST_OF_ONE = 4;

    private final ValidatorSet validators;
    private final SortedMap<Hash, Tally> tallies = new TreeMap<>();

    private static final class Tally {
        private final SortedMap<Address, Vote> votes = new TreeMap<>();
        private long power;
    }

    Ballots(ValidatorSet validators) {
        this.validators = validators;
    }

    /** Counts a vote of a member; returns another that it contradicts. */
    Optional<Vote> add(Vote vote) {
        Tally tally = tallies.get(vote.block());
        if (tally != null && tally.votes.containsKey(vote.validator())) {
            return Optional.empty();
        }
        List<Vote> others = of(vote.validator());
        if (others.size() < MOST_OF_ONE || vote.isNil() || forgetOneOf(others)) {
            Tally counted = tallies.computeIfAbsent(vote.block(), unused -> new Tally());
            counted.votes.put(vote.validator(), vote);
            counted.power += validators.power(vote.validator());
        }
        return others.stream().findFirst();
    }

    /** Makes room by a vote of a liar that nobody else agrees with. */
    private boolean forgetOneOf(List<Vote> votes) {
        Optional<Vote> alone = votes.stream()
                .filter(vote -> !vote.isNil() && tallies.get(vote.block()).votes.size() == 1)
                .findFirst();
        alone.ifPresent(this::remove);
        return alone.isPresent();
    }

    /** Forgets what {@code validator} voted for. */
    void remove(Address validator) {
        of(validator).forEach(this::remove);
    }

    private void remove(Vote vote) {
        Tally tally = tallies.get(vote.block());
        tally.votes.remove(vote.validator());
        tally.power -= validators.power(vote.validator());
        if (tally.votes.isEmpty()) {
            tallies.remove(vote.block());
        }
    }

    private List<Vote> of(Address validator) {
        return tallies.values().stream()
                .filter(tally -> tally.votes.containsKey(validator))
                .map(tally -> tally.votes.get(validator))
                .toList();
    }

    /** The votes for {@code block}, by ascending address of the voter. */
    List<Vote> of(Hash block) {
        Tally tally = tallies.get(block);
        return tally == null ? List.of() : new ArrayList<>(tally.votes.values());
    }

    /** All of them, by what they are for. */
    List<Vote> all() {
        return tallies.values().stream()
                .flatMap(tally -> tally.votes.values().stream())
                .toList();
    }

    boolean isEmpty() {
        return tallies.isEmpty();
    }

    /** Whether a quorum voted for {@code block}. */
    boolean isQuorum(Hash block) {
        Tally tally = tallies.get(block);
        return tally != null && validators.isQuorum(tally.power);
    }

    /** The block, not none, that a quorum voted for. */
    Optional<Hash> agreed() {
        return tallies.keySet().stream()
                .filter(block -> !block.isZero() && isQuorum(block))
                .findFirst();
    }

    /** The votes for {@code block} as a certificate. Only of what a quorum voted for. */
    Certificate certificate(Hash block) {
        return Certificate.of(of(block));
    }
}
