package org.hauptbuch.shell;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hauptbuch.api.chain.ChainParameters;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.api.node.TransactionView;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;

/** Signs transactions, hands them to a node, and waits for what becomes of them. */
public final class Sender {
    /** How often a waiting command looks, milliseconds. */
    private static final long LOOK_MILLIS = 25;

    private final NodeService node;
    private final Pause pause;

    /**
     * How to send.
     *
     * @param fee units; the chain's minimum where empty
     * @param expiryBlocks blocks after the last final one in which it may still be included, 1 or more
     * @param await whether to wait until it is final
     * @param timeout how long; ten block times, at least ten seconds, where empty
     */
    public record Options(Optional<Long> fee, long expiryBlocks, boolean await, Optional<Duration> timeout) {}

    /**
     * A transaction that was sent.
     *
     * @param transaction what
     * @param view where it is
     */
    public record Sent(Transaction transaction, TransactionView view) {}

    public Sender(NodeService node, Pause pause) {
        this.node = node;
        this.pause = pause;
    }

    /**
     * Sends the payloads in their order, each with the next nonce.
     *
     * @throws Failure where one is not final in time; the message names it
     */
    public List<Sent> send(Signer signer, List<Payload> payloads, Options options) throws InterruptedException {
        ChainParameters parameters = node.parameters();
        long deadline = pause.nanoTime() + timeout(parameters, options).toNanos();
        long nonce = node.account(Address.of(signer.publicKey())).pendingNonce();
        List<Transaction> transactions = new ArrayList<>();
        for (Payload payload : payloads) {
            Transaction transaction = sign(signer, payload, nonce++, options);
            submit(transaction, transactions);
            transactions.add(transaction);
        }
        List<Sent> sent = new ArrayList<>();
        for (Transaction transaction : transactions) {
            TransactionView view = options.await()
                    ? await(transaction, deadline)
                    : new TransactionView(
                            transaction.id(),
                            TransactionView.State.PENDING,
                            Optional.of(transaction),
                            Optional.empty());
            sent.add(new Sent(transaction, view));
        }
        return sent;
    }

    private void submit(Transaction transaction, List<Transaction> before) {
        try {
            node.submit(transaction);
        } catch (PoSException e) {
            if (before.isEmpty()) {
                throw e;
            }
            String ids = before.stream().map(t -> t.id().toString()).collect(Collectors.joining(", "));
            throw new Failure(e.getMessage() + " (sent before it: " + ids + ")", e);
        }
    }

    private Transaction sign(Signer signer, Payload payload, long nonce, Options options) {
        ChainParameters parameters = node.parameters();
        String chainId = node.status().chainId();
        long fee = options.fee().orElse(parameters.minimumFee());
        long expiry = Math.addExact(node.status().finalizedHeight(), options.expiryBlocks());
        Transaction unsigned =
                new Transaction(chainId, signer.publicKey(), nonce, fee, 0, expiry, payload, Bytes.EMPTY);
        long gas = unsigned.gas(parameters.gas());
        Transaction complete =
                new Transaction(chainId, signer.publicKey(), nonce, fee, gas, expiry, payload, Bytes.EMPTY);
        return complete.signed(signer.sign(complete.signBytes()));
    }

    private TransactionView await(Transaction transaction, long deadline) throws InterruptedException {
        Hash id = transaction.id();
        long begin = pause.nanoTime();
        while (true) {
            // the height first: what is final at it is seen by the look that follows
            long height = node.status().finalizedHeight();
            TransactionView view = node.transaction(id);
            if (view.state() == TransactionView.State.FINAL) {
                return view;
            }
            if (height >= transaction.expiryHeight()) {
                throw new Failure(
                        "transaction " + id + " expired: no block up to " + transaction.expiryHeight() + " holds it");
            }
            if (pause.nanoTime() >= deadline) {
                long seconds = Duration.ofNanos(pause.nanoTime() - begin).toSeconds();
                throw new Failure("transaction " + id + " is not final after " + seconds + " s (node " + node.name()
                        + " has finalized block " + height + "); it may still be until block "
                        + transaction.expiryHeight() + ": pos:tx-show " + id);
            }
            pause.millis(LOOK_MILLIS);
        }
    }

    private static Duration timeout(ChainParameters parameters, Options options) {
        return options.timeout().orElseGet(() -> {
            Duration blocks = Duration.ofMillis(10 * parameters.blockTimeMillis());
            Duration least = Duration.ofSeconds(10);
            return blocks.compareTo(least) < 0 ? least : blocks;
        });
    }
}
