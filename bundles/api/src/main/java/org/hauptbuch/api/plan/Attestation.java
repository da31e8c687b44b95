package org.hauptbuch.api.plan;

import org.hauptbuch.api.codec.Reader;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;

/**
 * A validator's word, signed by its consensus key, that its node holds the code of a plan's rule set and that the
 * code passed its tests there. Anyone may carry it into a block.
 *
 * @param plan the plan's id
 * @param ruleSet the id of the rule set that the node holds
 * @param selfTest the digest of what the self-test gave there
 * @param validator whose node it is
 * @param signature its consensus key's signature over {@link #signBytes}
 */
public record Attestation(Hash plan, Hash ruleSet, Hash selfTest, Address validator, Bytes signature) {
    /** The attestation of {@code validator}, signed. */
    public static Attestation of(
            String chainId, Hash plan, Hash ruleSet, Hash selfTest, Address validator, Signer consensusKey) {
        Bytes message = signBytes(chainId, plan, ruleSet, selfTest, validator);
        return new Attestation(plan, ruleSet, selfTest, validator, consensusKey.sign(message));
    }

    /** What the signature signs on {@code chainId}. */
    public Bytes signBytes(String chainId) {
        return signBytes(chainId, plan, ruleSet, selfTest, validator);
    }

    private static Bytes signBytes(String chainId, Hash plan, Hash ruleSet, Hash selfTest, Address validator) {
        return new Writer()
                .string("hauptbuch/attestation/1")
                .string(chainId)
                .fixed(plan.bytes())
                .fixed(ruleSet.bytes())
                .fixed(selfTest.bytes())
                .fixed(validator.bytes())
                .toBytes();
    }

    /** Writes the canonical encoding. */
    public void write(Writer out) {
        out.fixed(plan.bytes()).fixed(ruleSet.bytes()).fixed(selfTest.bytes());
        out.fixed(validator.bytes()).bytes(signature);
    }

    /** Reads what {@link #write} wrote. */
    public static Attestation read(Reader in) {
        return new Attestation(
                in.hash("attestation.plan"),
                in.hash("attestation.ruleSet"),
                in.hash("attestation.selfTest"),
                in.address("attestation.validator"),
                in.signature("attestation.signature"));
    }
}
