package org.hauptbuch.slashing.invalidproposal;

import java.util.ArrayList;
import java.util.List;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.finality.Equivocation;
import org.hauptbuch.api.rule.KnownAnswer;
import org.hauptbuch.api.slashing.InvalidProposal;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;

/**
 * What {@link InvalidProposalSlashing} is known to answer about evidence that holds no proposal. It refuses it before it
 * asks the chain for a validator set, so there is no chain here.
 */
final class InvalidProposalSlashingAnswers {
    private InvalidProposalSlashingAnswers() {}

    static List<KnownAnswer> all() {
        return List.of(new KnownAnswer(
                "nothing, eight bytes, and evidence of another type",
                "SLASHING_DETECTION_FAILED SLASHING_DETECTION_FAILED SLASHING_DETECTION_FAILED",
                InvalidProposalSlashingAnswers::judged));
    }

    private static String judged() {
        Address offender = new Address(Bytes.of(new byte[Address.LENGTH]));
        List<Evidence> all = List.of(
                new Evidence(InvalidProposal.HEADER, offender, 7, Bytes.EMPTY),
                new Evidence(InvalidProposal.HEADER, offender, 7, Bytes.of(new byte[8])),
                new Evidence(Equivocation.VOTES, offender, 7, Bytes.EMPTY));
        List<String> answers = new ArrayList<>();
        for (Evidence evidence : all) {
            try {
                answers.add(new InvalidProposalSlashing()
                        .judge(null, evidence, null)
                        .gravity()
                        .name());
            } catch (PoSException refusal) {
                answers.add(refusal.error().name());
            }
        }
        return String.join(" ", answers);
    }
}
