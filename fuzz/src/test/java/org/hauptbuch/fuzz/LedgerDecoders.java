package org.hauptbuch.fuzz;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hauptbuch.api.chain.ChainParameters;
import org.hauptbuch.api.chain.Redelegation;
import org.hauptbuch.api.chain.Unbonding;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.plan.PlanRecord;
import org.hauptbuch.api.plan.PlanStatus;
import org.hauptbuch.api.reward.Accumulator;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.ledger.Account;
import org.hauptbuch.ledger.StateChunk;
import org.hauptbuch.ledger.state.Activity;
import org.hauptbuch.ledger.state.ChainInfo;
import org.hauptbuch.ledger.state.Codec;
import org.hauptbuch.ledger.state.DelayState;
import org.hauptbuch.ledger.state.Fallback;
import org.hauptbuch.ledger.state.Head;
import org.hauptbuch.ledger.state.Keys;
import org.hauptbuch.ledger.state.PoolRewards;
import org.hauptbuch.ledger.state.RolledBack;
import org.hauptbuch.ledger.state.Share;
import org.hauptbuch.ledger.state.Totals;
import org.hauptbuch.ledger.tree.PageInput;
import org.hauptbuch.slashing.downtime.SigningRecordInput;

/** What {@code ledger} and the rules read: values of the state, chunks of it, pages of the tree. */
final class LedgerDecoders {
    private LedgerDecoders() {}

    static List<Decoder> all() {
        Hash first = StateChunk.firstOf(3);
        StateChunk chunk = new StateChunk(
                first,
                StateChunk.lastOf(first),
                List.of(new StateChunk.Entry(Samples.MESSAGE, Samples.MESSAGE)),
                List.of(
                        StateChunk.Outside.NOTHING,
                        new StateChunk.Outside(Optional.of(Samples.hash(1)), Optional.empty())));
        return List.of(
                value("state account", Keys.ACCOUNTS.codec(), new Account(5, 6)),
                value("state number", Keys.time(1).codec(), 5L),
                value("state address", Keys.name("a").codec(), Samples.address(1)),
                value("state hash", Keys.seed(1).codec(), Samples.hash(1)),
                value(
                        "state chain",
                        Keys.CHAIN.codec(),
                        new ChainInfo(Samples.CHAIN, Samples.hash(1), ChainParameters.defaults())),
                value("state head", Keys.HEAD.codec(), new Head(1, 2, Samples.hash(1), 3, 4)),
                value("state totals", Keys.TOTALS.codec(), new Totals(1, 2, 3, 4)),
                value(
                        "state plan",
                        Keys.PLAN.codec(),
                        new PlanRecord(
                                Samples.plan(),
                                Samples.address(1),
                                5,
                                PlanStatus.READY,
                                6,
                                List.of(Samples.address(1), Samples.address(2)),
                                7,
                                8)),
                value("state fallback", Keys.FALLBACK.codec(), new Fallback(Samples.hash(1), 2, 3)),
                value("state rolled back", Keys.rolledBack(1).codec(), new RolledBack(5, Samples.rules())),
                value(
                        "state activity",
                        Keys.ACTIVITY.codec(),
                        new Activity(new TreeMap<>(Map.of(
                                Samples.address(1), new Activity.Counts(1, 2, 3),
                                Samples.address(2), new Activity.Counts(4, 5, 6))))),
                value("state rewards", Keys.ALL_REWARDS.codec(), new PoolRewards(Accumulator.ZERO, 5, 6)),
                value("state share", Keys.ALL_SHARES.codec(), new Share(5, Accumulator.ZERO)),
                value(
                        "state unbonding",
                        Keys.UNBONDINGS.codec(),
                        new Unbonding(1, Samples.address(1), Samples.address(2), 3, 2, 5, 6)),
                value(
                        "state redelegation",
                        Keys.REDELEGATIONS.codec(),
                        new Redelegation(1, Samples.address(1), Samples.address(2), Samples.address(3), 3, 4, 5, 6)),
                value("state delay", Keys.delay(1).codec(), new DelayState(Samples.hash(1), 5)),
                Decoder.canonical(
                        "state chunk",
                        encoded -> {
                            StateChunk read = StateChunk.decode(encoded);
                            if (read.verify(Samples.hash(0))) {
                                throw new AssertionError("belongs to a root that it does not know");
                            }
                            return read;
                        },
                        StateChunk::encode,
                        chunk.encode()),
                Decoder.canonical("tree page", PageInput::again, again -> again, page()),
                Decoder.of(
                        "downtime record",
                        PoSException.class,
                        in -> SigningRecordInput.misses(in),
                        SigningRecordInput.sample()));
    }

    private static <T> Decoder value(String name, Codec<T> codec, T sample) {
        return Decoder.canonical(name, codec::decode, codec::encode, codec.encode(sample));
    }

    /** An inner node with a leaf and the hash of a page below. */
    private static Bytes page() {
        return ApiDecoders.written(out -> out.u8(2)
                .fixed(Samples.hash(1).bytes())
                .u8(1)
                .fixed(Samples.hash(2).bytes())
                .fixed(Samples.hash(3).bytes())
                .u8(2)
                .fixed(Samples.hash(4).bytes())
                .u8(0)
                .u8(3)
                .fixed(Samples.hash(5).bytes()));
    }
}
