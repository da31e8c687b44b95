package org.hauptbuch.tck;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.chain.Offence;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.rule.ChainView;
import org.hauptbuch.api.rule.RuleFactory;
import org.hauptbuch.api.slashing.BlockFacts;
import org.hauptbuch.api.slashing.Observation;
import org.hauptbuch.api.slashing.Observation.Remembered;
import org.hauptbuch.api.slashing.SlashingRule;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class SlashingRuleContractTest {
    private static final String CONFESSION = "confession";
    private static final JdkEd25519 SCHEME = new JdkEd25519();
    private static final Signer ALICE = SCHEME.signer(1);
    private static final Address ALICES = Address.of(ALICE.publicKey());
    private static final Bytes LAST = Bytes.of(new byte[] {1});

    /** Punishes who signed its own name and height; remembers the height of the last block. */
    private static class Confession implements SlashingRule {
        @Override
        public Set<String> evidenceTypes() {
            return Set.of(CONFESSION);
        }

        @Override
        public Offence judge(ChainView view, Evidence evidence, SignatureScheme scheme) {
            require(evidence.type().equals(CONFESSION));
            ValidatorSet set = view.validatorSetAt(evidence.height())
                    .orElseThrow(() -> new PoSException(PoSError.SLASHING_DETECTION_FAILED, "too long ago"));
            require(set.contains(evidence.offender()));
            require(scheme.verify(
                    set.member(evidence.offender()).orElseThrow().key(),
                    words(view.chainId(), evidence.offender(), evidence.height()),
                    evidence.payload()));
            return offence(evidence.offender(), evidence.height(), Optional.of(evidence));
        }

        @Override
        public Observation observe(ChainView view, BlockFacts facts) {
            Bytes now = new Writer().u64(facts.header().height()).toBytes();
            return new Observation(List.of(), List.of(new Remembered(LAST, Optional.of(now))));
        }

        static Offence offence(Address offender, long height, Optional<Evidence> evidence) {
            return new Offence(
                    "slashing.confession",
                    "confessed",
                    offender,
                    height,
                    Offence.Gravity.FAULT,
                    evidence.map(Evidence::id),
                    Optional.empty());
        }

        static void require(boolean holds) {
            if (!holds) {
                throw new PoSException(PoSError.SLASHING_DETECTION_FAILED, "proves nothing");
            }
        }
    }

    private static Bytes words(String chainId, Address who, long height) {
        return new Writer().string(chainId).fixed(who.bytes()).u64(height).toBytes();
    }

    private record Subject(RuleFactory factory) implements SlashingRuleContract {
        @Override
        public String id() {
            return "slashing.confession";
        }

        @Override
        public List<Proof> proofs() {
            ValidatorSet set = ValidatorSet.of(List.of(new ValidatorSet.Member(ALICES, ALICE.publicKey(), 10)));
            TestView view = new TestView().height(9).decidedBy(7, set).decidedBy(8, set);
            Bytes signature = ALICE.sign(words("test-chain", ALICES, 7));
            return List.of(new Proof(view, new Evidence(CONFESSION, ALICES, 7, signature), SCHEME));
        }
    }

    @TestFactory
    Stream<DynamicTest> eachPromiseIsLookedAt() {
        return new ContractProof<SlashingRuleContract>(SlashingRuleContract.class, new Subject(p -> new Confession()))
                .breaks("everyTypeOfEvidenceHasAProof", new Subject(p -> new Confession() {
                    @Override
                    public Set<String> evidenceTypes() {
                        return Set.of(CONFESSION, "rumour");
                    }
                }))
                .breaks("aProofIsJudgedTheSameByAll", new Subject(p -> new Confession() {
                    @Override
                    public Offence judge(ChainView view, Evidence evidence, SignatureScheme scheme) {
                        return super.judge(view, evidence, scheme).reportedBy(ALICES);
                    }
                }))
                .breaks("aProofIsJudgedTheSameByAll", new Subject(p -> new Confession() {
                    private int judged;

                    @Override
                    public Offence judge(ChainView view, Evidence evidence, SignatureScheme scheme) {
                        require(judged++ == 0);
                        return super.judge(view, evidence, scheme);
                    }
                }))
                .breaks("aProofWithOneBitChangedProvesNothing", new Subject(p -> new Confession() {
                    @Override
                    public Offence judge(ChainView view, Evidence evidence, SignatureScheme scheme) {
                        return offence(evidence.offender(), evidence.height(), Optional.of(evidence));
                    }
                }))
                .breaks("aProofIsForOneChainOneOffenderAndOneHeight", new Subject(p -> new Confession() {
                    @Override
                    public Offence judge(ChainView view, Evidence evidence, SignatureScheme scheme) {
                        require(scheme.verify(
                                ALICE.publicKey(), words("test-chain", ALICES, evidence.height()), evidence.payload()));
                        return offence(evidence.offender(), evidence.height(), Optional.of(evidence));
                    }
                }))
                .breaks("whatIsNoProofIsRefused", new Subject(p -> new Confession() {
                    @Override
                    public Offence judge(ChainView view, Evidence evidence, SignatureScheme scheme) {
                        require(evidence.payload().at(63) != 0); // and where there is no such byte?
                        return super.judge(view, evidence, scheme);
                    }
                }))
                .breaks("aRuleThatWasJustMadeObservesTheSame", new Subject(p -> new Confession() {
                    private int empty;

                    @Override
                    public Observation observe(ChainView view, BlockFacts facts) {
                        empty += facts.transactions() == 0 ? 1 : 0;
                        return empty < 10
                                ? Observation.NOTHING
                                : new Observation(
                                        List.of(offence(facts.header().proposer(), view.height(), Optional.empty())),
                                        List.of());
                    }
                }))
                .breaks("whatItObservesTheLedgerCanKeep", new Subject(p -> new Confession() {
                    @Override
                    public Observation observe(ChainView view, BlockFacts facts) {
                        String all = "x".repeat(400 * (int) view.height());
                        Bytes value = Bytes.of(all.getBytes(StandardCharsets.UTF_8));
                        return new Observation(List.of(), List.of(new Remembered(LAST, Optional.of(value))));
                    }
                }))
                .breaks("whatItObservesTheLedgerCanKeep", new Subject(p -> new Confession() {
                    @Override
                    public Observation observe(ChainView view, BlockFacts facts) {
                        return new Observation(
                                List.of(), List.of(new Remembered(Bytes.EMPTY, Optional.of(Bytes.EMPTY))));
                    }
                }))
                .breaks("whatItObservesTheLedgerCanKeep", new Subject(p -> new Confession() {
                    @Override
                    public Observation observe(ChainView view, BlockFacts facts) {
                        return new Observation(
                                List.of(offence(TestView.address(60_000), view.height(), Optional.empty())), List.of());
                    }
                }))
                .breaks("theDutifulAreLeftAlone", new Subject(p -> new Confession() {
                    @Override
                    public Observation observe(ChainView view, BlockFacts facts) {
                        return new Observation(
                                List.of(offence(facts.header().proposer(), view.height(), Optional.empty())),
                                List.of());
                    }
                }))
                .tests();
    }
}
