package org.hauptbuch.slashing.equivocation;

import java.util.ArrayList;
import java.util.List;
import org.hauptbuch.api.block.Vote;
import org.hauptbuch.api.block.VotePhase;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.finality.Equivocation;
import org.hauptbuch.api.rule.KnownAnswer;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;

/**
 * What {@link EquivocationSlashing} is known to answer about pairs of votes that contradict nothing. It refuses them
 * before it asks the chain for a key, so there is no chain here.
 */
final class EquivocationSlashingAnswers {
    private static final Address VOTER = new Address(Bytes.of(new byte[Address.LENGTH]));
    private static final Hash BLOCK = Hash.sha256(new byte[] {1});
    private static final Hash OTHER = Hash.sha256(new byte[] {2});

    private EquivocationSlashingAnswers() {}

    static List<KnownAnswer> all() {
        return List.of(new KnownAnswer(
                "votes for one block, of two rounds, of two heights, of two phases",
                "SLASHING_DETECTION_FAILED SLASHING_DETECTION_FAILED SLASHING_DETECTION_FAILED"
                        + " SLASHING_DETECTION_FAILED",
                EquivocationSlashingAnswers::judged));
    }

    private static String judged() {
        Vote first = vote(VotePhase.PREVOTE, 7, 0, BLOCK, 1);
        List<Vote> others = List.of(
                vote(VotePhase.PREVOTE, 7, 0, BLOCK, 2),
                vote(VotePhase.PREVOTE, 7, 1, OTHER, 2),
                vote(VotePhase.PREVOTE, 8, 0, OTHER, 2),
                vote(VotePhase.PRECOMMIT, 7, 0, OTHER, 2));
        List<String> answers = new ArrayList<>();
        for (Vote other : others) {
            Evidence evidence = Equivocation.of(first, other);
            try {
                answers.add(new EquivocationSlashing()
                        .judge(null, evidence, null)
                        .gravity()
                        .name());
            } catch (PoSException refusal) {
                answers.add(refusal.error().name());
            }
        }
        return String.join(" ", answers);
    }

    private static Vote vote(VotePhase phase, long height, int round, Hash block, int signature) {
        return new Vote(phase, height, round, block, VOTER, Bytes.of(new byte[] {(byte) signature}));
    }
}
