package org.hauptbuch.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.hauptbuch.api.block.BlockHeader;
import org.hauptbuch.api.block.Vote;
import org.hauptbuch.api.block.VotePhase;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.finality.Equivocation;
import org.hauptbuch.api.generation.Generation;
import org.hauptbuch.api.proof.MerkleTree;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.crypto.bc.BouncyCastleScheme;
import org.hauptbuch.embed.ConsensusState;
import org.hauptbuch.ledger.BlockInput;
import org.hauptbuch.ledger.Execution;
import org.hauptbuch.ledger.Ledger;
import org.hauptbuch.ledger.LedgerView;
import org.hauptbuch.ledger.StateReader;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A double vote: found, judged, punished, charged. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 6, time = 2)
@Fork(1)
public class SlashingDetectionBenchmark {
    private static final String OFFENDER = "validator-1";
    private static final String OTHER = "validator-2";

    /**
     * A chain of 100 validators and 1,000 accounts, one of whose validators voted twice at height 1, and then most of its
     * delegators left: half of what is liable is unbonding or with another validator.
     */
    @State(Scope.Benchmark)
    public static class Offence {
        /** Validators of the chain. */
        @Param("100")
        int validators;

        /** Accounts that delegate to the offender. */
        @Param("100")
        int delegators;

        /** Accounts on the chain. */
        @Param("1000")
        int accounts;

        final Ledger ledger = new Ledger(new BouncyCastleScheme());
        StateReader state;
        Generation rules;
        Evidence evidence;
        BlockInput punishing;
        BlockInput empty;

        /** Delegates, moves away, and makes the evidence. */
        @Setup
        public void make() {
            Chain chain = new Chain(validators, accounts, true);
            Address offender = Chain.address(OFFENDER);
            chain.consensus().produceBlock(chain.each(delegators, new Payload.Delegate(offender, 100_000)));
            chain.consensus().produceBlock(chain.each(delegators / 2, new Payload.Undelegate(offender, 50_000)));
            chain.consensus()
                    .produceBlock(
                            chain.each(delegators / 2, new Payload.Redelegate(offender, Chain.address(OTHER), 50_000)));
            if (!chain.consensus().lastReceipts().stream().allMatch(receipt -> receipt.succeeded())) {
                throw new IllegalStateException(
                        "not prepared: " + chain.consensus().lastReceipts());
            }
            state = chain.state();
            rules = chain.rules();
            evidence = Equivocation.of(vote(chain, "one"), vote(chain, "another"));
            punishing = block(chain, List.of(evidence));
            empty = block(chain, List.of());
        }

        private static Vote vote(Chain chain, String block) {
            Hash hash = Hash.sha256(block.getBytes(StandardCharsets.UTF_8));
            String chainId = chain.consensus().ledger().chainId();
            Bytes message = Vote.signBytes(chainId, VotePhase.PRECOMMIT, 1, 0, hash);
            return new Vote(
                    VotePhase.PRECOMMIT,
                    1,
                    0,
                    hash,
                    Chain.address(OFFENDER),
                    Chain.key(OFFENDER).sign(message));
        }

        private BlockInput block(Chain chain, List<Evidence> evidence) {
            LedgerView view = chain.consensus().ledger();
            ConsensusState last = chain.consensus().consensusState();
            Address proposer = view.validatorSet().members().get(0).address();
            Signer signer = chain.signers().get(proposer);
            long height = last.height() + 1;
            BlockHeader header = new BlockHeader(
                    view.chainId(),
                    height,
                    0,
                    view.epoch(),
                    last.blockHash(),
                    view.timeMillis() + 1,
                    proposer,
                    MerkleTree.EMPTY_ROOT,
                    MerkleTree.root(evidence.stream().map(Evidence::encode).toList()),
                    Hash.ZERO,
                    view.validatorSet().root(),
                    rules.set().id(),
                    signer.prove(BlockHeader.revealBytes(view.chainId(), view.seed(), height, 0)),
                    chain.consensus().certificate(last.height()).orElseThrow().digest());
            return new BlockInput(header, chain.consensus().certificate(last.height()), evidence, List.of());
        }
    }

    /** Judging alone: who, when, and two signatures verified. */
    @Benchmark
    public Evidence judge(Offence offence) {
        BlockHeader header = offence.punishing.header();
        offence.ledger.checkEvidence(
                offence.state, offence.rules, offence.evidence, header.height(), header.timeMillis());
        return offence.evidence;
    }

    /**
     * The operation of the specification: a block whose only content is the evidence. Judged, the penalty decided, the
     * pool, what unbonds and what moved charged, the rest burned, the new state root.
     */
    @Benchmark
    public Execution judgeAndPunish(Offence offence) {
        Execution execution = offence.ledger.execute(offence.state, offence.rules, offence.punishing);
        if (execution.slashings().size() != 1) {
            throw new IllegalStateException("slashed " + execution.slashings());
        }
        return execution;
    }

    /** The same block without the evidence, to be subtracted by whoever wants to. */
    @Benchmark
    public Execution emptyBlock(Offence offence) {
        return offence.ledger.execute(offence.state, offence.rules, offence.empty);
    }
}
