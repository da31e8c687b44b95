package org.hauptbuch.ledger;

import static org.hauptbuch.ledger.TestChain.ALICE;
import static org.hauptbuch.ledger.TestChain.BOB;
import static org.hauptbuch.ledger.TestChain.DAVE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.chain.Offence;
import org.hauptbuch.api.chain.Pool;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.chain.ValidatorStatus;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.reward.Accumulator;
import org.hauptbuch.api.reward.EpochSummary;
import org.hauptbuch.api.reward.Payout;
import org.hauptbuch.api.rule.ChainView;
import org.hauptbuch.api.slashing.Observation;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.junit.jupiter.api.Test;

/** A rule with a bug stops the node, and never makes a block that another node would not make. */
class RuleFailureTest {
    private final TestRules rules = new TestRules();
    private final TestChain chain = new TestChain(rules);

    private void halts(String detail, Runnable work) {
        chain.generation = rules.generation();
        PoSException e = assertThrows(PoSException.class, work::run);
        assertEquals(PoSError.CONSENSUS_STATE_UPDATE_FAILED, e.error(), e.getMessage());
        assertTrue(e.getMessage().contains(detail), e.getMessage());
    }

    private void atEpochEnd(String detail) {
        halts(detail, chain::endEpoch);
    }

    private void inDelegation(String detail) {
        halts(detail, () -> chain.block(chain.tx(DAVE, new Payload.Delegate(ALICE.address(), 10))));
    }

    @Test
    void whatIsNoRefusalIsAFailureThatNamesTheRule() {
        rules.delegation = new TestRules.Delegation() {
            @Override
            public void checkDelegate(ChainView view, Address delegator, Validator validator, long amount) {
                throw new IllegalStateException("a bug");
            }
        };
        inDelegation("rule delegation.test failed: java.lang.IllegalStateException: a bug");
        rules.delegation = new TestRules.Delegation() {
            @Override
            public void checkDelegate(ChainView view, Address delegator, Validator validator, long amount) {
                throw new NoClassDefFoundError("its bundle is gone");
            }
        };
        inDelegation("rule delegation.test failed: java.lang.NoClassDefFoundError");
    }

    @Test
    void aPoolsAnswersAreHeldToTheirRange() {
        rules.delegation = new TestRules.Delegation() {
            @Override
            public long sharesFor(Pool pool, long tokens) {
                return 0;
            }
        };
        inDelegation("sharesFor is 0, must be 1 or more");
        rules.delegation = new TestRules.Delegation() {
            @Override
            public long tokensFor(Pool pool, long shares) {
                return pool.tokens() + 1;
            }
        };
        inDelegation("tokensFor is ");
        rules.delegation = new TestRules.Delegation() {
            @Override
            public long maturityEpoch(ChainView view) {
                return view.epoch() - 1;
            }

            @Override
            public long sharesToRedeem(Pool pool, long tokens) {
                return 0;
            }
        };
        chain.generation = rules.generation();
        chain.ok(DAVE, new Payload.Delegate(ALICE.address(), 10));
        halts(
                "sharesToRedeem is 0, must be 1 to 10",
                () -> chain.block(chain.tx(DAVE, new Payload.Undelegate(ALICE.address(), 5))));
        halts(
                "maturityEpoch is -1, must be 0 to",
                () -> chain.block(chain.tx(DAVE, new Payload.Undelegate(ALICE.address(), 10))));
    }

    @Test
    void tooManySharesAreARefusalAndNoFailure() {
        rules.delegation = new TestRules.Delegation() {
            @Override
            public long sharesFor(Pool pool, long tokens) {
                return Long.MAX_VALUE;
            }
        };
        chain.generation = rules.generation();
        chain.fails(
                PoSError.DELEGATION_FAILED,
                "and 9223372036854775807 more",
                DAVE,
                new Payload.Delegate(ALICE.address(), 10));
    }

    @Test
    void theStakingRuleCannotJail() {
        rules.staking = new TestRules.Staking() {
            @Override
            public ValidatorStatus eligibility(ChainView view, Validator validator, long ownStake) {
                return ValidatorStatus.BANNED;
            }
        };
        atEpochEnd("eligibility is BANNED, must be ACTIVE or INACTIVE");
    }

    @Test
    void anElectionIsAmongTheCandidates() {
        for (String kind : List.of("twice", "more power", "stranger", "too many", "null")) {
            rules.selection = new TestRules.Selection() {
                @Override
                public List<ValidatorSet.Member> elect(List<ValidatorSet.Member> candidates, int most) {
                    List<ValidatorSet.Member> elected = new ArrayList<>(candidates);
                    ValidatorSet.Member first = elected.get(0);
                    switch (kind) {
                        case "twice":
                            elected.add(first);
                            break;
                        case "more power":
                            elected.set(0, new ValidatorSet.Member(first.address(), first.key(), first.power() + 1));
                            break;
                        case "stranger":
                            elected.set(0, new ValidatorSet.Member(DAVE.address(), DAVE.consensusKey(), 1));
                            break;
                        case "too many":
                            elected.addAll(candidates);
                            break;
                        default:
                            return null;
                    }
                    return elected;
                }
            };
            chain.generation = rules.generation();
            while (chain.view.height() % 5 != 4) {
                chain.block();
            }
            halts("rule selection.test failed", chain::block);
        }
    }

    @Test
    void rewardsAreAmongTheParticipantsAndOutOfThePot() {
        List<Payout> wrong = List.of(
                new Payout(DAVE.address(), 1, 1),
                new Payout(ALICE.address(), 51, 0),
                new Payout(ALICE.address(), 0, 51),
                new Payout(ALICE.address(), 50, 1),
                new Payout(ALICE.address(), -1, 1));
        while (chain.view.height() % 5 != 4) {
            chain.block();
        }
        for (Payout payout : wrong) {
            rules.reward = new TestRules.Reward() {
                @Override
                public List<Payout> divide(EpochSummary epoch, long pot) {
                    return List.of(payout);
                }
            };
            halts("rule reward.test failed: payout to", chain::block);
        }
        rules.reward = new TestRules.Reward() {
            @Override
            public List<Payout> divide(EpochSummary epoch, long pot) {
                return List.of(new Payout(ALICE.address(), 1, 1), new Payout(ALICE.address(), 1, 1));
            }
        };
        halts("each once", chain::block);
        rules.reward = new TestRules.Reward() {
            @Override
            public long issuance(EpochSummary epoch) {
                return -1;
            }
        };
        halts("issuance is -1, must be 0 or more", chain::block);
        rules.reward = new TestRules.Reward() {
            @Override
            public long issuance(EpochSummary epoch) {
                throw new PoSException(PoSError.STAKING_FAILED, "here is nothing to refuse");
            }
        };
        halts("rule reward.test failed", chain::block);
    }

    @Test
    void noMoreIsIssuedThanTheSupplyMayHold() {
        rules.reward = new TestRules.Reward() {
            @Override
            public long issuance(EpochSummary epoch) {
                return Long.MAX_VALUE;
            }

            @Override
            public List<Payout> divide(EpochSummary epoch, long pot) {
                return List.of();
            }
        };
        chain.generation = rules.generation();
        chain.endEpoch();
        assertEquals(Long.MAX_VALUE, chain.view.supply());
        chain.endEpoch();
        assertEquals(Long.MAX_VALUE, chain.view.supply());
    }

    @Test
    void owedRewardsAreThoseThatWereEarned() {
        chain.endEpoch();
        rules.reward = new TestRules.Reward() {
            @Override
            public long owed(Accumulator entry, Accumulator now, long shares) {
                return 1_000;
            }
        };
        halts(
                "owed is 1000, must be 0 to the pool's 15",
                () -> chain.block(chain.tx(ALICE, new Payload.WithdrawRewards(ALICE.address()))));
        rules.reward = new TestRules.Reward() {
            @Override
            public Accumulator accrue(Accumulator before, long shares, long amount) {
                return Accumulator.ZERO;
            }
        };
        atEpochEnd("accrue is 0, must be at least");
    }

    @Test
    void aVerdictIsAboutTheAccused() {
        rules.judges = (view, evidence) -> new Offence(
                "x", "wrong man", BOB.address(), 1, Offence.Gravity.FAULT, Optional.empty(), Optional.empty());
        Evidence evidence = TestRules.evidence(Offence.Gravity.FAULT, ALICE, 1);
        halts("rule slashing.test failed: offence is of " + BOB.address(), () -> chain.block(evidence));
        rules.judges = (view, e) -> new Offence(
                "x", "long".repeat(300), ALICE.address(), 1, Offence.Gravity.FAULT, Optional.empty(), Optional.empty());
        halts("offence reason is 1200 bytes, must be at most 1024 bytes", () -> chain.block(evidence));
    }

    @Test
    void anObservationIsWithinBounds() {
        Bytes long129 = Bytes.of(new byte[129]);
        Bytes big = Bytes.of(new byte[65_537]);
        Bytes key = Bytes.of(new byte[1]);
        TreeMap<String, Observation> wrong = new TreeMap<>();
        wrong.put("memory key is 0 bytes", remembering(Bytes.EMPTY, key));
        wrong.put("memory key is 129 bytes", remembering(long129, key));
        wrong.put("memory value is 65537 bytes", remembering(key, big));
        wrong.put("offender is " + DAVE.address(), accusing(DAVE.address(), 1));
        wrong.put("offence height is 0, must be 1 to 1", accusing(ALICE.address(), 0));
        wrong.put("offence height is 2, must be 1 to 1", accusing(ALICE.address(), 2));
        wrong.forEach((detail, observation) -> {
            rules.sees = (view, facts) -> observation;
            halts(detail, chain::block);
        });
    }

    private static Observation remembering(Bytes key, Bytes value) {
        return new Observation(List.of(), List.of(new Observation.Remembered(key, Optional.of(value))));
    }

    private static Observation accusing(Address offender, long height) {
        Offence offence =
                new Offence("x", "x", offender, height, Offence.Gravity.FAULT, Optional.empty(), Optional.empty());
        return new Observation(List.of(offence), List.of());
    }
}
