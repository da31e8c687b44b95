package org.hauptbuch.node.core;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.block.Proposal;
import org.hauptbuch.api.block.Vote;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.crypto.SignedMessage;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.finality.Message;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.selection.PrivateSchedule;
import org.hauptbuch.api.selection.PublicSchedule;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.PublicKey;
import org.hauptbuch.node.block.BlockContext;
import org.hauptbuch.node.chain.CandidateBlock;
import org.hauptbuch.node.core.Peers.Peer;
import org.hauptbuch.node.metrics.Metric;
import org.hauptbuch.node.wire.WireMessage;

/**
 * What peers say about the height being decided: kept until its height begins, checked, verified off the loop, and
 * handed to the {@link HeightDriver}. Belongs to the loop.
 */
final class Deliberation {
    /** A proposal or vote may be so many rounds ahead: the schedule is asked for no more. */
    private static final int MAX_ROUNDS_AHEAD = 1_000;

    private static final int MAX_SEEN = 100_000;

    private final Parts parts;
    private final DoppelgangerWatch watch;
    private final HeightDriver.Host host;
    private final FutureMessages future;
    private final Set<Object> seen = new HashSet<>();
    private ParentVotes parentVotes = new ParentVotes(Optional.empty(), Optional.empty());
    private HeightDriver driver;
    private Optional<Address> own = Optional.empty();

    /** An offer whose signatures and credential are right. */
    private record Verified(long rank, Optional<CandidateBlock> block) {}

    Deliberation(Parts parts, DoppelgangerWatch watch, HeightDriver.Host host) {
        this.parts = parts;
        this.watch = watch;
        this.host = host;
        this.future = new FutureMessages(parts.metrics());
    }

    /** The height being decided, if one is. */
    Optional<HeightDriver> driver() {
        return Optional.ofNullable(driver);
    }

    /** The validator whose key this node has, at the height that began last, whether it signs or not. */
    Optional<Address> own() {
        return own;
    }

    /** The parent's certificate, with the votes that came late. */
    Optional<Certificate> parentCertificate() {
        return parentVotes.certificate();
    }

    /** Begins the height of {@code context}. */
    void enter(BlockContext context, long startDelayMillis) {
        leave();
        parentVotes = new ParentVotes(context.parentCertificate(), context.parentValidators());
        own = parts.guard().flatMap(guard -> {
            PublicKey key = guard.signer().publicKey();
            return context.validators().members().stream()
                    .filter(member -> member.key().equals(key))
                    .map(ValidatorSet.Member::address)
                    .findFirst();
        });
        boolean signs = watch.begins(context.height())
                && parts.guard()
                        .filter(guard -> guard.firstOpenHeight() <= context.height())
                        .isPresent();
        driver = new HeightDriver(parts, context, own.filter(self -> signs), parentVotes, host);
        HeightDriver begun = driver;
        driver.begin(startDelayMillis);
        if (driver == begun) {
            future.take(context.height()).forEach(entry -> parts.peers()
                    .ifConnected(entry.peer())
                    .ifPresent(peer -> receive(peer, entry.message(), entry.bytes())));
        }
    }

    /** Stops deciding. */
    void leave() {
        if (driver != null) {
            driver.close();
            driver = null;
        }
        seen.clear();
    }

    /** Forgets the parent too, with the rules that it refers to. */
    void release() {
        leave();
        parentVotes = new ParentVotes(Optional.empty(), Optional.empty());
    }

    /** An offer or votes of a peer, in a message of {@code bytes}. */
    void receive(Peer peer, WireMessage message, int bytes) {
        if (driver == null) {
            return;
        }
        if (message instanceof WireMessage.Offer offer) {
            offer(peer, offer, bytes);
        } else if (message instanceof WireMessage.Votes votes) {
            votes(peer, votes.votes(), bytes);
        }
    }

    /** A block that was asked for. */
    void candidate(Peer peer, WireMessage.Candidate message) {
        HeightDriver asking = driver;
        int bytes = message.block().length();
        if (asking == null
                || message.height() != asking.context().height()
                || !parts.peers().begin(peer, bytes)) {
            return;
        }
        parts.environment().verify(() -> CandidateBlock.decode(message.block()), result -> {
            parts.peers().end(peer, bytes);
            if (result.failure() != null) {
                parts.peers().offence(peer, result.failure().getMessage());
            } else if (!asking.isClosed() && !asking.candidates().take(result.get())) {
                parts.peers().unsolicited(peer, "a block that was not asked for");
            }
        });
    }

    /** Tells {@code peer}, which is at the same height, all that it may have missed. */
    void help(Peer peer) {
        if (driver == null) {
            return;
        }
        List<Vote> votes = new ArrayList<>();
        for (Message message : driver.known()) {
            if (message instanceof Message.Ballot ballot) {
                votes.add(ballot.vote());
            } else {
                parts.outbox().send(peer.name, driver.candidates().toWire(message, false));
            }
        }
        WireMessage.Votes.split(votes).forEach(message -> parts.outbox().send(peer.name, message));
    }

    private void offer(Peer peer, WireMessage.Offer offer, int bytes) {
        HeightDriver asked = driver;
        BlockContext context = asked.context();
        Proposal proposal = offer.proposal();
        if (proposal.height() == context.height() + 1) {
            future.add(peer.name, proposal.height(), offer, bytes);
            return;
        }
        boolean known = seen.contains(proposal);
        if (proposal.height() != context.height()
                || proposal.round() > asked.round() + MAX_ROUNDS_AHEAD
                || !known && asked.candidates().isFlooded(proposal)
                || known && !(offer.block().isPresent() && asked.candidates().isWanted(proposal.block()))) {
            return;
        }
        Optional<String> wrong = wrongProposer(context, offer);
        if (wrong.isPresent()) {
            parts.peers().offence(peer, wrong.get());
            return;
        }
        if (parts.peers().begin(peer, bytes)) {
            boolean withBlock = asked.candidates().wants(proposal);
            parts.environment().verify(() -> verified(context, offer, withBlock), result -> {
                parts.peers().end(peer, bytes);
                offered(peer, asked, offer, result);
            });
        }
    }

    /** What is wrong with who makes this offer, as far as it shows before the credential is verified. */
    private Optional<String> wrongProposer(BlockContext context, WireMessage.Offer offer) {
        Proposal proposal = offer.proposal();
        if (!(context.schedule() instanceof PublicSchedule known)) {
            return context.validators().contains(proposal.proposer())
                    ? Optional.empty()
                    : Optional.of("a proposal of " + proposal.proposer() + ", who is no validator");
        }
        Address due = parts.calls()
                .ask(RuleKind.SELECTION, "the schedule", () -> known.proposer(proposal.height(), proposal.round()));
        if (!proposal.proposer().equals(due)) {
            return Optional.of("a proposal of " + proposal.proposer() + " where " + due + " is due");
        }
        return offer.credential().length() == 0
                ? Optional.empty()
                : Optional.of("a proposal with a credential where the proposer is known without");
    }

    /** Off the loop: the signatures of an offer; its block, where it is the one that was signed. */
    private Verified verified(BlockContext context, WireMessage.Offer offer, boolean withBlock) {
        Proposal proposal = offer.proposal();
        PublicKey key =
                context.validators().member(proposal.proposer()).orElseThrow().key();
        if (!parts.scheme().verify(key, proposal.signBytes(context.chainId()), proposal.signature())) {
            throw new PoSException(PoSError.INVALID_BLOCK, "the signature of a proposal is not its proposer's");
        }
        long rank = rank(context, offer, key);
        offer.proofOfLock().ifPresent(proof -> {
            if (proof.height() != proposal.height()
                    || proposal.validRound().isEmpty()
                    || proof.round() != proposal.validRound().getAsInt()
                    || !proof.block().equals(proposal.block())) {
                throw new PoSException(PoSError.INVALID_BLOCK, "the proof of lock is not about the proposal");
            }
            proof.verify(context.chainId(), context.validators(), parts.scheme());
        });
        if (!withBlock || offer.block().isEmpty()) {
            return new Verified(rank, Optional.empty());
        }
        CandidateBlock block = CandidateBlock.decode(offer.block().get());
        if (!block.hash().equals(proposal.block())) {
            throw new PoSException(PoSError.INVALID_BLOCK, "the block beside a proposal is not the one proposed");
        }
        return new Verified(rank, Optional.of(block));
    }

    /** What the credential of an offer is worth: a proof of this validator, for this round, that lets it propose. */
    private long rank(BlockContext context, WireMessage.Offer offer, PublicKey key) {
        if (!(context.schedule() instanceof PrivateSchedule drawn)) {
            return 0;
        }
        Proposal proposal = offer.proposal();
        Bytes output = parts.scheme()
                .proofOutput(key, context.reveal(proposal.round()), offer.credential())
                .orElseThrow(() -> new PoSException(
                        PoSError.INVALID_BLOCK,
                        "the credential of a proposal is not its proposer's proof for the round"));
        return parts.calls()
                .ask(
                        RuleKind.SELECTION,
                        "the schedule",
                        () -> drawn.rank(proposal.height(), proposal.round(), proposal.proposer(), output))
                .orElseThrow(() -> new PoSException(
                        PoSError.INVALID_BLOCK,
                        "a proposal of " + proposal.proposer() + ", whose draw does not let it propose in round "
                                + proposal.round()));
    }

    private void offered(Peer peer, HeightDriver asked, WireMessage.Offer offer, Result<Verified> result) {
        if (result.failure() != null) {
            parts.peers().offence(peer, result.failure().getMessage());
            return;
        }
        if (asked.isClosed()) {
            return;
        }
        Proposal proposal = offer.proposal();
        Message.Offer verified =
                new Message.Offer(proposal, offer.proofOfLock(), offer.credential(), result.get().rank);
        Optional<CandidateBlock> block =
                result.get().block.filter(b -> asked.candidates().isAmongTheBest(proposal, verified.rank()));
        if (block.isPresent() && block.get().block().header().round() > proposal.round()) {
            host.refused(
                    proposal,
                    block.get(),
                    PoSException.outOfRange(
                            PoSError.INVALID_BLOCK,
                            "header.round",
                            block.get().block().header().round(),
                            "at most " + proposal.round() + ", the round of the proposal"));
            return;
        }
        boolean fresh = remember(proposal);
        block.ifPresent(b -> {
            if (!asked.candidates().take(b)) {
                asked.candidates().add(b);
            }
        });
        if (fresh) {
            parts.timings().heard();
            asked.candidates().offered(verified);
            if (own.filter(proposal.proposer()::equals).isPresent()) {
                watch.heard(verified);
            }
            asked.receive(verified);
        }
    }

    private void votes(Peer peer, List<Vote> votes, int bytes) {
        HeightDriver asked = driver;
        BlockContext context = asked.context();
        ParentVotes parent = parentVotes;
        List<Vote> later = new ArrayList<>();
        List<Vote> wanted = new ArrayList<>();
        for (Vote vote : votes) {
            if (vote.height() == context.height() + 1) {
                later.add(vote);
            } else if (vote.height() == context.height()
                    ? vote.round() <= asked.round() + MAX_ROUNDS_AHEAD
                            && context.validators().contains(vote.validator())
                            && !seen.contains(vote)
                    : parent.wants(vote)) {
                wanted.add(vote);
            }
        }
        if (!later.isEmpty()) {
            future.add(peer.name, context.height() + 1, new WireMessage.Votes(later), bytes);
        }
        if (wanted.isEmpty() || !parts.peers().begin(peer, bytes)) {
            return;
        }
        parts.environment().verify(() -> verified(context, parent, wanted), result -> {
            parts.peers().end(peer, bytes);
            List<Vote> right = result.get();
            if (right.size() < wanted.size()) {
                parts.peers().offence(peer, "a vote whose signature is not its validator's");
            }
            for (Vote vote : right) {
                if (own.filter(vote.validator()::equals).isPresent()) {
                    watch.heard(new Message.Ballot(vote));
                }
                if (vote.height() != context.height()) {
                    parent.add(vote);
                } else if (!asked.isClosed() && remember(vote)) {
                    asked.receive(new Message.Ballot(vote));
                } else if (asked.isClosed()) {
                    // decided by others' votes while this one was being verified
                    parentVotes.add(vote);
                }
            }
        });
    }

    /** Off the loop: those votes whose signature is right. */
    private List<Vote> verified(BlockContext context, ParentVotes parent, List<Vote> votes) {
        boolean[] answers = parts.scheme()
                .verifyAll(votes.stream()
                        .map(vote -> new SignedMessage(
                                vote.height() == context.height()
                                        ? context.validators()
                                                .member(vote.validator())
                                                .orElseThrow()
                                                .key()
                                        : parent.member(vote).key(),
                                vote.signBytes(context.chainId()),
                                vote.signature()))
                        .toList());
        List<Vote> right = new ArrayList<>();
        for (int i = 0; i < answers.length; i++) {
            if (answers[i]) {
                right.add(votes.get(i));
            }
        }
        parts.metrics().add(Metric.VOTES_VERIFIED, votes.size());
        return right;
    }

    private boolean remember(Object message) {
        if (seen.size() >= MAX_SEEN) {
            seen.clear();
        }
        return seen.add(message);
    }
}
