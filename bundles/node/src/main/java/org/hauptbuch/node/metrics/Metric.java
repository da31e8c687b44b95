package org.hauptbuch.node.metrics;

/** What a node counts. The name of each, with its unit, is what operators see. */
public enum Metric {
    BLOCKS_FINAL("blocksFinal"),
    BLOCKS_PRODUCED("blocksProduced"),
    BLOCKS_PRODUCED_CACHED("blocksProducedCached"),
    BLOCKS_REFUSED("blocksRefused"),
    BLOCKS_SYNCED("blocksSynced"),
    TRANSACTIONS_FINAL("transactionsFinal"),
    TRANSACTIONS_FAILED("transactionsFailed"),
    TRANSACTIONS_REFUSED("transactionsRefused"),
    TRANSACTIONS_EVICTED("transactionsEvicted"),
    TRANSACTION_SIGNATURES_VERIFIED("transactionSignaturesVerified"),
    TRANSACTION_SIGNATURES_KNOWN("transactionSignaturesKnown"),
    VOTES_VERIFIED("votesVerified"),
    VOTES_CAST("votesCast"),
    ROUNDS_BEYOND_FIRST("roundsBeyondFirst"),
    SIGNING_REFUSED("signingRefused"),
    EVIDENCE_FOUND("evidenceFound"),
    OFFENCES_FOUND("offencesFound"),
    COMMIT_NANOS("commitNanos"),
    EXECUTE_NANOS("executeNanos"),
    MESSAGES_RECEIVED("messagesReceived"),
    MESSAGES_SENT("messagesSent"),
    MESSAGES_DROPPED("messagesDropped"),
    MESSAGES_MALFORMED("messagesMalformed"),
    PEERS_BANNED("peersBanned"),
    BYTES_RECEIVED("bytesReceived"),
    BYTES_SENT("bytesSent"),
    RULES_FAILED("rulesFailed"),
    HALTS("halts");

    private final String text;

    Metric(String text) {
        this.text = text;
    }

    /** The name for operators. */
    public String text() {
        return text;
    }
}
