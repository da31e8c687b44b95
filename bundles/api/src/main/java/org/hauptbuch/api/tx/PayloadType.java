package org.hauptbuch.api.tx;

import java.util.List;
import java.util.Optional;

/** The kinds of transaction, by the code that stands in their encoding. */
public enum PayloadType {
    TRANSFER(1, Payload.Transfer.class),
    REGISTER_VALIDATOR(2, Payload.RegisterValidator.class),
    EDIT_VALIDATOR(3, Payload.EditValidator.class),
    ROTATE_KEY(4, Payload.RotateKey.class),
    STAKE(5, Payload.Stake.class),
    UNSTAKE(6, Payload.Unstake.class),
    DELEGATE(7, Payload.Delegate.class),
    UNDELEGATE(8, Payload.Undelegate.class),
    REDELEGATE(9, Payload.Redelegate.class),
    WITHDRAW_REWARDS(10, Payload.WithdrawRewards.class),
    UNJAIL(11, Payload.Unjail.class),
    SUBMIT_EVIDENCE(12, Payload.SubmitEvidence.class),
    PROPOSE_RULES(13, Payload.ProposeRules.class),
    ATTEST_RULES(14, Payload.AttestRules.class),
    CANCEL_RULES(15, Payload.CancelRules.class);

    private static final List<PayloadType> TYPES = List.of(values());

    private final int code;
    private final Class<? extends Payload> payload;

    PayloadType(int code, Class<? extends Payload> payload) {
        this.code = code;
        this.payload = payload;
    }

    /** The code in encodings, 1 to 255. */
    public int code() {
        return code;
    }

    /** The type with this code, if there is one. */
    public static Optional<PayloadType> ofCode(int code) {
        return code >= 1 && code <= TYPES.size() ? Optional.of(TYPES.get(code - 1)) : Optional.empty();
    }

    static PayloadType of(Payload payload) {
        for (PayloadType type : TYPES) {
            if (type.payload.isInstance(payload)) {
                return type;
            }
        }
        throw new IllegalStateException("a payload without a type: " + payload.getClass());
    }

    /** Whether it can change who validates next: costs {@code validatorSelection} gas. */
    public boolean touchesSelection() {
        return switch (this) {
            case REGISTER_VALIDATOR, ROTATE_KEY, STAKE, UNSTAKE, DELEGATE, UNDELEGATE, REDELEGATE, UNJAIL -> true;
            case TRANSFER,
                    EDIT_VALIDATOR,
                    WITHDRAW_REWARDS,
                    SUBMIT_EVIDENCE,
                    PROPOSE_RULES,
                    ATTEST_RULES,
                    CANCEL_RULES -> false;
        };
    }
}
