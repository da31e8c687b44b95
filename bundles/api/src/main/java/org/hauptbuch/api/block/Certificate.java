package org.hauptbuch.api.block;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.codec.Reader;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.crypto.SignedMessage;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Amounts;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.PublicKey;

/**
 * A quorum certificate: votes of more than two thirds of the voting power for one block in one round and phase.
 *
 * @param phase what the votes mean
 * @param height the height they are about
 * @param round the round they were cast in
 * @param block the block voted for
 * @param signatures one for each voter, by ascending address
 */
public record Certificate(VotePhase phase, long height, int round, Hash block, List<VoterSignature> signatures) {
    /**
     * One voter's signature over {@link Vote#signBytes}.
     *
     * @param validator who voted
     * @param signature its signature
     */
    public record VoterSignature(Address validator, Bytes signature) {
        /** What is wrong where the signature has not the length of {@code key}'s. */
        Optional<String> checkLength(PublicKey key) {
            int length = key.type().signatureLength();
            return signature.length() == length
                    ? Optional.empty()
                    : Optional.of("the signature of voter " + validator + " is " + signature.length()
                            + " bytes, must be " + length + " bytes (" + key.type() + ")");
        }
    }

    public Certificate {
        signatures = List.copyOf(signatures);
    }

    /** The certificate of {@code votes}, which are all for the same thing, each voter once. */
    public static Certificate of(Collection<Vote> votes) {
        Vote any = votes.iterator().next();
        return new Certificate(
                any.phase(),
                any.height(),
                any.round(),
                any.block(),
                votes.stream()
                        .map(vote -> new VoterSignature(vote.validator(), vote.signature()))
                        .sorted(Comparator.comparing(VoterSignature::validator))
                        .toList());
    }

    /** Whether {@code validator} voted. */
    public boolean signedBy(Address validator) {
        return signatures.stream().anyMatch(s -> s.validator().equals(validator));
    }

    /**
     * Refuses a certificate that does not prove a quorum of {@code validators}: an unknown or repeated voter, a wrong
     * signature, or too little power.
     *
     * @throws PoSException BLOCK_FINALIZATION_FAILED
     */
    public void verify(String chainId, ValidatorSet validators, SignatureScheme scheme) {
        Bytes message = Vote.signBytes(chainId, phase, height, round, block);
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
        // signatures last: they are the expensive part
        boolean[] right = scheme.verifyAll(signatures.stream()
                .map(s -> new SignedMessage(
                        validators.member(s.validator()).orElseThrow().key(), message, s.signature()))
                .toList());
        for (int i = 0; i < right.length; i++) {
            if (!right[i]) {
                throw refuse("the signature of voter " + signatures.get(i).validator() + " is wrong");
            }
        }
    }

    /** The digest that the next header carries. */
    public Hash digest() {
        Writer out = new Writer(128 + signatures.size() * 96).string("hauptbuch/certificate/1");
        write(out);
        return out.sha256();
    }

    /** Writes the canonical encoding. */
    public void write(Writer out) {
        out.u8(phase.ordinal()).u64(height).u32(round).fixed(block.bytes());
        out.list(signatures, (w, s) -> w.fixed(s.validator().bytes()).bytes(s.signature()));
    }

    /** Reads what {@link #write} wrote. */
    public static Certificate read(Reader in) {
        return new Certificate(
                Vote.readPhase(in),
                in.u64("certificate.height"),
                in.u32("certificate.round"),
                in.hash("certificate.block"),
                in.list(
                        "certificate.signatures",
                        ValidatorSet.MAX_MEMBERS,
                        r -> new VoterSignature(r.address("voter"), r.signature("voter.signature"))));
    }

    /** The canonical encoding. */
    public Bytes encode() {
        Writer out = new Writer();
        write(out);
        return out.toBytes();
    }

    /** Reads {@link #encode()}. */
    public static Certificate decode(Bytes encoded) {
        Reader in = new Reader(encoded, PoSError.BLOCK_FINALIZATION_FAILED);
        Certificate certificate = read(in);
        in.end();
        return certificate;
    }

    private PoSException refuse(String detail) {
        return new PoSException(
                PoSError.BLOCK_FINALIZATION_FAILED,
                "certificate of height " + height + " round " + round + ": " + detail);
    }
}
