package org.hauptbuch.ledger.block;

import java.util.List;
import java.util.Optional;
import org.hauptbuch.api.chain.ChainParameters;
import org.hauptbuch.api.chain.Delegation;
import org.hauptbuch.api.chain.Redelegation;
import org.hauptbuch.api.chain.SlashingEvent;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.rule.ChainView;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.ledger.state.Keys;
import org.hauptbuch.ledger.state.Reads;

/** The chain as one rule sees it: everybody's facts, its own memory. */
final class RuleView implements ChainView {
    private final BlockContext block;
    private final String ruleId;

    RuleView(BlockContext block, String ruleId) {
        this.block = block;
        this.ruleId = ruleId;
    }

    @Override
    public String chainId() {
        return block.chain().chainId();
    }

    @Override
    public ChainParameters parameters() {
        return block.parameters();
    }

    @Override
    public long height() {
        return block.height();
    }

    @Override
    public long epoch() {
        return block.epoch();
    }

    @Override
    public long timeMillis() {
        return block.timeMillis();
    }

    @Override
    public Optional<Validator> validator(Address address) {
        return Reads.validator(block.state(), address);
    }

    @Override
    public List<Validator> validators() {
        return Reads.validators(block.state());
    }

    @Override
    public ValidatorSet validatorSet() {
        return block.state().the(Keys.set(block.epoch()));
    }

    @Override
    public Optional<ValidatorSet> validatorSetAt(long height) {
        return Reads.setAt(block.state(), height);
    }

    @Override
    public Optional<Hash> ruleSetIdAt(long height) {
        return Reads.rulesAt(block.state(), height).map(RuleSet::id);
    }

    @Override
    public Optional<Boolean> mayHoldDelay(long height, Bytes delay) {
        if (delay.length() == 0) {
            return Optional.of(true);
        }
        if (height < block.state().the(Keys.HEAD).oldestHeight() || height > block.height()) {
            return Optional.empty();
        }
        long epoch = parameters().epochOf(height);
        // nothing is due without a delay, and in epoch 0
        return Optional.of(block.state()
                .get(Keys.delay(epoch))
                .filter(known -> known.height() == 0 || known.height() >= height)
                .map(known -> block.delay().verify(known.of(epoch, parameters()).task(), delay))
                .orElse(false));
    }

    @Override
    public Optional<Hash> seedOf(long epoch) {
        return block.state().get(Keys.seed(epoch));
    }

    @Override
    public Optional<Delegation> delegation(Address delegator, Address validator) {
        return Reads.delegation(block.state(), delegator, validator);
    }

    @Override
    public List<Redelegation> redelegations(Address delegator) {
        return Reads.redelegationsOf(block.state(), delegator);
    }

    @Override
    public List<SlashingEvent> slashingsSince(long epoch) {
        return block.state().list(Keys.SLASHINGS).stream()
                .filter(event -> parameters().epochOf(event.height()) >= epoch)
                .toList();
    }

    @Override
    public Optional<Bytes> memory(Bytes key) {
        return block.state().get(Keys.memory(ruleId, key));
    }
}
