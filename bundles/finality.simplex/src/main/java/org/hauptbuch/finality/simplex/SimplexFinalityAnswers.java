package org.hauptbuch.finality.simplex;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.hauptbuch.api.block.Proposal;
import org.hauptbuch.api.block.Vote;
import org.hauptbuch.api.block.VotePhase;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.finality.Action;
import org.hauptbuch.api.finality.Event;
import org.hauptbuch.api.finality.FinalityMachine;
import org.hauptbuch.api.finality.HeightContext;
import org.hauptbuch.api.finality.Message;
import org.hauptbuch.api.rule.KnownAnswer;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.selection.PublicSchedule;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.api.value.PublicKey;

/** What {@link SimplexFinality} is known to want done by the proposer of four validators at a block time of a second. */
final class SimplexFinalityAnswers {
    private static final long HEIGHT = 7;
    private static final Hash BLOCK = Hash.sha256(new byte[] {1});
    private static final int SELF = 0;

    private SimplexFinalityAnswers() {}

    static List<KnownAnswer> all() {
        return List.of(new KnownAnswer(
                "a round in which one of four is silent",
                "wait 400 to notarize, propose, judge, vote NOTARIZE for it, wait 200 to finalize, keep 2, vote FINALIZE for it, decide by 3",
                SimplexFinalityAnswers::round));
    }

    private static String round() {
        FinalityMachine machine = new SimplexFinality(SimplexParameters.from(Parameters.NONE))
                .start(new HeightContext(
                        "known-answer",
                        HEIGHT,
                        ValidatorSet.of(IntStream.range(0, 4)
                                .mapToObj(SimplexFinalityAnswers::member)
                                .toList()),
                        (PublicSchedule) (height, round) -> address(SELF),
                        Optional.of(address(SELF)),
                        1_000,
                        0,
                        List.of()));
        List<Action> wanted = new ArrayList<>(machine.begin());
        Proposal proposal = new Proposal(HEIGHT, 0, OptionalInt.empty(), BLOCK, address(SELF), Bytes.EMPTY);
        wanted.addAll(machine.on(new Event.Received(new Message.Offer(proposal, Optional.empty()))));
        wanted.addAll(machine.on(new Event.Judged(BLOCK, true)));
        for (VotePhase phase : List.of(VotePhase.NOTARIZE, VotePhase.FINALIZE)) {
            for (int voter = 0; voter < 3; voter++) {
                Vote vote = new Vote(phase, HEIGHT, 0, BLOCK, address(voter), Bytes.EMPTY);
                wanted.addAll(machine.on(new Event.Received(new Message.Ballot(vote))));
            }
        }
        return String.join(
                ", ", wanted.stream().map(SimplexFinalityAnswers::text).toList());
    }

    private static String text(Action action) {
        if (action instanceof Action.Arm arm) {
            return "wait " + arm.delayMillis() + " to " + arm.timer().step();
        } else if (action instanceof Action.CastVote vote) {
            return "vote " + vote.phase() + (vote.block().equals(BLOCK) ? " for it" : " for none");
        } else if (action instanceof Action.Keep keep) {
            return "keep " + keep.messages().size();
        } else if (action instanceof Action.Decide decide) {
            return "decide by " + decide.certificate().signatures().size();
        }
        return action instanceof Action.Propose ? "propose" : action instanceof Action.Judge ? "judge" : "other";
    }

    private static ValidatorSet.Member member(int number) {
        Bytes key = Bytes.of(new byte[KeyType.ED25519.keyLength()]);
        return new ValidatorSet.Member(address(number), new PublicKey(KeyType.ED25519, key), 10);
    }

    private static Address address(int number) {
        byte[] address = new byte[Address.LENGTH];
        address[0] = (byte) number;
        return new Address(Bytes.of(address));
    }
}
