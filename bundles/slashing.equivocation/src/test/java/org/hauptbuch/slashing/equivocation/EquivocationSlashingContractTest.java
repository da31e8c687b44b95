package org.hauptbuch.slashing.equivocation;

import java.util.List;
import java.util.OptionalInt;
import org.hauptbuch.api.block.Proposal;
import org.hauptbuch.api.block.Vote;
import org.hauptbuch.api.block.VotePhase;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.finality.Equivocation;
import org.hauptbuch.api.rule.RuleFactory;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.tck.JdkEd25519;
import org.hauptbuch.tck.SlashingRuleContract;
import org.hauptbuch.tck.TestView;

final class EquivocationSlashingContractTest implements SlashingRuleContract {
    private static final long HEIGHT = 7;
    private static final JdkEd25519 SCHEME = new JdkEd25519();
    private static final Signer ALICE = SCHEME.signer(1);
    private static final Address ALICES = Address.of(ALICE.publicKey());

    @Override
    public RuleFactory factory() {
        return new EquivocationSlashingFactory();
    }

    @Override
    public List<Proof> proofs() {
        ValidatorSet alone = ValidatorSet.of(List.of(new ValidatorSet.Member(ALICES, ALICE.publicKey(), 10)));
        TestView view = new TestView().height(9).decidedBy(HEIGHT, alone).decidedBy(HEIGHT + 1, alone);
        return List.of(
                new Proof(view, Equivocation.of(vote(1), vote(2)), SCHEME),
                new Proof(view, Equivocation.of(proposal(1), proposal(2)), SCHEME));
    }

    private static Vote vote(int block) {
        Hash hash = Hash.sha256(new byte[] {(byte) block});
        return new Vote(
                VotePhase.PRECOMMIT,
                HEIGHT,
                0,
                hash,
                ALICES,
                ALICE.sign(Vote.signBytes("test-chain", VotePhase.PRECOMMIT, HEIGHT, 0, hash)));
    }

    private static Proposal proposal(int block) {
        Hash hash = Hash.sha256(new byte[] {(byte) block});
        return new Proposal(
                HEIGHT,
                0,
                OptionalInt.empty(),
                hash,
                ALICES,
                ALICE.sign(Proposal.signBytes("test-chain", HEIGHT, 0, OptionalInt.empty(), hash)));
    }
}
