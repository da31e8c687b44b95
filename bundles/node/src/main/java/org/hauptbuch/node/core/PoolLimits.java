package org.hauptbuch.node.core;

/**
 * How much a transaction pool holds. Node-local.
 *
 * @param transactions the most transactions, 1 to 10,000,000
 * @param bytes the most bytes of encoded transactions, 1,048,576 or more
 * @param perSender the most transactions of one sender, 1 to {@code transactions}
 */
public record PoolLimits(int transactions, long bytes, int perSender) {
    /** 50,000 transactions, 64 MiB, 2,000 a sender. */
    public static final PoolLimits DEFAULT = new PoolLimits(50_000, 64L << 20, 2_000);

    public PoolLimits {
        check("poolTransactions", transactions, 1, 10_000_000);
        check("poolBytes", bytes, 1 << 20, Long.MAX_VALUE);
        check("poolPerSender", perSender, 1, transactions);
    }

    private static void check(String field, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(field + ": " + value + ", must be " + least + " to " + most);
        }
    }
}
