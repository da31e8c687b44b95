package org.hauptbuch.node.signer;

import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;

/** Why a remote signer did not sign: the cause of the refusal that a caller sees. */
public final class SignerFault extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean away;

    private SignerFault(boolean away, String why, Throwable cause) {
        super(why, cause);
        this.away = away;
    }

    /** It cannot be reached or did not answer in time: it may sign the same thing later. */
    static PoSException away(String why, Throwable cause) {
        return refusal(new SignerFault(true, why, cause));
    }

    /** It refuses. */
    static PoSException refused(String why) {
        return refusal(new SignerFault(false, why, null));
    }

    private static PoSException refusal(SignerFault fault) {
        return new PoSException(PoSError.SECURITY_VALIDATION_FAILED, fault.getMessage(), fault);
    }

    /** Whether something failed because a remote signer was away. */
    public static boolean isAway(PoSException failure) {
        SignerFault fault = in(failure);
        return fault != null && fault.away;
    }

    /** Whether something failed at a remote signer, which says so itself when that begins and ends. */
    public static boolean isIn(PoSException failure) {
        return in(failure) != null;
    }

    private static SignerFault in(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SignerFault fault) {
                return fault;
            }
        }
        return null;
    }
}
