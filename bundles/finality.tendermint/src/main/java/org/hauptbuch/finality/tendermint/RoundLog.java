package org.hauptbuch.finality.tendermint;

import java.util.List;
import java.util.Optional;
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
    private Message.Offer offer;

    RoundLog(int round, ValidatorSet validators) {
        this.round = round;
        this.prevotes = new Ballots(validators);
        this.precommits = new Ballots(validators);
    }

    Ballots votes(VotePhase phase) {
        return phase == VotePhase.PREVOTE ? prevotes : precommits;
    }

    Optional<Message.Offer> offer() {
        return Optional.ofNullable(offer);
    }

    void offer(Message.Offer newOffer) {
        offer = newOffer;
    }

    /** Forgets what {@code validator} said; returns whether nothing is left. */
    boolean forget(Address validator) {
        prevotes.remove(validator);
        precommits.remove(validator);
        if (offer != null && offer.proposal().proposer().equals(validator)) {
            offer = null;
        }
        return offer == null && prevotes.isEmpty() && precommits.isEmpty();
    }
}
