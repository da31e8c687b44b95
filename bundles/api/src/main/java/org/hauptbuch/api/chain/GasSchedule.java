package org.hauptbuch.api.chain;

/**
 * What work costs in gas: the specification's table ("Benchmark Results", column Gas Cost) by default.
 *
 * @param blockProduction every block, before its first transaction
 * @param transactionValidation every transaction
 * @param validatorSelection on top, for a transaction that can change the validator set
 * @param slashingDetection on top, for each piece of evidence
 */
public record GasSchedule(
        long blockProduction, long transactionValidation, long validatorSelection, long slashingDetection) {
    /** The specification's table. */
    public static final GasSchedule SPECIFICATION = new GasSchedule(1_000_000, 500_000, 250_000, 750_000);

    public GasSchedule {
        check("gas.blockProduction", blockProduction);
        check("gas.transactionValidation", transactionValidation);
        check("gas.validatorSelection", validatorSelection);
        check("gas.slashingDetection", slashingDetection);
    }

    private static void check(String field, long gas) {
        if (gas < 0 || gas > 1_000_000_000_000L) {
            throw new IllegalArgumentException(field + ": " + gas + ", must be 0 to 1000000000000");
        }
    }
}
