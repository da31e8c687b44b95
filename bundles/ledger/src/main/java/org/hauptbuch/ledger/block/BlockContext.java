package org.hauptbuch.ledger.block;

import java.util.ArrayList;
import java.util.List;
import org.hauptbuch.api.chain.ChainParameters;
import org.hauptbuch.api.chain.SlashingEvent;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.generation.Generation;
import org.hauptbuch.api.rule.ChainView;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.vdf.DelayFunction;
import org.hauptbuch.ledger.StateReader;
import org.hauptbuch.ledger.state.ChainInfo;
import org.hauptbuch.ledger.state.Head;
import org.hauptbuch.ledger.state.Keys;
import org.hauptbuch.ledger.state.Overlay;

/** One block's execution: where it works, which rules judge, when it is. Not thread-safe. */
public final class BlockContext {
    private final Overlay state;
    private final Rules rules;
    private final Judges judges;
    private final ChainInfo chain;
    private final long height;
    private final long epoch;
    private final long timeMillis;
    private final List<SlashingEvent> slashings = new ArrayList<>();

    /** The execution of the block at {@code height}, or of genesis with a state that holds the chain's facts. */
    public BlockContext(Overlay state, Generation generation, Judges judges, long height, long timeMillis) {
        this.state = state;
        this.rules = new Rules(generation);
        this.judges = judges;
        this.chain = state.the(Keys.CHAIN);
        this.height = height;
        this.epoch = chain.parameters().epochOf(height);
        this.timeMillis = timeMillis;
        // evidence about this very height may be in this block: its time is known
        if (height > 0) {
            state.set(Keys.time(height), timeMillis);
        }
    }

    /** As the other, over a fresh overlay. */
    public BlockContext(StateReader state, Generation generation, Judges judges, long height, long timeMillis) {
        this(new Overlay(state), generation, judges, height, timeMillis);
    }

    /** The working state. */
    public Overlay state() {
        return state;
    }

    /** The rules that judge. */
    public Rules rules() {
        return rules;
    }

    /** What verifies signatures. */
    public SignatureScheme scheme() {
        return judges.scheme();
    }

    /** What verifies delays. */
    public DelayFunction delay() {
        return judges.delay();
    }

    /** What genesis fixed. */
    public ChainInfo chain() {
        return chain;
    }

    /** The chain's parameters. */
    public ChainParameters parameters() {
        return chain.parameters();
    }

    /** The block's height. */
    public long height() {
        return height;
    }

    /** The block's epoch. */
    public long epoch() {
        return epoch;
    }

    /** The block's time, milliseconds since 1970. */
    public long timeMillis() {
        return timeMillis;
    }

    /** The chain as the one rule of {@code kind} sees it. */
    public ChainView view(RuleKind kind) {
        return view(rules.id(kind));
    }

    /** The chain as the rule with this id sees it. */
    public ChainView view(String ruleId) {
        return new RuleView(this, ruleId);
    }

    /** A number that nothing else has. */
    public long nextSequence() {
        Head head = state.the(Keys.HEAD);
        state.set(Keys.HEAD, head.afterSequence());
        return head.nextSequence();
    }

    /** Puts a penalty on record: the last thing that is done about an offence. */
    public void record(SlashingEvent event) {
        state.set(Keys.slashing(nextSequence()), event);
        slashings.add(event);
    }

    /** The penalties so far, oldest first. */
    public List<SlashingEvent> slashings() {
        return List.copyOf(slashings);
    }
}
