package org.hauptbuch.tck;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.block.Vote;
import org.hauptbuch.api.finality.Action;
import org.hauptbuch.api.finality.Message;

/** What one machine may send again, see {@link Action.Resend}: its journal, and what it heard of its height since. */
final class SaidAndHeard {
    // only asked, never walked
    private final Set<Message> messages = new HashSet<>();

    /** Of a machine that begins with this journal. */
    SaidAndHeard(List<Message> journal) {
        journal.forEach(this::add);
    }

    /** The machine receives it. Who hears an offer hears the voters of its proof. */
    void add(Message message) {
        if (message.height() != Committee.HEIGHT) {
            return;
        }
        messages.add(message);
        if (message instanceof Message.Offer offer) {
            offer.proofOfLock()
                    .ifPresent(proof -> votes(proof).forEach(vote -> messages.add(new Message.Ballot(vote))));
        }
    }

    /**
     * Returns what the machine of {@code who} wants done.
     *
     * @throws AssertionError where it wants to send again what it neither said nor heard
     */
    List<Action> checked(Object who, List<Action> actions) {
        for (Action action : actions) {
            if (action instanceof Action.Resend resend && !messages.contains(resend.message())) {
                throw new AssertionError(
                        who + " sends again what it neither said nor heard at this height: " + resend.message());
            }
        }
        return actions;
    }

    private static List<Vote> votes(Certificate proof) {
        List<Vote> votes = new ArrayList<>();
        proof.signatures()
                .forEach(s -> votes.add(new Vote(
                        proof.phase(), proof.height(), proof.round(), proof.block(), s.validator(), s.signature())));
        return votes;
    }
}
