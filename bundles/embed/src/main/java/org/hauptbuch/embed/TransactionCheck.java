package org.hauptbuch.embed;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.ledger.Ledger;
import org.hauptbuch.ledger.LedgerView;
import org.hauptbuch.ledger.StateReader;

/**
 * Validates transactions, on all cores where the chain's configuration says so. A signature that was right is not
 * verified again. Not thread-safe: the façade's lock guards it.
 */
final class TransactionCheck {
    private static final int REMEMBERED = 65_536;

    private final Ledger ledger;
    private final SignatureScheme scheme;
    private final StateReader state;
    private final Set<Hash> verified = Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Hash, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    });

    TransactionCheck(Ledger ledger, SignatureScheme scheme, StateReader state) {
        this.ledger = ledger;
        this.scheme = scheme;
        this.state = state;
    }

    /** Each transaction by itself, against the state as it is: signature, envelope and what its payload asks for. */
    List<ValidationResult> each(HeightPlan plan, List<Transaction> transactions, long timeMillis) {
        return check(plan, transactions, transaction -> {
            checkEnvelope(plan, transaction);
            ledger.checkTransaction(state, plan.generation(), transaction, plan.height(), timeMillis);
        });
    }

    /**
     * Refuses transactions that no block could hold in this order: signatures, envelopes, nonces.
     *
     * @throws PoSException TRANSACTION_VALIDATION_FAILED, naming the first bad one and why
     */
    void requireBlockable(HeightPlan plan, List<Transaction> transactions) {
        List<ValidationResult> results = check(plan, transactions, transaction -> checkEnvelope(plan, transaction));
        for (int i = 0; i < results.size(); i++) {
            if (!results.get(i).isValid()) {
                throw failed(
                        i,
                        results.get(i).transaction(),
                        results.get(i).refusal().get());
            }
        }
        LedgerView view = new LedgerView(state);
        Map<Address, Long> nonces = new TreeMap<>();
        for (int i = 0; i < transactions.size(); i++) {
            Transaction transaction = transactions.get(i);
            Address from = transaction.from();
            long expected = nonces.computeIfAbsent(from, a -> view.account(a).nonce());
            if (transaction.nonce() != expected) {
                throw failed(
                        i,
                        results.get(i).transaction(),
                        PoSException.outOfRange(
                                PoSError.INVALID_TRANSACTION, "nonce", transaction.nonce(), expected + " for " + from));
            }
            nonces.put(from, Math.addExact(expected, 1));
        }
    }

    private List<ValidationResult> check(HeightPlan plan, List<Transaction> transactions, Consumer<Transaction> rest) {
        ValidationResult[] results = new ValidationResult[transactions.size()];
        boolean parallel = plan.parameters().consensus().enableParallelProcessing();
        Chunks.each(transactions, parallel, (from, part) -> {
            List<Hash> ids = part.stream().map(Transaction::id).toList();
            Set<Hash> wrong = wrong(part, ids);
            for (int i = 0; i < ids.size(); i++) {
                results[from + i] = one(part.get(i), ids.get(i), wrong, rest);
            }
        });
        for (ValidationResult result : results) {
            if (result.isValid()) {
                verified.add(result.transaction());
            }
        }
        return Arrays.asList(results);
    }

    /** Those whose signature is not their sender's. Nobody writes to the set while the cores read it. */
    private Set<Hash> wrong(List<Transaction> transactions, List<Hash> ids) {
        List<Integer> fresh = IntStream.range(0, ids.size())
                .filter(i -> !verified.contains(ids.get(i)))
                .boxed()
                .toList();
        boolean[] right =
                Chunks.verify(scheme, fresh.stream().map(transactions::get).toList());
        Set<Hash> wrong = new TreeSet<>();
        for (int i = 0; i < right.length; i++) {
            if (!right[i]) {
                wrong.add(ids.get(fresh.get(i)));
            }
        }
        return wrong;
    }

    private static ValidationResult one(Transaction transaction, Hash id, Set<Hash> wrong, Consumer<Transaction> rest) {
        try {
            if (wrong.contains(id)) {
                throw PoSException.outOfRange(
                        PoSError.INVALID_TRANSACTION, "signature", "wrong", "the sender's over this transaction");
            }
            rest.accept(transaction);
            return new ValidationResult(id, Optional.empty());
        } catch (PoSException e) {
            return new ValidationResult(id, Optional.of(e));
        } catch (RuntimeException e) {
            // foreign code: a rule that fails on a transaction has not permitted it
            return new ValidationResult(
                    id,
                    Optional.of(new PoSException(
                            PoSError.TRANSACTION_VALIDATION_FAILED, "transaction " + id + ": a rule failed: " + e, e)));
        }
    }

    private static void checkEnvelope(HeightPlan plan, Transaction transaction) {
        if (!transaction.chainId().equals(plan.chainId())) {
            throw refuse("chainId", transaction.chainId(), plan.chainId());
        }
        if (transaction.expiryHeight() < plan.height()) {
            throw refuse("expiryHeight", transaction.expiryHeight(), "at least " + plan.height());
        }
        if (transaction.fee() < plan.parameters().minimumFee()) {
            throw refuse(
                    "fee", transaction.fee(), "at least " + plan.parameters().minimumFee());
        }
        long gas = transaction.gas(plan.parameters().gas());
        if (transaction.gasLimit() < gas) {
            throw refuse("gasLimit", transaction.gasLimit(), "at least " + gas);
        }
    }

    private static PoSException refuse(String field, Object value, String range) {
        return PoSException.outOfRange(PoSError.INVALID_TRANSACTION, field, value, range);
    }

    private static PoSException failed(int index, Hash id, PoSException cause) {
        return new PoSException(
                PoSError.TRANSACTION_VALIDATION_FAILED,
                "transaction " + index + " (" + id + "): " + cause.getMessage(),
                cause);
    }
}
