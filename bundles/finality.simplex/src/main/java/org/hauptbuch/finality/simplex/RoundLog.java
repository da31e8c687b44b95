package org.hauptbuch.finality.simplex;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hauptbuch.api.block.Vote;
import org.hauptbuch.api.block.VotePhase;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.finality.Message;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Hash;

/** What was said in one round. */
final class RoundLog {
    /** The phases of this protocol; a vote in one of another protocol says nothing here. */
    static final List<VotePhase> PHASES = List.of(VotePhase.NOTARIZE, VotePhase.FINALIZE);

    final int round;
    final Ballots notarize;
    final Ballots finalize;
    /** By proposer: one, where it is known who proposes. */
    private final SortedMap<Address, Message.Offer> offers = new TreeMap<>();

    RoundLog(int round, ValidatorSet validators) {
        this.round = round;
        this.notarize = new Ballots(validators);
        this.finalize = new Ballots(validators);
    }

    Ballots votes(VotePhase phase) {
        return phase == VotePhase.NOTARIZE ? notarize : finalize;
    }

    /** The block that is notarized here. */
    Optional<Hash> notarized() {
        return notarize.agreed();
    }

    /** Whether the dummy block is notarized here: nothing is finalized in this round, ever. */
    boolean isDummy() {
        return finalize.isQuorum(Hash.ZERO);
    }

    /** The votes that notarize the dummy block. */
    List<Vote> dummyVotes() {
        return finalize.of(Hash.ZERO);
    }

    /** The only offer, where it is known who proposes. */
    Optional<Message.Offer> offer() {
        return offers.values().stream().findFirst();
    }

    Optional<Message.Offer> offerOf(Address proposer) {
        return Optional.ofNullable(offers.get(proposer));
    }

    Collection<Message.Offer> offers() {
        return offers.values();
    }

    void offer(Message.Offer newOffer) {
        offers.put(newOffer.proposal().proposer(), newOffer);
    }

    /** Forgets what {@code validator} said; returns whether nothing is left. */
    boolean forget(Address validator) {
        notarize.remove(validator);
        finalize.remove(validator);
        offers.remove(validator);
        return offers.isEmpty() && notarize.isEmpty() && finalize.isEmpty();
    }
}
