package org.hauptbuch.ledger;

import java.util.List;
import org.hauptbuch.api.chain.Pool;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.chain.ValidatorMetrics;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.chain.ValidatorStatus;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.generation.Generation;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.ledger.block.BlockContext;
import org.hauptbuch.ledger.block.Judges;
import org.hauptbuch.ledger.epoch.Election;
import org.hauptbuch.ledger.stake.Accounts;
import org.hauptbuch.ledger.stake.Pools;
import org.hauptbuch.ledger.state.ChainInfo;
import org.hauptbuch.ledger.state.Head;
import org.hauptbuch.ledger.state.Keys;
import org.hauptbuch.ledger.state.Overlay;
import org.hauptbuch.ledger.state.Totals;
import org.hauptbuch.ledger.tree.StateTree;

/** The state at height 0. */
final class GenesisState {
    private GenesisState() {}

    static StateChange of(Genesis genesis, Generation rules, Judges judges) {
        if (!rules.set().equals(genesis.rules())) {
            throw PoSException.outOfRange(
                    PoSError.CONSENSUS_STATE_UPDATE_FAILED,
                    "rule set",
                    rules.set().id(),
                    genesis.rules().id().toString());
        }
        Overlay state = new Overlay(StateReader.empty());
        state.set(Keys.CHAIN, new ChainInfo(genesis.chainId(), genesis.hash(), genesis.parameters()));
        state.set(Keys.HEAD, new Head(0, genesis.timeMillis(), genesis.seed(), 1, 0));
        state.set(Keys.TOTALS, new Totals(genesis.supply(), 0, 0, 0));
        state.set(Keys.rules(0), genesis.rules());
        state.set(Keys.ruleSet(genesis.rules().id()), genesis.rules());
        // nobody votes yet: what the rules see while they judge the first validators
        state.set(Keys.set(0), ValidatorSet.of(List.of()));
        for (long epoch = 0; epoch < 2; epoch++) {
            state.set(
                    Keys.seed(epoch),
                    Hash.sha256(
                            genesis.seed().toArray(), new Writer().u64(epoch).toArray()));
        }
        genesis.balances().forEach((address, balance) -> Accounts.credit(state, address, balance));
        BlockContext block = new BlockContext(state, rules, judges, 0, genesis.timeMillis());
        genesis.validators().forEach(validator -> register(block, validator));
        ValidatorSet first = Election.hold(block);
        if (first.size() == 0) {
            throw PoSException.outOfRange(
                    PoSError.VALIDATOR_SELECTION_FAILED, "genesis validator set", "empty", "at least one member");
        }
        state.set(Keys.set(0), first);
        return StateTree.apply(StateReader.empty(), state.flush());
    }

    private static void register(BlockContext block, Genesis.GenesisValidator v) {
        Overlay state = block.state();
        state.set(Keys.name(v.id()), v.address());
        state.set(Keys.consensusKey(v.consensusKey()), v.address());
        state.set(
                Keys.validator(v.address()),
                new Validator(
                        v.address(),
                        v.id(),
                        v.consensusKey(),
                        ValidatorStatus.INACTIVE,
                        Pool.EMPTY,
                        v.commission(),
                        0,
                        ValidatorMetrics.NONE));
        new Pools(block).join(v.address(), v.address(), v.stake());
    }
}
