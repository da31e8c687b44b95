package org.hauptbuch.finality.tendermint;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.block.Proposal;
import org.hauptbuch.api.block.RollbackCertificate;
import org.hauptbuch.api.block.Vote;
import org.hauptbuch.api.block.VotePhase;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.finality.Equivocation;
import org.hauptbuch.api.finality.HeightContext;
import org.hauptbuch.api.finality.Message;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Amounts;
import org.hauptbuch.api.value.Hash;

/**
 * What was said at a height. Of two messages that contradict each other the first one counts and both are evidence.
 * Memory is bounded: rounds up to the current one are kept whole, and honest validators reach them only as fast as
 * timeouts run out; of the rounds after it only the last few in which a validator spoke are kept, so that whoever
 * speaks of a million rounds makes room by losing its own words.
 */
final class HeightLog {
    /** Rounds after the current one in which the words of one validator are kept. */
    static final int ROUNDS_AHEAD = 4;

    /** Offers of rounds further ahead are not looked at: finding out who may propose there can be costly. */
    static final int OFFERS_AHEAD = 64;

    private final HeightContext context;
    private final ValidatorSet validators;
    private final Consumer<Evidence> accuse;
    private final NavigableMap<Integer, RoundLog> rounds = new TreeMap<>();
    private final SortedMap<Address, NavigableSet<Integer>> ahead = new TreeMap<>();
    private final SortedSet<Address> doubleVoters = new TreeSet<>();
    private final SortedSet<Address> doubleProposers = new TreeSet<>();
    private int current;

    /** @param accuse is told of evidence, at most once for each validator and kind: one offence is enough */
    HeightLog(HeightContext context, Consumer<Evidence> accuse) {
        this.context = context;
        this.validators = context.validators();
        this.accuse = accuse;
    }

    /** Begins a round: rounds up to it are no longer ahead. */
    void advance(int round) {
        current = round;
        ahead.values().forEach(spoken -> spoken.headSet(round, true).clear());
    }

    /** The log of a round, made where there is none. */
    RoundLog round(int round) {
        return rounds.computeIfAbsent(round, r -> new RoundLog(r, validators));
    }

    /** The log of a round, if anybody spoke in it. */
    Optional<RoundLog> find(int round) {
        return Optional.ofNullable(rounds.get(round));
    }

    /** All rounds in which somebody spoke, ascending. */
    Collection<RoundLog> rounds() {
        return rounds.values();
    }

    /** Takes a vote; one of a stranger, or too far ahead, is dropped. */
    void add(Vote vote) {
        Optional<RoundLog> log = admit(vote.validator(), vote.round());
        if (log.isEmpty()) {
            return;
        }
        Ballots ballots = log.get().votes(vote.phase());
        Optional<Vote> first = ballots.of(vote.validator());
        if (first.isEmpty()) {
            ballots.add(vote);
        } else if (!first.get().block().equals(vote.block()) && doubleVoters.add(vote.validator())) {
            accuse.accept(Equivocation.of(first.get(), vote));
        }
    }

    /**
     * Takes an offer of whoever may propose in its round. A proof of lock that proves nothing is taken off and the
     * offer kept: the proposer did not sign the proof, so a bad one may be another's work.
     */
    void add(Message.Offer offer) {
        Proposal proposal = offer.proposal();
        if (proposal.block().isZero() || proposal.round() - (long) current > OFFERS_AHEAD || !context.admits(offer)) {
            return;
        }
        Optional<RoundLog> log = admit(proposal.proposer(), proposal.round());
        if (log.isEmpty()) {
            return;
        }
        Message.Offer checked = offer.withProof(offer.proofOfLock().filter(c -> proves(c, proposal)));
        Optional<Message.Offer> first = log.get().offerOf(proposal.proposer());
        if (first.isEmpty()) {
            log.get().offer(checked);
        } else if (!sameWords(first.get().proposal(), proposal)) {
            if (doubleProposers.add(proposal.proposer())) {
                accuse.accept(Equivocation.of(first.get().proposal(), proposal));
            }
        } else if (first.get().proofOfLock().isEmpty()) {
            log.get().offer(checked);
        }
        // the voters of a proof said what it says, as if each had told us
        checked.proofOfLock().ifPresent(proof -> proof.signatures()
                .forEach(s -> add(new Vote(
                        proof.phase(), proof.height(), proof.round(), proof.block(), s.validator(), s.signature()))));
    }

    /**
     * Whether a quorum accepted the offered block in the offer's valid round: as seen here, or by its proof. The proof
     * is asked as a whole: of somebody that voted twice, we may have seen the other vote first.
     */
    boolean isProven(Message.Offer offer) {
        OptionalInt validRound = offer.proposal().validRound();
        return offer.proofOfLock().isPresent()
                || validRound.isPresent()
                        && find(validRound.getAsInt())
                                .flatMap(log -> log.prevotes.agreed())
                                .filter(offer.proposal().block()::equals)
                                .isPresent();
    }

    /** The proof that a quorum prevoted for {@code block} in {@code round}, if it was seen here. */
    Optional<Certificate> proof(int round, Hash block) {
        return find(round)
                .map(log -> log.prevotes)
                .filter(prevotes -> prevotes.agreed().filter(block::equals).isPresent())
                .map(prevotes -> prevotes.certificate(block));
    }

    /**
     * The highest round after the current one that validators with more than a third of the power have reached: one of
     * them is honest. Rounds after a rollback are other machines', of another rule set: a machine that began before them
     * does not go there.
     */
    OptionalInt reachedByMany() {
        NavigableMap<Integer, Long> powers = new TreeMap<>();
        int end = context.firstRound() > 0 ? Integer.MAX_VALUE : RollbackCertificate.FIRST_ROUND;
        ahead.forEach((validator, spoken) -> {
            if (!spoken.isEmpty() && spoken.last() < end) {
                powers.merge(spoken.last(), validators.power(validator), Long::sum);
            }
        });
        long power = 0;
        for (Map.Entry<Integer, Long> entry : powers.descendingMap().entrySet()) {
            power += entry.getValue();
            if (Amounts.moreThanOneThird(power, validators.totalPower())) {
                return OptionalInt.of(entry.getKey());
            }
        }
        return OptionalInt.empty();
    }

    /**
     * What a peer that lags behind needs: all of the last two rounds, by which it comes to the current one, and what
     * was said for blocks in earlier rounds, by which it understands locks that were taken there.
     */
    List<Message> known() {
        List<Message> messages = new ArrayList<>();
        for (RoundLog log : rounds.values()) {
            boolean recent = log.round >= current - 1;
            Optional<Hash> agreed = log.prevotes.agreed();
            log.offers().stream()
                    .filter(offer -> recent
                            || !context.isPrivate()
                            || agreed.equals(Optional.of(offer.proposal().block())))
                    .forEach(messages::add);
            for (VotePhase phase : RoundLog.PHASES) {
                for (Vote vote : log.votes(phase).all()) {
                    if (recent || !vote.isNil()) {
                        messages.add(new Message.Ballot(vote));
                    }
                }
            }
        }
        return messages;
    }

    private Optional<RoundLog> admit(Address validator, int round) {
        if (!validators.contains(validator)) {
            return Optional.empty();
        }
        if (round > current) {
            NavigableSet<Integer> spoken = ahead.computeIfAbsent(validator, v -> new TreeSet<>());
            if (!spoken.contains(round)) {
                if (spoken.size() == ROUNDS_AHEAD && round < spoken.first()) {
                    return Optional.empty();
                }
                spoken.add(round);
                if (spoken.size() > ROUNDS_AHEAD) {
                    forget(validator, spoken.pollFirst());
                }
            }
        }
        return Optional.of(round(round));
    }

    private void forget(Address validator, int round) {
        rounds.computeIfPresent(round, (r, log) -> log.forget(validator) ? null : log);
    }

    private boolean proves(Certificate proof, Proposal proposal) {
        if (proof.phase() != VotePhase.PREVOTE
                || proof.height() != proposal.height()
                || !proposal.validRound().equals(OptionalInt.of(proof.round()))
                || !proof.block().equals(proposal.block())) {
            return false;
        }
        long power = 0;
        Address last = null;
        for (Certificate.VoterSignature voter : proof.signatures()) {
            if (!validators.contains(voter.validator()) || last != null && last.compareTo(voter.validator()) >= 0) {
                return false;
            }
            last = voter.validator();
            power += validators.power(last);
        }
        return validators.isQuorum(power);
    }

    private static boolean sameWords(Proposal a, Proposal b) {
        return a.block().equals(b.block()) && a.validRound().equals(b.validRound());
    }
}
