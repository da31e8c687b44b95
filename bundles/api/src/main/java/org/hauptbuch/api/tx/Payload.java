package org.hauptbuch.api.tx;

import java.util.List;
import java.util.Optional;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.codec.Reader;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.plan.Attestation;
import org.hauptbuch.api.plan.RulePlan;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.PublicKey;
import org.hauptbuch.api.value.Rate;

/** What a transaction does. Amounts are units, 1 or more. */
public sealed interface Payload {
    /** Moves {@code amount} from the sender to {@code to}. */
    record Transfer(Address to, long amount) implements Payload {}

    /**
     * Makes the sender a validator with its first own stake.
     *
     * @param id its name, as {@link Validator#id()}
     * @param consensusKey the key that will sign blocks and votes, used by no other validator
     * @param proof {@code consensusKey}'s signature over {@link Transaction#possessionBytes}: the sender owns it
     * @param commission what it keeps at first
     * @param maxCommission its commission never goes over it
     * @param maxDailyChange its commission moves at most so far a day
     * @param stake own stake, at least the chain's minimum
     */
    record RegisterValidator(
            String id,
            PublicKey consensusKey,
            Bytes proof,
            Rate commission,
            Rate maxCommission,
            Rate maxDailyChange,
            long stake)
            implements Payload {}

    /** Changes the commission of the sender's validator, within its bounds. */
    record EditValidator(Rate commission) implements Payload {}

    /** Replaces the consensus key from the next epoch on; the old key stays punishable for the unbonding time. */
    record RotateKey(PublicKey consensusKey, Bytes proof) implements Payload {}

    /** Adds to the own stake of the sender's validator. */
    record Stake(long amount) implements Payload {}

    /** Begins to unbond own stake of the sender's validator. */
    record Unstake(long amount) implements Payload {}

    /** Joins the pool of {@code validator}. */
    record Delegate(Address validator, long amount) implements Payload {}

    /** Begins to unbond stake with {@code validator}. */
    record Undelegate(Address validator, long amount) implements Payload {}

    /** Moves stake from one validator's pool to another's without unbonding. */
    record Redelegate(Address from, Address to, long amount) implements Payload {}

    /** Pays the sender what its stake with {@code validator} earned, and an operator its commission. */
    record WithdrawRewards(Address validator) implements Payload {}

    /** Brings the sender's jailed validator back. */
    record Unjail() implements Payload {}

    /** Reports an offence. */
    record SubmitEvidence(Evidence evidence) implements Payload {}

    /**
     * Proposes to change the rule set. Only an operator whose validator votes may send it. While another plan waits for
     * its gate, this one takes its place only with the attestations that it asks for and more than the other has.
     *
     * @param attestations those that there are already, at most one of each validator
     */
    record ProposeRules(RulePlan plan, List<Attestation> attestations) implements Payload {
        public ProposeRules {
            attestations = List.copyOf(attestations);
        }
    }

    /** Carries a validator's word that it is ready for the plan that waits; from any account. */
    record AttestRules(Attestation attestation) implements Payload {}

    /** Takes back the sender's own plan, before its gate. */
    record CancelRules(Hash plan) implements Payload {}

    /** The payload's kind: part of the encoding. */
    default PayloadType type() {
        return PayloadType.of(this);
    }

    /** Writes the type's code, then the fields. */
    default void write(Writer out) {
        out.u8(type().code());
        if (this instanceof Transfer p) {
            out.fixed(p.to.bytes()).u64(p.amount);
        } else if (this instanceof RegisterValidator p) {
            out.string(p.id).fixed(p.consensusKey.encoded()).bytes(p.proof);
            out.u32(p.commission.ppm()).u32(p.maxCommission.ppm()).u32(p.maxDailyChange.ppm());
            out.u64(p.stake);
        } else if (this instanceof EditValidator p) {
            out.u32(p.commission.ppm());
        } else if (this instanceof RotateKey p) {
            out.fixed(p.consensusKey.encoded()).bytes(p.proof);
        } else if (this instanceof Stake p) {
            out.u64(p.amount);
        } else if (this instanceof Unstake p) {
            out.u64(p.amount);
        } else if (this instanceof Delegate p) {
            out.fixed(p.validator.bytes()).u64(p.amount);
        } else if (this instanceof Undelegate p) {
            out.fixed(p.validator.bytes()).u64(p.amount);
        } else if (this instanceof Redelegate p) {
            out.fixed(p.from.bytes()).fixed(p.to.bytes()).u64(p.amount);
        } else if (this instanceof WithdrawRewards p) {
            out.fixed(p.validator.bytes());
        } else if (this instanceof SubmitEvidence p) {
            p.evidence.write(out);
        } else if (this instanceof ProposeRules p) {
            p.plan.write(out);
            out.list(p.attestations, (w, attestation) -> attestation.write(w));
        } else if (this instanceof AttestRules p) {
            p.attestation.write(out);
        } else if (this instanceof CancelRules p) {
            out.fixed(p.plan.bytes());
        }
    }

    /** Reads what {@link #write} wrote. */
    static Payload read(Reader in) {
        int code = in.u8("payload.type");
        Optional<PayloadType> type = PayloadType.ofCode(code);
        if (type.isEmpty()) {
            throw in.refuse("payload.type", code, "1 to " + PayloadType.values().length);
        }
        return switch (type.get()) {
            case TRANSFER -> new Transfer(in.address("to"), amount(in, "amount"));
            case REGISTER_VALIDATOR -> {
                String id = in.string("id", Validator.MAX_ID);
                PublicKey consensusKey = in.publicKey("consensusKey");
                yield new RegisterValidator(
                        id,
                        consensusKey,
                        in.signature("proof", consensusKey.type()),
                        in.rate("commission"),
                        in.rate("maxCommission"),
                        in.rate("maxDailyChange"),
                        amount(in, "stake"));
            }
            case EDIT_VALIDATOR -> new EditValidator(in.rate("commission"));
            case ROTATE_KEY -> {
                PublicKey consensusKey = in.publicKey("consensusKey");
                yield new RotateKey(consensusKey, in.signature("proof", consensusKey.type()));
            }
            case STAKE -> new Stake(amount(in, "amount"));
            case UNSTAKE -> new Unstake(amount(in, "amount"));
            case DELEGATE -> new Delegate(in.address("validator"), amount(in, "amount"));
            case UNDELEGATE -> new Undelegate(in.address("validator"), amount(in, "amount"));
            case REDELEGATE -> new Redelegate(in.address("from"), in.address("to"), amount(in, "amount"));
            case WITHDRAW_REWARDS -> new WithdrawRewards(in.address("validator"));
            case UNJAIL -> new Unjail();
            case SUBMIT_EVIDENCE -> new SubmitEvidence(Evidence.read(in));
            case PROPOSE_RULES -> new ProposeRules(
                    RulePlan.read(in), in.list("attestations", ValidatorSet.MAX_MEMBERS, Attestation::read));
            case ATTEST_RULES -> new AttestRules(Attestation.read(in));
            case CANCEL_RULES -> new CancelRules(in.hash("plan"));
        };
    }

    private static long amount(Reader in, String field) {
        long amount = in.u64(field);
        if (amount == 0) {
            throw in.refuse(field, amount, "1 to " + Long.MAX_VALUE);
        }
        return amount;
    }
}
