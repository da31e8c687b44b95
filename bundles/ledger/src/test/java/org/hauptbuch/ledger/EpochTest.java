package org.hauptbuch.ledger;

import static org.hauptbuch.ledger.TestChain.ALICE;
import static org.hauptbuch.ledger.TestChain.BOB;
import static org.hauptbuch.ledger.TestChain.CAROL;
import static org.hauptbuch.ledger.TestChain.DAVE;
import static org.hauptbuch.ledger.TestChain.ERIN;
import static org.hauptbuch.ledger.TestChain.STAKE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hauptbuch.api.block.BlockHeader;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.chain.ValidatorStatus;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.reward.EpochSummary;
import org.hauptbuch.api.reward.Payout;
import org.hauptbuch.api.rule.ChainView;
import org.hauptbuch.api.rule.RuleChange;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.rule.RuleRef;
import org.hauptbuch.api.slashing.Observation;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.PublicKey;
import org.junit.jupiter.api.Test;

/** What the end of an epoch does. */
class EpochTest {
    private final TestRules rules = new TestRules();
    private final TestChain chain = new TestChain(rules);

    @Test
    void atMostTheMostValidatorsAreInTheSet() {
        chain.ok(DAVE, DAVE.registration(STAKE + 2));
        chain.ok(ERIN, ERIN.registration(STAKE + 1));
        chain.endEpoch();
        ValidatorSet set = chain.view.validatorSet();
        assertEquals(4, set.size());
        assertTrue(set.contains(DAVE.address()) && set.contains(ERIN.address()));
        // of three with equal stake the one with the highest address is out: by the rule's tie-break
        List<Actor> equals = new ArrayList<>(List.of(ALICE, BOB, CAROL));
        equals.sort((a, b) -> a.address().compareTo(b.address()));
        assertFalse(set.contains(equals.get(2).address()));
    }

    @Test
    void theLastSetStaysWhereNobodyMayStand() {
        ValidatorSet last = chain.view.validatorSet();
        for (Actor actor : List.of(ALICE, BOB, CAROL)) {
            chain.ok(actor, new Payload.Unstake(STAKE));
        }
        chain.endEpoch();
        assertEquals(last, chain.view.validatorSet());
        chain.endEpoch();
        assertEquals(last, chain.view.validatorSet());
        chain.ok(BOB, new Payload.Stake(STAKE));
        chain.endEpoch();
        assertEquals(1, chain.view.validatorSet().size());
    }

    @Test
    void aPoolOfNobodyEarnsNothingAndItsPartIsCarriedOver() {
        chain.ok(ALICE, new Payload.Unstake(STAKE));
        long paid = chain.view.validators().stream()
                .mapToLong(v -> v.metrics().rewards())
                .sum();
        assertEquals(0, paid);
        chain.endEpoch();
        assertEquals(1, chain.validator(ALICE).metrics().rewards(), "commission only");
        assertEquals(17, chain.validator(BOB).metrics().rewards());
        assertEquals(51 - 1 - 17 - 17, chain.view.feePot());
        assertEquals(50, chain.view.issued());
    }

    @Test
    void theRewardRuleSeesTheEpoch() {
        EpochSummary[] seen = new EpochSummary[1];
        rules.reward = new TestRules.Reward() {
            @Override
            public List<Payout> divide(EpochSummary epoch, long pot) {
                seen[0] = epoch;
                assertEquals(53, pot);
                return List.of();
            }
        };
        chain.generation = rules.generation();
        chain.voters = Optional.of(Set.of(ALICE.address(), BOB.address()));
        chain.proposer = CAROL.address();
        chain.ok(DAVE, new Payload.Delegate(BOB.address(), 70));
        chain.ok(DAVE, new Payload.Transfer(ERIN.address(), 1));
        chain.ok(DAVE, new Payload.Transfer(ERIN.address(), 1));
        chain.endEpoch();
        EpochSummary summary = seen[0];
        assertEquals(0, summary.epoch());
        assertEquals(5, summary.blocks());
        assertEquals(10, summary.blockReward());
        assertEquals(3 * STAKE + 70, summary.bonded());
        assertEquals(3 * STAKE + 5 * TestChain.BALANCE, summary.supply());
        for (EpochSummary.Participant p : summary.participants()) {
            boolean carol = p.validator().address().equals(CAROL.address());
            assertEquals(STAKE, p.power());
            assertEquals(carol ? 5 : 0, p.proposed());
            assertEquals(carol ? 0 : 4, p.signed());
            assertEquals(carol ? 4 : 0, p.validator().metrics().blocksMissed());
        }
        assertEquals(53, chain.view.feePot(), "what is not divided is carried over");
    }

    private Bytes output(Address proposer, long height) {
        PublicKey key = chain.view.validator(proposer).orElseThrow().consensusKey();
        Hash seed = chain.view.seedOf(chain.view.parameters().epochOf(height)).orElseThrow();
        Bytes alpha = BlockHeader.revealBytes(TestChain.CHAIN_ID, seed, height, 0);
        return new FakeScheme()
                .proofOutput(key, alpha, FakeScheme.prove(key, alpha))
                .orElseThrow();
    }

    /** The output counts and not its proof; a proof of another height, round, seed, chain or key, or none at all, is refused. */
    @Test
    void aRevealIsTheProposersForTheRound() {
        BlockInput good = chain.input(List.of(), List.of());
        BlockHeader h = good.header();
        Address other = BOB.address().equals(h.proposer()) ? ALICE.address() : BOB.address();
        PublicKey key = chain.view.validator(h.proposer()).orElseThrow().consensusKey();
        PublicKey othersKey = chain.view.validator(other).orElseThrow().consensusKey();
        Hash seed = chain.view.seed();
        Bytes alpha = BlockHeader.revealBytes(TestChain.CHAIN_ID, seed, h.height(), 0);
        for (Bytes wrong : List.of(
                Bytes.EMPTY,
                FakeScheme.sign(key, alpha),
                FakeScheme.prove(othersKey, alpha),
                FakeScheme.prove(key, BlockHeader.revealBytes(TestChain.CHAIN_ID, seed, h.height() + 1, 0)),
                FakeScheme.prove(key, BlockHeader.revealBytes(TestChain.CHAIN_ID, seed, h.height(), 1)),
                FakeScheme.prove(key, BlockHeader.revealBytes(TestChain.CHAIN_ID, Hash.ZERO, h.height(), 0)),
                FakeScheme.prove(key, BlockHeader.revealBytes("other", seed, h.height(), 0)))) {
            refused("header.reveal is " + wrong, with(h, h.proposer(), wrong));
        }
        refused("header.proposer is " + ERIN.address(), with(h, ERIN.address(), h.reveal()));
        chain.execute(good);
    }

    private void refused(String detail, BlockHeader header) {
        BlockInput input = new BlockInput(header, Optional.empty(), List.of(), List.of());
        PoSException e =
                assertThrows(PoSException.class, () -> chain.ledger.execute(chain.state, chain.generation, input));
        assertEquals(PoSError.INVALID_BLOCK, e.error());
        assertTrue(e.getMessage().contains(detail), e.getMessage());
    }

    private static BlockHeader with(BlockHeader h, Address proposer, Bytes reveal) {
        return new BlockHeader(
                h.chainId(),
                h.height(),
                h.round(),
                h.epoch(),
                h.parent(),
                h.timeMillis(),
                proposer,
                h.transactionsRoot(),
                h.evidenceRoot(),
                h.stateRoot(),
                h.validatorsRoot(),
                h.ruleSetId(),
                reveal,
                h.lastCertificate());
    }

    @Test
    void theSeedIsTheMixOfTwoEpochsBefore() {
        Hash genesisSeed = Hash.sha256(Bytes.EMPTY);
        assertEquals(Hash.sha256(genesisSeed.toArray(), new Writer().u64(0).toArray()), chain.view.seed());
        Hash second = Hash.sha256(genesisSeed.toArray(), new Writer().u64(1).toArray());
        assertEquals(Optional.of(second), chain.view.seedOf(1));
        assertEquals(Optional.empty(), chain.view.seedOf(2));
        Hash mix = genesisSeed;
        for (int height = 1; height <= 5; height++) {
            chain.block();
            mix = Hash.sha256(mix.toArray(), output(chain.proposer, height).toArray());
        }
        assertEquals(1, chain.view.epoch());
        assertEquals(second, chain.view.seed());
        assertEquals(Optional.of(mix), chain.view.seedOf(2));
        chain.endEpoch();
        assertEquals(mix, chain.view.seed());
        assertNotEquals(Optional.of(mix), chain.view.seedOf(3));
    }

    @Test
    void aRuleThatIsRemovedIsForgotten() {
        Bytes key = Bytes.of(new byte[] {1});
        List<Boolean> knew = new ArrayList<>();
        rules.sees = (view, facts) -> {
            knew.add(view.memory(key).isPresent());
            return new Observation(List.of(), List.of(new Observation.Remembered(key, Optional.of(key))));
        };
        RuleRef rule = TestRules.ref(RuleKind.SLASHING, TestRules.CONDITION);
        chain.adopt(RuleChange.Operation.REMOVE, rule);
        chain.endEpoch();
        assertFalse(knew.get(0));
        assertTrue(knew.get(knew.size() - 1));
        knew.clear();
        chain.follow();
        chain.adopt(RuleChange.Operation.ADOPT, rule);
        chain.endEpoch();
        assertEquals(List.of(), knew);
        chain.follow();
        chain.block();
        assertEquals(List.of(false, false), knew, "each block is executed twice here");
    }

    @Test
    void eligibilityIsLookedAtAnewWhenTheRuleChanged() {
        rules.staking = new TestRules.Staking() {
            @Override
            public ValidatorStatus eligibility(ChainView view, Validator validator, long own) {
                return validator.id().equals("bob") ? ValidatorStatus.ACTIVE : ValidatorStatus.INACTIVE;
            }
        };
        chain.generation = rules.generation();
        chain.endEpoch();
        assertEquals(1, chain.view.validatorSet().size());
        assertEquals(ValidatorStatus.INACTIVE, chain.validator(ALICE).status());
    }
}
