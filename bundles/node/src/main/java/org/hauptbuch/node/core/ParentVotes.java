package org.hauptbuch.node.core;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.block.Certificate.VoterSignature;
import org.hauptbuch.api.block.Vote;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.value.Address;

/**
 * The certificate of the last final block, with the votes that come after it was final: a quorum is enough to go on,
 * but who voted a moment later did its duty too, and the next block should say so.
 */
final class ParentVotes {
    private final Optional<ValidatorSet> validators;
    private Optional<Certificate> certificate;

    /** The parent's certificate and who could vote for it; both empty at height 1. */
    ParentVotes(Optional<Certificate> certificate, Optional<ValidatorSet> validators) {
        this.certificate = certificate;
        this.validators = validators;
    }

    /** The certificate with all that is known. */
    Optional<Certificate> certificate() {
        return certificate;
    }

    /** Whether {@code vote} would add to it, if its signature is right. */
    boolean wants(Vote vote) {
        return certificate
                        .filter(c -> c.phase() == vote.phase()
                                && c.height() == vote.height()
                                && c.round() == vote.round()
                                && c.block().equals(vote.block())
                                && !c.signedBy(vote.validator()))
                        .isPresent()
                && validators.filter(v -> v.contains(vote.validator())).isPresent();
    }

    /** The member whose key verifies {@code vote}, which {@link #wants} accepted. */
    ValidatorSet.Member member(Vote vote) {
        return validators.orElseThrow().member(vote.validator()).orElseThrow();
    }

    /** Adds a vote whose signature was verified. */
    void add(Vote vote) {
        if (!wants(vote)) {
            return;
        }
        Certificate before = certificate.orElseThrow();
        Map<Address, VoterSignature> all = new TreeMap<>();
        before.signatures().forEach(signature -> all.put(signature.validator(), signature));
        all.put(vote.validator(), new VoterSignature(vote.validator(), vote.signature()));
        certificate = Optional.of(new Certificate(
                before.phase(),
                before.height(),
                before.round(),
                before.block(),
                all.values().stream().toList()));
    }
}
