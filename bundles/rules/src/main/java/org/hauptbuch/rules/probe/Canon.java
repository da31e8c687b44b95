package org.hauptbuch.rules.probe;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.chain.Offence;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.finality.Action;
import org.hauptbuch.api.finality.Message;
import org.hauptbuch.api.penalty.Penalty;
import org.hauptbuch.api.reward.Payout;
import org.hauptbuch.api.slashing.Observation;

/** Answers as text. The text of a record is not specified to be the same on every Java platform; this is. */
final class Canon {
    private Canon() {}

    static String text(ValidatorSet.Member member) {
        return member.address() + " " + member.key() + " " + member.power();
    }

    static String text(Payout payout) {
        return payout.validator() + " " + payout.commission() + " " + payout.pool();
    }

    static String text(Penalty penalty) {
        return "slash " + penalty.slash().ppm() + " ban " + penalty.ban() + " jail " + penalty.jailEpochs()
                + " reporter " + penalty.reporterShare().ppm();
    }

    // evidence and reporter are the ledger's to say, whatever the rule put there
    static String text(Offence offence) {
        return offence.gravity() + " of " + offence.offender() + " at " + offence.height() + ": " + offence.reason();
    }

    static String text(Observation.Remembered entry) {
        return entry.key() + "=" + optional(entry.value());
    }

    static String text(Message message) {
        if (message instanceof Message.Offer offer) {
            return "offer " + offer.proposal().encode() + " "
                    + optional(offer.proofOfLock().map(Certificate::encode));
        }
        return "ballot " + ((Message.Ballot) message).vote().encode();
    }

    static String text(List<Message> messages) {
        return String.join(", ", messages.stream().map(Canon::text).toList());
    }

    static String text(Action action) {
        if (action instanceof Action.Propose a) {
            return "propose " + a.round() + " " + optional(a.block()) + " " + optional(a.validRound()) + " "
                    + optional(a.proofOfLock().map(Certificate::encode));
        } else if (action instanceof Action.CastVote a) {
            return "vote " + a.phase() + " " + a.round() + " " + a.block();
        } else if (action instanceof Action.Keep a) {
            return "keep " + text(a.messages());
        } else if (action instanceof Action.Resend a) {
            return "resend " + text(a.message());
        } else if (action instanceof Action.Judge a) {
            return "judge " + a.block();
        } else if (action instanceof Action.Arm a) {
            return "arm " + a.timer().step() + " " + a.timer().round() + " " + a.delayMillis();
        } else if (action instanceof Action.Decide a) {
            return "decide " + a.certificate().encode();
        } else if (action instanceof Action.Accuse a) {
            return "accuse " + a.evidence().encode();
        }
        throw new Unfit("wants something done that no node can do: " + action.getClass());
    }

    private static String optional(Optional<?> value) {
        return value.map(Object::toString).orElse("-");
    }

    private static String optional(OptionalInt value) {
        return value.isPresent() ? Integer.toString(value.getAsInt()) : "-";
    }
}
