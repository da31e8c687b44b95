package org.hauptbuch.embed;

/**
 * What this program's chain did since it was started here.
 *
 * @param blocksProduced blocks produced and made final
 * @param transactions transactions in them
 * @param transactionsFailed of these, the ones that failed and cost their fee only
 * @param slashingEvents penalties applied
 * @param gasUsed gas used by all of it
 */
public record ConsensusMetrics(
        long blocksProduced, long transactions, long transactionsFailed, long slashingEvents, long gasUsed) {
    /** Nothing done yet. */
    public static final ConsensusMetrics NONE = new ConsensusMetrics(0, 0, 0, 0, 0);

    ConsensusMetrics plus(Candidate block) {
        long failed = block.execution().receipts().stream()
                .filter(receipt -> !receipt.succeeded())
                .count();
        return new ConsensusMetrics(
                blocksProduced + 1,
                transactions + block.block().transactions().size(),
                transactionsFailed + failed,
                slashingEvents + block.execution().slashings().size(),
                gasUsed + block.execution().gasUsed());
    }
}
