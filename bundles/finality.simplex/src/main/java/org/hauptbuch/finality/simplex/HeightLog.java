package org.hauptbuch.finality.simplex;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.block.Proposal;
import org.hauptbuch.api.block.Vote;
import org.hauptbuch.api.block.VotePhase;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.finality.Equivocation;
import org.hauptbuch.api.finality.HeightContext;
import org.hauptbuch.api.finality.Message;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Hash;

/**
 * What was said at a height. Memory is bounded: rounds up to the current one are kept whole, and a quorum is needed to
 * reach them; of the rounds after it only the last few in which a validator spoke are kept, so that whoever speaks of a
 * million rounds makes room by losing its own words.
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
        admit(vote.validator(), vote.round())
                .flatMap(log -> log.votes(vote.phase()).add(vote))
                .filter(other -> doubleVoters.add(vote.validator()))
                .ifPresent(other -> accuse.accept(Equivocation.of(other, vote)));
    }

    /**
     * Takes an offer of whoever may propose in its round; of two that contradict each other the first one counts and
     * both are evidence. A proof that proves nothing is taken off and the offer kept: the proposer did not sign the
     * proof, so a bad one may be another's work.
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

    /** The block that is notarized in {@code round}. */
    Optional<Hash> notarized(int round) {
        return find(round).flatMap(RoundLog::notarized);
    }

    /** Whether the dummy block is notarized in {@code round}. */
    boolean isDummy(int round) {
        return find(round).filter(RoundLog::isDummy).isPresent();
    }

    /** The highest round in which a block is notarized. */
    OptionalInt lastNotarized() {
        return last(log -> log.notarized().isPresent());
    }

    /** The highest round in which the dummy block is notarized. */
    OptionalInt lastDummy() {
        return last(RoundLog::isDummy);
    }

    private OptionalInt last(Predicate<RoundLog> what) {
        return rounds.descendingMap().values().stream()
                .filter(what)
                .mapToInt(log -> log.round)
                .findFirst();
    }

    /**
     * Whether the offer extends a notarized chain: its block is notarized in its valid round and the dummy in every
     * round since; or the dummy in every round before, where it has none.
     */
    boolean isJustified(Message.Offer offer) {
        OptionalInt validRound = offer.proposal().validRound();
        boolean parent = validRound.isEmpty()
                || offer.proofOfLock().isPresent()
                || notarized(validRound.getAsInt())
                        .filter(offer.proposal().block()::equals)
                        .isPresent();
        if (!parent) {
            return false;
        }
        for (int between = offer.round() - 1; between > validRound.orElse(context.firstRound() - 1); between--) {
            if (!isDummy(between)) {
                return false;
            }
        }
        return true;
    }

    /** The votes by which a validator may be in {@code round}: those that notarize anything in the round before. */
    List<Vote> entry(int round) {
        return find(round - 1)
                .map(before -> before.isDummy()
                        ? before.dummyVotes()
                        : before.notarized().map(before.notarize::of).orElse(List.of()))
                .orElse(List.of());
    }

    /**
     * What a peer that lags behind needs: all of the last two rounds, and of earlier ones what notarizes a block or the
     * dummy and what may finalize: it comes to the current round by this, understands what is proposed there, and
     * decides if a quorum has.
     */
    List<Message> known() {
        List<Message> messages = new ArrayList<>();
        for (RoundLog log : rounds.values()) {
            boolean recent = log.round >= current - 1;
            log.offers().stream().filter(offer -> recent).forEach(messages::add);
            List<Vote> notarizing = recent
                    ? log.notarize.all()
                    : log.notarized().map(log.notarize::of).orElse(List.of());
            notarizing.forEach(vote -> messages.add(new Message.Ballot(vote)));
            log.finalize.all().forEach(vote -> messages.add(new Message.Ballot(vote)));
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
        return Optional.of(rounds.computeIfAbsent(round, r -> new RoundLog(r, validators)));
    }

    private void forget(Address validator, int round) {
        rounds.computeIfPresent(round, (r, log) -> log.forget(validator) ? null : log);
    }

    private boolean proves(Certificate proof, Proposal proposal) {
        if (proof.phase() != VotePhase.NOTARIZE
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
