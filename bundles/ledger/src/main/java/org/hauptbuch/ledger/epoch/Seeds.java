package org.hauptbuch.ledger.epoch;

import org.hauptbuch.api.chain.ChainParameters;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.vdf.DelayTask;
import org.hauptbuch.ledger.block.BlockContext;
import org.hauptbuch.ledger.state.DelayState;
import org.hauptbuch.ledger.state.Keys;
import org.hauptbuch.ledger.state.Overlay;

/**
 * How epochs come by their seeds. What proposers revealed up to the end of epoch e is the seed of e + 2 where the chain
 * has no delay: when the proposers of e + 1 reveal, their own schedule is known already. With a delay it is what epoch
 * e + 1 evaluates; the output is in a block of that epoch and seeds e + 2, or else the seed of e + 1 is stretched.
 */
public final class Seeds {
    private final BlockContext block;
    private final Overlay state;

    /** The seeds as {@code block} leaves them. */
    public Seeds(BlockContext block) {
        this.block = block;
        this.state = block.state();
    }

    /**
     * Takes what the block's header brings; whether the proof is right, the caller has verified.
     *
     * @throws PoSException INVALID_BLOCK where nothing is due, or it is no output with a proof
     */
    public void take(Bytes delay) {
        if (delay.length() == 0) {
            return;
        }
        long epoch = block.epoch();
        DelayState due = state.get(Keys.delay(epoch))
                .filter(known -> known.height() == 0)
                .orElseThrow(() -> refuse(delay, "0: no output is due"));
        int width = DelayTask.formBytes(block.parameters().vdfBits());
        if (delay.length() <= width) {
            throw refuse(delay, "more than the output's " + width);
        }
        state.set(Keys.delay(epoch), due.at(block.height()));
        state.set(Keys.seed(epoch + 1), ofOutput(Bytes.of(delay.toArray(), 0, width), epoch + 1));
    }

    /** At the end of an epoch. */
    public void end() {
        ChainParameters parameters = block.parameters();
        Hash mix = state.the(Keys.HEAD).mix();
        long next = block.epoch() + 1;
        if (parameters.vdfIterations() == 0) {
            state.set(Keys.seed(next + 1), mix);
            return;
        }
        if (state.get(Keys.seed(next)).isEmpty()) {
            state.set(Keys.seed(next), stretched(state.the(Keys.seed(block.epoch())), next));
        }
        state.set(Keys.delay(next), new DelayState(mix, 0));
    }

    /** The seed of {@code epoch} from the output that is for it. */
    public static Hash ofOutput(Bytes output, long epoch) {
        return Hash.sha256(new Writer(1_024)
                .string("hauptbuch/delayed/1")
                .bytes(output)
                .u64(epoch)
                .toArray());
    }

    /** The seed of {@code epoch} where no output came in time. */
    public static Hash stretched(Hash last, long epoch) {
        return Hash.sha256(new Writer()
                .string("hauptbuch/stretch/1")
                .fixed(last.bytes())
                .u64(epoch)
                .toArray());
    }

    private static PoSException refuse(Bytes delay, String range) {
        return PoSException.outOfRange(PoSError.INVALID_BLOCK, "header.delay: bytes", delay.length(), range);
    }
}
