package org.hauptbuch.tck;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.block.Vote;
import org.hauptbuch.api.finality.FinalityRule;
import org.hauptbuch.api.finality.Message;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;

/** Sees all that honest validators sign and decide at one height, and fails where they contradict one another. */
final class FinalityRecord {
    private final FinalityRule rule;
    private final Committee committee;
    private final Map<Hash, Boolean> blocks = new TreeMap<>();
    private final Map<String, Bytes> signed = new TreeMap<>();
    private Optional<Certificate> decision = Optional.empty();

    FinalityRecord(FinalityRule rule, Committee committee) {
        this.rule = rule;
        this.committee = committee;
    }

    /** A block was built. */
    void offered(Hash block, boolean valid) {
        blocks.put(block, valid);
    }

    /** The blocks that were built, by ascending hash. */
    List<Hash> offers() {
        return List.copyOf(blocks.keySet());
    }

    boolean isValid(Hash block) {
        return blocks.getOrDefault(block, false);
    }

    /** The decision, once there is one. */
    Optional<Certificate> decision() {
        return decision;
    }

    /** Somebody honest signs: one thing only for each round and phase, in all of its lives. */
    void signs(int who, Message message) {
        String what;
        Bytes words;
        if (message instanceof Message.Offer offer) {
            what = who + " offer " + offer.round();
            words = offer.proposal().signBytes(Committee.CHAIN);
        } else {
            Vote vote = ((Message.Ballot) message).vote();
            what = who + " " + vote.phase() + " " + vote.round();
            words = vote.signBytes(Committee.CHAIN);
        }
        Bytes before = signed.putIfAbsent(what, words);
        if (before != null && !before.equals(words)) {
            throw new AssertionError(what + ": signed twice, and not the same");
        }
    }

    /** Somebody honest decides: by a certificate that the rule accepts, a valid block, and the one of all others. */
    void decides(int who, Certificate certificate) {
        rule.verifyFinal(certificate, Committee.CHAIN, committee.validators(), committee.scheme());
        if (!isValid(certificate.block())) {
            throw new AssertionError(who + " decided " + certificate.block().shortHex() + ", an invalid block");
        }
        decision.ifPresent(first -> {
            if (!first.block().equals(certificate.block())) {
                throw new AssertionError("two decisions: " + first.block().shortHex() + " in round " + first.round()
                        + " and " + certificate.block().shortHex() + " in round " + certificate.round());
            }
        });
        decision = decision.or(() -> Optional.of(certificate));
    }
}
