package org.hauptbuch.rules.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.hauptbuch.api.block.BlockHeader;
import org.hauptbuch.api.block.Proposal;
import org.hauptbuch.api.block.Vote;
import org.hauptbuch.api.block.VotePhase;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.finality.Equivocation;
import org.hauptbuch.api.slashing.InvalidProposal;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.PublicKey;

/** Evidence of the types that a node reports, right and wrong. */
final class MadeUpEvidence {
    private static final long HEIGHT = 17;

    private final World world;
    private final List<ValidatorSet.Member> members;
    private final MadeUpView view;

    MadeUpEvidence(World world) {
        this.world = world;
        this.members = world.keys(4).stream().map(key -> member(key, 10)).toList();
        this.view = world.view(HEIGHT + 2, members);
    }

    /** The chain on which it happened. */
    MadeUpView view() {
        return view;
    }

    List<Evidence> all() {
        List<Evidence> all = new ArrayList<>();
        ValidatorSet.Member stranger = member(world.key(), 10);
        for (ValidatorSet.Member who : List.of(members.get(0), members.get(1), stranger)) {
            all.add(votes(who, HEIGHT, HEIGHT, 0, world.hash()));
            all.add(proposals(who));
            all.add(invalid(who, 0));
        }
        ValidatorSet.Member who = members.get(2);
        // no offence: two heights, two rounds, the same block twice, another's signature, a block as it should be
        all.add(votes(who, HEIGHT, HEIGHT - 1, 0, world.hash()));
        all.add(votes(who, HEIGHT, HEIGHT, 1, world.hash()));
        all.add(votes(who, HEIGHT, HEIGHT, 0, block()));
        all.add(forged(who, members.get(3)));
        all.add(invalid(who, view.parameters().epochOf(HEIGHT)));
        // before the epoch in which the last member joined
        all.add(votes(members.get(3), 3, 3, 0, world.hash()));
        return all;
    }

    /** What is no message at all. */
    Evidence garbage(String type) {
        return new Evidence(
                type, members.get(0).address(), HEIGHT, world.draws().bytes(200));
    }

    private Evidence votes(ValidatorSet.Member who, long height, long otherHeight, int otherRound, Hash other) {
        Vote a = vote(who, VotePhase.PRECOMMIT, height, 0, block());
        Vote b = vote(who, VotePhase.PRECOMMIT, otherHeight, otherRound, other);
        return Equivocation.of(a, b);
    }

    private Evidence forged(ValidatorSet.Member accused, ValidatorSet.Member forger) {
        Vote a = vote(accused, VotePhase.PREVOTE, HEIGHT, 0, block());
        Vote b = vote(forger, VotePhase.PREVOTE, HEIGHT, 0, world.hash());
        return Equivocation.of(a, new Vote(b.phase(), HEIGHT, 0, b.block(), accused.address(), b.signature()));
    }

    private Evidence proposals(ValidatorSet.Member who) {
        return Equivocation.of(proposal(who, 1, block()), proposal(who, 1, world.hash()));
    }

    private Evidence invalid(ValidatorSet.Member who, long epoch) {
        BlockHeader header = header(block(), HEIGHT, epoch, who, view);
        return InvalidProposal.of(proposal(who, 0, header.hash()), header);
    }

    private static Hash block() {
        return Hash.sha256(new byte[] {2});
    }

    private static Proposal proposal(ValidatorSet.Member who, int round, Hash block) {
        OptionalInt none = OptionalInt.empty();
        Bytes signed = Proposal.signBytes(World.CHAIN, HEIGHT, round, none, block);
        return new Proposal(HEIGHT, round, none, block, who.address(), MadeUpScheme.sign(who.key(), signed));
    }

    static ValidatorSet.Member member(PublicKey key, long power) {
        return new ValidatorSet.Member(Address.of(key), key, power);
    }

    static Vote vote(ValidatorSet.Member who, VotePhase phase, long height, int round, Hash block) {
        Bytes signed = Vote.signBytes(World.CHAIN, phase, height, round, block);
        return new Vote(phase, height, round, block, who.address(), MadeUpScheme.sign(who.key(), signed));
    }

    /** A header that is as it should be where {@code epoch} is the height's. */
    static BlockHeader header(Hash parent, long height, long epoch, ValidatorSet.Member proposer, MadeUpView view) {
        Hash validators = view.validatorSet().root();
        Bytes reveal =
                MadeUpScheme.prove(proposer.key(), BlockHeader.revealBytes(World.CHAIN, MadeUpView.SEED, height, 0));
        return new BlockHeader(
                World.CHAIN,
                height,
                0,
                epoch,
                parent,
                view.timeMillis() + (height - view.height()) * World.BLOCK_MILLIS,
                proposer.address(),
                Hash.sha256(new byte[] {3}),
                Hash.sha256(new byte[] {4}),
                Hash.ZERO,
                validators,
                MadeUpView.RULE_SET,
                reveal,
                height == 1 ? Hash.ZERO : Hash.sha256(new byte[] {5}));
    }
}
