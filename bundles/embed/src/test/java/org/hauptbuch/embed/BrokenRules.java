package org.hauptbuch.embed;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.chain.Offence;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.finality.Action;
import org.hauptbuch.api.finality.Event;
import org.hauptbuch.api.finality.FinalityMachine;
import org.hauptbuch.api.finality.FinalityRule;
import org.hauptbuch.api.finality.HeightContext;
import org.hauptbuch.api.finality.Message;
import org.hauptbuch.api.penalty.PenaltyRule;
import org.hauptbuch.api.rule.ChainView;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.rule.RuleFactory;
import org.hauptbuch.api.selection.PublicSchedule;
import org.hauptbuch.api.selection.SelectionRule;
import org.hauptbuch.api.slashing.BlockFacts;
import org.hauptbuch.api.slashing.Observation;
import org.hauptbuch.api.slashing.SlashingRule;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.finality.tendermint.TendermintFinalityFactory;

/** Rules that a careless author could write. */
final class BrokenRules {
    private BrokenRules() {}

    /** A slashing condition that counts its calls outside the chain: no two executions of a block agree. */
    static RuleFactory forgetful() {
        AtomicLong calls = new AtomicLong();
        return parameters -> new SlashingRule() {
            @Override
            public Set<String> evidenceTypes() {
                return Set.of();
            }

            @Override
            public Offence judge(ChainView view, Evidence evidence, SignatureScheme scheme) {
                throw new PoSException(PoSError.SLASHING_DETECTION_FAILED, "observes only");
            }

            @Override
            public Observation observe(ChainView view, BlockFacts facts) {
                Bytes count = new Writer().u64(calls.incrementAndGet()).toBytes();
                Bytes key = Bytes.of(new byte[] {1});
                return new Observation(List.of(), List.of(new Observation.Remembered(key, Optional.of(count))));
            }
        };
    }

    /** A slashing condition that fails on every block. */
    static RuleFactory failing() {
        return parameters -> new SlashingRule() {
            @Override
            public Set<String> evidenceTypes() {
                return Set.of();
            }

            @Override
            public Offence judge(ChainView view, Evidence evidence, SignatureScheme scheme) {
                throw new PoSException(PoSError.SLASHING_DETECTION_FAILED, "observes only");
            }

            @Override
            public Observation observe(ChainView view, BlockFacts facts) {
                throw new IllegalStateException("out of luck");
            }
        };
    }

    /** A penalty that overflows. */
    static RuleFactory overflowingPenalty() {
        return parameters -> (PenaltyRule) (view, offence) -> {
            throw new ArithmeticException("long overflow");
        };
    }

    /** A selection whose schedule is {@code schedule}. */
    static RuleFactory selecting(PublicSchedule schedule) {
        return parameters -> new SelectionRule() {
            @Override
            public List<ValidatorSet.Member> elect(List<ValidatorSet.Member> candidates, int maxValidators) {
                return candidates;
            }

            @Override
            public PublicSchedule prepare(long epoch, long firstHeight, ValidatorSet validators, Hash seed) {
                return schedule;
            }
        };
    }

    /** A finality rule that does {@code first} when a height begins, and nothing ever after. */
    static RuleFactory saying(List<Action> first) {
        return parameters -> new FinalityRule() {
            @Override
            public FinalityMachine start(HeightContext context) {
                return new Mute(first);
            }

            @Override
            public void verifyFinal(
                    Certificate certificate, String chainId, ValidatorSet validators, SignatureScheme scheme) {
                certificate.verify(chainId, validators, scheme);
            }
        };
    }

    /** Tendermint, of blocks {@code first} to {@code last} only. */
    static FinalityRule finalityBetween(long first, long last) {
        FinalityRule tendermint = (FinalityRule) new TendermintFinalityFactory().create(Parameters.NONE);
        return new FinalityRule() {
            @Override
            public FinalityMachine start(HeightContext context) {
                return tendermint.start(context);
            }

            @Override
            public void verifyFinal(
                    Certificate certificate, String chainId, ValidatorSet validators, SignatureScheme scheme) {
                if (certificate.height() < first || certificate.height() > last) {
                    throw new PoSException(
                            PoSError.BLOCK_FINALIZATION_FAILED, "block " + certificate.height() + " is another's");
                }
                tendermint.verifyFinal(certificate, chainId, validators, scheme);
            }
        };
    }

    private record Mute(List<Action> first) implements FinalityMachine {
        @Override
        public List<Action> begin() {
            return first;
        }

        @Override
        public List<Action> on(Event event) {
            return List.of();
        }

        @Override
        public int round() {
            return 0;
        }

        @Override
        public String step() {
            return "mute";
        }

        @Override
        public List<Message> known() {
            return List.of();
        }
    }
}
