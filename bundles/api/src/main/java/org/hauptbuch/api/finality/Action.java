package org.hauptbuch.api.finality;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.block.VotePhase;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.value.Hash;

/** What a machine wants done, in the order in which it says so. */
public sealed interface Action {
    /**
     * Build a block, or take {@code block} again; sign the offer, put it on record, send it, and hand it back as
     * {@link Event.Received}.
     *
     * @param round the round to propose in
     * @param block the block to offer again; empty for a new one
     * @param validRound the earlier round in which a quorum accepted {@code block}
     * @param proofOfLock that quorum
     */
    record Propose(int round, Optional<Hash> block, OptionalInt validRound, Optional<Certificate> proofOfLock)
            implements Action {}

    /**
     * Sign this vote, put it on record, send it, and hand it back as {@link Event.Received}.
     *
     * @param phase what it means
     * @param round the round to vote in
     * @param block for what; {@link Hash#ZERO} for none
     */
    record CastVote(VotePhase phase, int round, Hash block) implements Action {}

    /**
     * Put these messages of others on record in one commit with what is signed next: they justify it, and
     * {@link HeightContext#journal()} hands them back before it. They need not be sent. A node that drops this stays
     * safe, but a lock whose proof was lost in a crash may not be understood by others.
     *
     * @param messages verified messages of this height, at most one of each validator
     */
    record Keep(List<Message> messages) implements Action {
        public Keep {
            messages = List.copyOf(messages);
        }
    }

    /**
     * Send a message of this height again as it is: one of the journal, or others' votes that justify what is said next.
     *
     * @param message which
     */
    record Resend(Message message) implements Action {}

    /**
     * Execute a block that was offered and answer with {@link Event.Judged}.
     *
     * @param block which
     */
    record Judge(Hash block) implements Action {}

    /**
     * Hand {@code timer} back after {@code delayMillis}.
     *
     * @param timer which
     * @param delayMillis 0 or more
     */
    record Arm(Timer timer, long delayMillis) implements Action {}

    /**
     * The height is decided: the certificate makes its block final. The block may still be missing here.
     *
     * @param certificate the proof
     */
    record Decide(Certificate certificate) implements Action {}

    /**
     * Somebody signed two things that contradict each other.
     *
     * @param evidence the proof, for the slashing conditions
     */
    record Accuse(Evidence evidence) implements Action {}
}
