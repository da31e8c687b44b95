package org.hauptbuch.slashing.downtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.block.Certificate.VoterSignature;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.chain.Offence;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.chain.ValidatorSet.Member;
import org.hauptbuch.api.chain.ValidatorStatus;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.rule.ChainView;
import org.hauptbuch.api.slashing.BlockFacts;
import org.hauptbuch.api.slashing.Observation;
import org.hauptbuch.api.slashing.Observation.Remembered;
import org.hauptbuch.api.slashing.SlashingRule;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;

/**
 * A validator that signed less than its share of the last {@code window} blocks is negligent. What counts is the
 * certificate of the parent as the next block carries it. Model: the sliding window of the slashing module of Cosmos SDK.
 *
 * <ul>
 *   <li>Who enters the set, or comes back, is judged after a full window and not before.
 *   <li>Only an ACTIVE validator is judged: who is jailed, banned or gone sits out the rest of the epoch without votes,
 *       and begins anew when it is active again. So one downtime is one offence.
 *   <li>A record is written where it changed: none for validators that sign, one small one for each that is down.
 * </ul>
 */
final class DowntimeSlashing implements SlashingRule {
    private static final String ID = "slashing.downtime";

    private final DowntimeSlashingParameters parameters;

    DowntimeSlashing(DowntimeSlashingParameters parameters) {
        this.parameters = parameters;
    }

    @Override
    public Set<String> evidenceTypes() {
        return Set.of();
    }

    @Override
    public Offence judge(ChainView view, Evidence evidence, SignatureScheme scheme) {
        throw PoSException.outOfRange(
                PoSError.SLASHING_DETECTION_FAILED,
                "evidence type",
                evidence.type(),
                "judged by another condition: " + ID + " only observes");
    }

    @Override
    public Observation observe(ChainView view, BlockFacts facts) {
        if (facts.lastCertificate().isEmpty() || facts.lastValidators().isEmpty()) {
            return Observation.NOTHING;
        }
        Certificate certificate = facts.lastCertificate().get();
        ValidatorSet members = facts.lastValidators().get();
        long height = certificate.height();
        Optional<ValidatorSet> before = setBefore(view, height);
        Set<Address> signers = new TreeSet<>();
        for (VoterSignature signature : certificate.signatures()) {
            signers.add(signature.validator());
        }
        List<Offence> offences = new ArrayList<>();
        List<Remembered> memory = new ArrayList<>();
        for (Member member : members.members()) {
            Address validator = member.address();
            Optional<Bytes> stored = view.memory(validator.bytes());
            boolean entered = before.isPresent() && !before.get().contains(validator);
            SigningRecord record = current(view, validator, height, stored, entered);
            if (!record.isAway()) {
                record = record.with(height, signers.contains(validator));
                if (record.isFull(height) && record.misses() > parameters.mayMiss()) {
                    offences.add(offence(validator, height, record.misses()));
                    record = SigningRecord.away(parameters.window());
                }
            }
            remember(memory, validator, stored, record.encode(height));
        }
        before.ifPresent(left -> forgetWhoLeft(view, left, members, memory));
        return new Observation(offences, memory);
    }

    /** The record before this block's votes are noted in it. */
    private SigningRecord current(
            ChainView view, Address validator, long height, Optional<Bytes> stored, boolean entered) {
        int window = parameters.window();
        boolean active = view.validator(validator)
                .filter(v -> v.status() == ValidatorStatus.ACTIVE)
                .isPresent();
        if (!active) {
            return SigningRecord.away(window);
        }
        if (entered) {
            return SigningRecord.beginning(window, height);
        }
        SigningRecord record = stored.map(SigningRecord::decode).orElse(SigningRecord.spotless(window));
        // back from jail within an epoch, or the chain changed the window: what was noted before means nothing now
        return record.isAway() || record.window() != window ? SigningRecord.beginning(window, height) : record;
    }

    /** The set before {@code height}'s, where that may be another one: sets change with epochs. */
    private static Optional<ValidatorSet> setBefore(ChainView view, long height) {
        boolean beginsEpoch = height > 1 && view.parameters().endsEpoch(height - 1);
        return beginsEpoch ? view.validatorSetAt(height - 1) : Optional.empty();
    }

    private static void forgetWhoLeft(
            ChainView view, ValidatorSet before, ValidatorSet members, List<Remembered> memory) {
        for (Member left : before.members()) {
            Bytes key = left.address().bytes();
            if (!members.contains(left.address()) && view.memory(key).isPresent()) {
                memory.add(new Remembered(key, Optional.empty()));
            }
        }
    }

    private static void remember(
            List<Remembered> memory, Address validator, Optional<Bytes> before, Optional<Bytes> after) {
        if (!before.equals(after)) {
            memory.add(new Remembered(validator.bytes(), after));
        }
    }

    private Offence offence(Address validator, long height, int misses) {
        return new Offence(
                ID,
                "missed " + misses + " of the last " + parameters.window() + " blocks, may miss "
                        + parameters.mayMiss(),
                validator,
                height,
                Offence.Gravity.NEGLIGENCE,
                Optional.empty(),
                Optional.empty());
    }
}
