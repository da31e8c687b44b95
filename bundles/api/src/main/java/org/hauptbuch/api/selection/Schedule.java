package org.hauptbuch.api.selection;

import java.util.OptionalLong;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;

/**
 * Who may propose when, within one epoch. Either everybody knows it in advance, or a draw of each validator's own decides
 * and nobody knows it of another before that other speaks. {@link #rank} is the one question that both kinds answer.
 * Immutable, thread-safe, and the same on every node.
 */
public sealed interface Schedule permits PublicSchedule, PrivateSchedule {
    /**
     * Whether a validator may propose in a round, and before whom: of several that may, the smallest rank goes first, and
     * of equal ranks the smaller address.
     *
     * @param height a height of the epoch that the schedule was prepared for
     * @param round 0 or more
     * @param validator who proposes
     * @param output the output of the validator's proof for {@link org.hauptbuch.api.block.BlockHeader#revealBytes} of
     *     this round, {@link org.hauptbuch.api.crypto.SignatureScheme#PROOF_OUTPUT_LENGTH} bytes, verified by the caller;
     *     a public schedule does not look at it
     * @return 0 to {@link PrivateSchedule#MAX_RANK}; empty where the validator may not propose
     */
    OptionalLong rank(long height, int round, Address validator, Bytes output);
}
