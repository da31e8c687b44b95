package org.hauptbuch.finality.tendermint;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hauptbuch.api.block.VotePhase;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.finality.Message;
import org.hauptbuch.api.value.Address;

/** What was said in one round. */
final class RoundLog {
    /** The phases of this protocol; a vote in one of another protocol says nothing here. */
    static final List<VotePhase> PHASES = List.of(VotePhase.PREVOTE, VotePhase.PRECOMMIT);

    final int round;
    final Ballots prevotes;
    final Ballots precommits;
    /** By proposer: one, where it is known who proposes. */
    private final SortedMap<Address, Message.Offer> offers = new TreeMap<>();

    RoundLog(int round, ValidatorSet validators) {
        this.round = round;
        this.prevotes = new Ballots(validators);
        this.precommits = new Ballots(validators);
    }

    Ballots votes(VotePhase phase) {
        return phase == VotePhase.PREVOTE ? prevotes : precommits;
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
        prevotes.remove(validator);
        precommits.remove(validator);
        offers.remove(validator);
        return offers.isEmpty() && prevotes.isEmpty() && precommits.isEmpty();
    }
}
