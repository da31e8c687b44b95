package org.hauptbuch.api.block;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.hauptbuch.api.block.Certificate.VoterSignature;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.codec.Reader;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Amounts;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;

/**
 * {@link RollbackVote}s of more than two thirds of the voting power: {@code height} is decided under the rule set
 * {@code to}, from the state of the block before. Any certificate that makes a block of that height final under
 * {@code from} would share an honest voter with this one, and no honest validator signs both.
 *
 * @param height the first height under {@code to}
 * @param from the id of the rule set that is left
 * @param to the id of the rule set that judges from now on
 * @param signatures one for each voter, by ascending address
 */
public record RollbackCertificate(long height, Hash from, Hash to, List<VoterSignature> signatures) {
    /**
     * Rounds of a height that was rolled back begin here, so that nothing that was signed under the rule set that was
     * left contradicts what is signed under the one that follows.
     */
    public static final int FIRST_ROUND = 1 << 20;

    public RollbackCertificate {
        signatures = List.copyOf(signatures);
    }

    /** The certificate of {@code votes}, which are all for the same thing, each voter once. */
    public static RollbackCertificate of(Collection<RollbackVote> votes) {
        RollbackVote any = votes.iterator().next();
        return new RollbackCertificate(
                any.height(),
                any.from(),
                any.to(),
                votes.stream()
                        .map(vote -> new VoterSignature(vote.validator(), vote.signature()))
                        .sorted(Comparator.comparing(VoterSignature::validator))
                        .toList());
    }

    /**
     * Refuses a certificate that does not prove a quorum of {@code validators}: an unknown or repeated voter, a wrong
     * signature, or too little power.
     *
     * @throws PoSException CONSENSUS_STATE_UPDATE_FAILED
     */
    public void verify(String chainId, ValidatorSet validators, SignatureScheme scheme) {
        long power = 0;
        Address last = null;
        for (VoterSignature s : signatures) {
            if (last != null && last.compareTo(s.validator()) >= 0) {
                throw refuse("voter " + s.validator() + " is out of order or repeated");
            }
            last = s.validator();
            ValidatorSet.Member member = validators
                    .member(s.validator())
                    .orElseThrow(() -> refuse("voter " + s.validator() + " is not in the validator set"));
            power = Amounts.add(power, member.power());
            s.checkLength(member.key()).ifPresent(wrong -> {
                throw refuse(wrong);
            });
        }
        if (!validators.isQuorum(power)) {
            throw refuse("voting power is " + power + ", must be more than two thirds of " + validators.totalPower());
        }
        Bytes message = RollbackVote.signBytes(chainId, height, from, to);
        for (VoterSignature s : signatures) {
            if (!scheme.verify(validators.member(s.validator()).orElseThrow().key(), message, s.signature())) {
                throw refuse("the signature of voter " + s.validator() + " is wrong");
            }
        }
    }

    /** Writes the canonical encoding. */
    public void write(Writer out) {
        out.u64(height).fixed(from.bytes()).fixed(to.bytes());
        out.list(signatures, (w, s) -> w.fixed(s.validator().bytes()).bytes(s.signature()));
    }

    /** Reads what {@link #write} wrote. */
    public static RollbackCertificate read(Reader in) {
        return new RollbackCertificate(
                in.u64("rollback.height"),
                in.hash("rollback.from"),
                in.hash("rollback.to"),
                in.list(
                        "rollback.signatures",
                        ValidatorSet.MAX_MEMBERS,
                        r -> new VoterSignature(r.address("voter"), r.signature("voter.signature"))));
    }

    private PoSException refuse(String detail) {
        return new PoSException(
                PoSError.CONSENSUS_STATE_UPDATE_FAILED, "rollback certificate of height " + height + ": " + detail);
    }
}
