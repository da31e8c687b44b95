package org.hauptbuch.embed;

import static org.hauptbuch.embed.Chains.address;
import static org.hauptbuch.embed.Chains.key;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.hauptbuch.api.chain.PoSConsensusConfig;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.api.value.PublicKey;
import org.junit.jupiter.api.Test;

class ParallelValidationTest {
    private static final int COUNT = 300;

    private static PoSConsensus consensus(boolean parallel, SignatureScheme scheme) {
        PoSConsensusConfig d = PoSConsensusConfig.defaults();
        PoSConsensusBuilder builder = PoSConsensus.builder(scheme)
                .clock(Chains.ticking())
                .config(new PoSConsensusConfig(
                        d.minimumStake(),
                        d.maxValidators(),
                        d.blockTimeMillis(),
                        d.epochLength(),
                        d.slashingPenalty(),
                        false,
                        parallel));
        Chains.defaultRules().forEach(rule -> builder.rule(rule.id(), rule.factory()));
        builder.validator("alice", key("alice"), Chains.STAKE).account(key("erin"), Chains.BALANCE);
        PoSConsensus consensus = builder.build();
        consensus.startConsensus();
        return consensus;
    }

    /** Of every three: one good, one forged, one that asks for more than there is. */
    private static List<Transaction> mixed(PoSConsensus consensus) {
        List<Transaction> transactions = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            long amount = i % 3 == 2 ? Chains.BALANCE + i : 1 + i;
            Transaction good =
                    consensus.transaction(address("erin"), 0, new Payload.Transfer(address("frank"), amount));
            transactions.add(i % 3 == 1 ? good.signed(key("frank").sign(good.signBytes())) : good);
        }
        return transactions;
    }

    @Test
    void everyTransactionHasItsOwnResultInItsPlace() {
        for (boolean parallel : new boolean[] {true, false}) {
            PoSConsensus consensus = consensus(parallel, Chains.SCHEME);
            List<Transaction> transactions = mixed(consensus);
            List<ValidationResult> results = consensus.parallelValidateTransactions(transactions);
            assertEquals(COUNT, results.size());
            for (int i = 0; i < COUNT; i++) {
                ValidationResult result = results.get(i);
                assertEquals(transactions.get(i).id(), result.transaction());
                assertEquals(i % 3 == 0, result.isValid(), "transaction " + i);
                if (i % 3 == 1) {
                    assertEquals(
                            PoSError.INVALID_TRANSACTION,
                            result.refusal().orElseThrow().error());
                }
            }
            assertEquals(0, consensus.consensusState().height(), "validating changes nothing");
        }
    }

    @Test
    void nothingToValidate() {
        assertEquals(List.of(), consensus(true, Chains.SCHEME).parallelValidateTransactions(List.of()));
    }

    @Test
    void aGoodSignatureIsVerifiedOnceAndABadOneEachTime() {
        Counting scheme = new Counting();
        PoSConsensus consensus = consensus(true, scheme);
        List<Transaction> transactions = new ArrayList<>();
        for (int nonce = 0; nonce < 100; nonce++) {
            transactions.add(consensus.transaction(address("erin"), nonce, new Payload.Transfer(address("frank"), 1)));
        }
        Transaction forged = transactions.get(0).signed(Bytes.of(new byte[64]));
        consensus.parallelValidateTransactions(transactions);
        assertEquals(100, scheme.verified.get());
        consensus.produceBlock(transactions);
        // the certificate of the one validator
        assertEquals(101, scheme.verified.get());
        consensus.parallelValidateTransactions(List.of(forged));
        consensus.parallelValidateTransactions(List.of(forged));
        assertEquals(103, scheme.verified.get());
        assertTrue(consensus.lastReceipts().stream().allMatch(receipt -> receipt.succeeded()));
    }

    private static final class Counting implements SignatureScheme {
        final AtomicInteger verified = new AtomicInteger();

        @Override
        public boolean verify(PublicKey key, Bytes message, Bytes signature) {
            verified.incrementAndGet();
            return Chains.SCHEME.verify(key, message, signature);
        }

        @Override
        public Optional<Bytes> proofOutput(PublicKey key, Bytes alpha, Bytes proof) {
            return Chains.SCHEME.proofOutput(key, alpha, proof);
        }

        @Override
        public Signer signer(KeyType type, Bytes secret) {
            return Chains.SCHEME.signer(type, secret);
        }

        @Override
        public Bytes newSecret(KeyType type) {
            return Chains.SCHEME.newSecret(type);
        }
    }
}
