package org.hauptbuch.light;

import java.util.List;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.block.Certificate.VoterSignature;
import org.hauptbuch.api.block.Vote;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.finality.Equivocation;
import org.hauptbuch.api.value.Address;

/**
 * Two blocks of one height, both final by certificates that verify from the same trusted header: more than a third of
 * the power signed both chains.
 *
 * @param witness who brought the second
 * @param first the one that was verified first
 * @param second the other
 * @param signedBoth the validators in both certificates, by ascending address
 * @param evidence one piece for each of those whose two votes are of one round and phase, which no validator casts
 *     twice; the votes of others are of different rounds, and contradict each other only together with what they saw
 *     between the two
 */
public record Fork(
        String witness, LightBlock first, LightBlock second, List<Address> signedBoth, List<Evidence> evidence) {
    public Fork {
        signedBoth = List.copyOf(signedBoth);
        evidence = List.copyOf(evidence);
    }

    /** The fork that {@code first} and {@code second}, which {@code witness} brought, are. */
    static Fork of(String witness, LightBlock first, LightBlock second) {
        Certificate one = first.certificate();
        Certificate two = second.certificate();
        List<Address> both = one.signatures().stream()
                .map(VoterSignature::validator)
                .filter(two::signedBy)
                .toList();
        boolean sameBallot = one.round() == two.round() && one.phase() == two.phase();
        List<Evidence> evidence = sameBallot
                ? both.stream()
                        .map(voter -> Equivocation.of(vote(one, voter), vote(two, voter)))
                        .toList()
                : List.of();
        return new Fork(witness, first, second, both, evidence);
    }

    private static Vote vote(Certificate certificate, Address voter) {
        return certificate.signatures().stream()
                .filter(signature -> signature.validator().equals(voter))
                .findFirst()
                .map(signature -> new Vote(
                        certificate.phase(),
                        certificate.height(),
                        certificate.round(),
                        certificate.block(),
                        voter,
                        signature.signature()))
                .orElseThrow();
    }
}
