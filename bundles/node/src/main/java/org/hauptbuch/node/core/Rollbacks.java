package org.hauptbuch.node.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hauptbuch.api.block.RollbackCertificate;
import org.hauptbuch.api.block.RollbackVote;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Amounts;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.PublicKey;
import org.hauptbuch.ledger.LedgerView;
import org.hauptbuch.ledger.StateReader;
import org.hauptbuch.node.core.Peers.Peer;
import org.hauptbuch.node.signing.SigningGuard;
import org.hauptbuch.node.wire.WireMessage;

/**
 * Votes to go back to the fallback at the height that is not final yet, until there are enough of them. Works without
 * the rules of that height: a node that lacks them, or in which they fail, votes and counts too. Belongs to the loop.
 */
final class Rollbacks {
    private final Parts parts;
    private final String chainId;
    private final StateReader state;
    private final Runnable decided;
    private final SortedMap<Address, RollbackVote> votes = new TreeMap<>();
    private Optional<RollbackCertificate> certificate = Optional.empty();
    private Subject subject = new Subject(0, Hash.ZERO, Hash.ZERO);

    /** What is voted about. */
    private record Subject(long height, Hash from, Hash to) {
        private boolean isOf(RollbackVote vote) {
            return vote.height() == height
                    && vote.from().equals(from)
                    && vote.to().equals(to);
        }
    }

    /**
     * Nothing voted yet.
     *
     * @param decided is told that {@link #certificate()} is there
     */
    Rollbacks(Parts parts, String chainId, StateReader state, Runnable decided) {
        this.parts = parts;
        this.chainId = chainId;
        this.state = state;
        this.decided = decided;
    }

    /** A block is final, or the node starts: forgets what was about the height before. */
    void advanced() {
        LedgerView view = new LedgerView(state);
        Subject next = view.fallback()
                .map(fallback -> new Subject(view.height() + 1, view.ruleSet().id(), fallback.id()))
                .orElseGet(() -> new Subject(view.height() + 1, Hash.ZERO, Hash.ZERO));
        if (next.equals(subject)) {
            return;
        }
        subject = next;
        votes.clear();
        certificate = Optional.empty();
        parts.guard()
                .flatMap(guard -> guard.rollbackVote(subject.height))
                .filter(subject::isOf)
                .ifPresent(own -> votes.put(own.validator(), own));
    }

    /** Votes for this node's validator; returns the height. @throws PoSException where it cannot */
    long vote() {
        LedgerView view = new LedgerView(state);
        RuleSet fallback = view.fallback()
                .orElseThrow(() -> new PoSException(
                        PoSError.CONSENSUS_STATE_UPDATE_FAILED,
                        "there is no rule set to go back to: no plan has become active, or its rollback is done"));
        SigningGuard guard = parts.guard().orElseThrow(this::noValidator);
        PublicKey key = guard.signer().publicKey();
        Address self = view.validatorSet().members().stream()
                .filter(member -> member.key().equals(key))
                .findFirst()
                .map(ValidatorSet.Member::address)
                .orElseThrow(this::noValidator);
        RollbackVote vote = guard.voteToRollBack(subject.height, view.ruleSet().id(), fallback.id(), self);
        take(List.of(vote));
        parts.outbox().broadcast(new WireMessage.Rollbacks(List.of(vote)));
        return subject.height;
    }

    /** Whether this validator voted, so that it signs nothing of the height until enough others have, or it is final. */
    boolean isWaiting() {
        return certificate.isEmpty()
                && parts.guard()
                        .flatMap(guard -> guard.rollbackVote(subject.height))
                        .filter(subject::isOf)
                        .isPresent();
    }

    /** What it waits for, for people. */
    String describe() {
        ValidatorSet validators = new LedgerView(state).validatorSet();
        return "voted to go back to rule set " + subject.to.shortHex() + " at height " + subject.height
                + " and signs nothing of it before: " + power(validators) + " of " + validators.totalPower()
                + " of the power have voted, more than two thirds are needed";
    }

    /** What returns the height that is not final to the fallback, once enough have voted. */
    Optional<RollbackCertificate> certificate() {
        return certificate;
    }

    /** All votes of the height, for those that missed some. */
    List<RollbackVote> known() {
        return List.copyOf(votes.values());
    }

    /** Votes of a peer. */
    void received(Peer peer, List<RollbackVote> received, int bytes) {
        ValidatorSet validators = new LedgerView(state).validatorSet();
        List<RollbackVote> wanted = received.stream()
                .filter(vote -> subject.isOf(vote)
                        && validators.contains(vote.validator())
                        && !votes.containsKey(vote.validator()))
                .toList();
        if (wanted.isEmpty() || !parts.peers().begin(peer, bytes)) {
            return;
        }
        Subject about = subject;
        parts.environment().verify(() -> verified(about, validators, wanted), result -> {
            parts.peers().end(peer, bytes);
            List<RollbackVote> right = result.get();
            if (right.size() < wanted.size()) {
                parts.peers().offence(peer, "a vote to roll back whose signature is not its validator's");
            }
            if (about.equals(subject)) {
                take(right);
            }
        });
    }

    /**
     * Takes a certificate that came with a final block.
     *
     * @throws PoSException CONSENSUS_STATE_UPDATE_FAILED where it is for something else, or proves no quorum
     */
    void accept(RollbackCertificate found) {
        if (!new Subject(found.height(), found.from(), found.to()).equals(subject)) {
            throw new PoSException(
                    PoSError.CONSENSUS_STATE_UPDATE_FAILED,
                    "a rollback of height " + found.height() + " to "
                            + found.to().shortHex()
                            + " came where one of height " + subject.height + " to " + subject.to.shortHex()
                            + " would be right");
        }
        found.verify(chainId, new LedgerView(state).validatorSet(), parts.scheme());
        decide(found);
    }

    private void take(List<RollbackVote> right) {
        right.forEach(vote -> votes.put(vote.validator(), vote));
        ValidatorSet validators = new LedgerView(state).validatorSet();
        if (certificate.isEmpty() && !votes.isEmpty() && validators.isQuorum(power(validators))) {
            decide(RollbackCertificate.of(votes.values()));
        }
    }

    private void decide(RollbackCertificate found) {
        certificate = Optional.of(found);
        parts.guard().ifPresent(guard -> guard.leaveFirstRounds(found.height()));
        // as a step of its own: whoever found it may be in the middle of the height that ends
        parts.environment().post(decided);
    }

    private long power(ValidatorSet validators) {
        long power = 0;
        for (Address voter : votes.keySet()) {
            power = Amounts.add(power, validators.power(voter));
        }
        return power;
    }

    /** Off the loop. */
    private List<RollbackVote> verified(Subject about, ValidatorSet validators, List<RollbackVote> wanted) {
        Bytes message = RollbackVote.signBytes(chainId, about.height, about.from, about.to);
        List<RollbackVote> right = new ArrayList<>();
        for (RollbackVote vote : wanted) {
            PublicKey key = validators.member(vote.validator()).orElseThrow().key();
            if (parts.scheme().verify(key, message, vote.signature())) {
                right.add(vote);
            }
        }
        return right;
    }

    private PoSException noValidator() {
        return new PoSException(
                PoSError.INVALID_VALIDATOR_STATUS,
                parts.name() + " does not validate now, must be in the validator set to vote");
    }
}
