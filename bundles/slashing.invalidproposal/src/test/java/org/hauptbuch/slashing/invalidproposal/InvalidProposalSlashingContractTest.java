package org.hauptbuch.slashing.invalidproposal;

import java.util.List;
import java.util.OptionalInt;
import org.hauptbuch.api.block.BlockHeader;
import org.hauptbuch.api.block.Proposal;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.rule.RuleFactory;
import org.hauptbuch.api.slashing.InvalidProposal;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.tck.JdkEd25519;
import org.hauptbuch.tck.SlashingRuleContract;
import org.hauptbuch.tck.TestView;

final class InvalidProposalSlashingContractTest implements SlashingRuleContract {
    private static final long HEIGHT = 7;
    private static final JdkEd25519 SCHEME = new JdkEd25519();
    private static final Signer ALICE = SCHEME.signer(1);
    private static final Address ALICES = Address.of(ALICE.publicKey());

    @Override
    public RuleFactory factory() {
        return new InvalidProposalSlashingFactory();
    }

    /** An honest signature under a header without a reveal. */
    @Override
    public List<Proof> proofs() {
        ValidatorSet alone = ValidatorSet.of(List.of(new ValidatorSet.Member(ALICES, ALICE.publicKey(), 10)));
        TestView view = new TestView()
                .height(9)
                .seeded(0, Hash.ZERO)
                .decidedBy(HEIGHT, alone)
                .decidedBy(HEIGHT + 1, alone);
        BlockHeader header = view.copy().height(HEIGHT).header(ALICES);
        Bytes signature = ALICE.sign(Proposal.signBytes("test-chain", HEIGHT, 0, OptionalInt.empty(), header.hash()));
        Proposal proposal = new Proposal(HEIGHT, 0, OptionalInt.empty(), header.hash(), ALICES, signature);
        return List.of(new Proof(view, InvalidProposal.of(proposal, header), SCHEME));
    }
}
