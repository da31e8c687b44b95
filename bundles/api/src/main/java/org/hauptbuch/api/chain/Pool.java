package org.hauptbuch.api.chain;

import org.hauptbuch.api.codec.Reader;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.value.Amounts;

/**
 * The bonded stake of one validator, its own and that of its delegators, and the shares that divide it.
 *
 * @param tokens units bonded, 0 or more
 * @param shares shares issued, 0 or more; zero exactly where nobody holds any
 */
public record Pool(long tokens, long shares) {
    /** Nothing bonded. */
    public static final Pool EMPTY = new Pool(0, 0);

    public Pool {
        Amounts.check("pool.tokens", tokens);
        Amounts.check("pool.shares", shares);
    }

    /** With so much more in it. */
    public Pool plus(long moreTokens, long moreShares) {
        return new Pool(Amounts.add(tokens, moreTokens), Amounts.add(shares, moreShares));
    }

    /** With so much less in it. */
    public Pool minus(long fewerTokens, long fewerShares) {
        return new Pool(Amounts.subtract(tokens, fewerTokens), Amounts.subtract(shares, fewerShares));
    }

    void write(Writer out) {
        out.u64(tokens).u64(shares);
    }

    static Pool read(Reader in) {
        return new Pool(in.u64("pool.tokens"), in.u64("pool.shares"));
    }
}
