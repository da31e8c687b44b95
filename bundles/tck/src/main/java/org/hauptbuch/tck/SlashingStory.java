package org.hauptbuch.tck;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.block.VotePhase;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.chain.ValidatorSet.Member;
import org.hauptbuch.api.slashing.BlockFacts;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;

/** Blocks of {@link SlashingRuleContract}: two and a half epochs of a chain of seven, of which some are negligent. */
final class SlashingStory {
    private static final int VALIDATORS = 7;
    private static final long LAST = 250;

    /** Told of every block, in order. */
    interface Listener {
        void block(long height, BlockFacts facts);
    }

    private final Random random;
    private final boolean dutiful;

    SlashingStory(long seed) {
        this(seed, false);
    }

    private SlashingStory(long seed, boolean dutiful) {
        this.random = new Random(seed);
        this.dutiful = dutiful;
    }

    /** The story in which everybody signs everything and every block is full. */
    static SlashingStory dutiful() {
        return new SlashingStory(0, true);
    }

    /** The chain before its first block. Number 7 joins with the second epoch. */
    static TestView chain() {
        TestView view = new TestView();
        for (int n = 1; n <= VALIDATORS; n++) {
            view.with(TestView.validator(n));
        }
        for (long height = 1; height <= LAST; height++) {
            view.decidedBy(height, set(height));
        }
        return view;
    }

    /** The chain while it executes the block of {@code height}; number 3 is in jail for a while. */
    static TestView at(TestView view, long height) {
        boolean jailed = height > 120 && height <= 170;
        return view.height(height)
                .timeMillis(1_000_000_000_000L + height * 12_000)
                .with(jailed ? TestView.validator(3).jailedUntil(2) : TestView.validator(3));
    }

    void tell(Listener listener) {
        for (long height = 1; height <= LAST; height++) {
            TestView view = at(new TestView(), height);
            List<Member> members = set(height).members();
            Member proposer = members.get((int) (height % members.size()));
            // number 1 leaves its blocks empty, the others now and then
            boolean empty = proposer.address().equals(TestView.address(1)) || random.nextInt(4) == 0;
            listener.block(
                    height,
                    new BlockFacts(
                            view.header(proposer.address()),
                            empty && !dutiful ? 0 : 5,
                            empty && !dutiful ? 0 : 2_500_000,
                            height == 1 ? Optional.empty() : Optional.of(certificate(height - 1)),
                            height == 1 ? Optional.empty() : Optional.of(set(height - 1))));
        }
    }

    private Certificate certificate(long height) {
        List<Certificate.VoterSignature> signatures = new ArrayList<>();
        for (Member member : set(height).members()) {
            // number 2 is away for most of the time, the others now and then
            boolean away = member.address().equals(TestView.address(2)) ? height % 10 != 0 : random.nextInt(20) == 0;
            if (dutiful || !away) {
                signatures.add(new Certificate.VoterSignature(member.address(), Bytes.EMPTY));
            }
        }
        VotePhase last = VotePhase.values()[VotePhase.values().length - 1];
        return new Certificate(last, height, 0, Hash.sha256(new byte[] {(byte) height}), signatures);
    }

    private static ValidatorSet set(long height) {
        return TestView.set(height > 100 ? VALIDATORS : VALIDATORS - 1, 10);
    }
}
