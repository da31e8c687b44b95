package org.hauptbuch.shell.bench;

import java.util.ArrayDeque;
import java.util.Deque;
import org.hauptbuch.api.chain.ChainParameters;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;

/** One sender of the load with its transfers, in the order of nonces. One thread at a time. */
final class BenchAccount {
    /**
     * A transfer, ready to go.
     *
     * @param id its id
     * @param transaction what
     */
    record Ready(Hash id, Transaction transaction) {}

    private final Signer signer;
    private final Address address;
    private final Deque<Ready> ready = new ArrayDeque<>();
    private Address to;
    private String chainId;
    private ChainParameters parameters;
    private long expiryHeight;
    private long nonce;
    private long blockedUntil = Long.MIN_VALUE;

    BenchAccount(Signer signer) {
        this.signer = signer;
        this.address = Address.of(signer.publicKey());
    }

    Address address() {
        return address;
    }

    /** From now on it sends one unit each to {@code to}, from {@code nonce} on. */
    void prepare(Address receiver, String chain, ChainParameters chainParameters, long expiry, long firstNonce) {
        to = receiver;
        chainId = chain;
        parameters = chainParameters;
        expiryHeight = expiry;
        nonce = firstNonce;
        ready.clear();
    }

    /** Signs {@code count} transfers in advance. */
    void sign(int count) {
        for (int i = 0; i < count; i++) {
            ready.addLast(sign());
        }
    }

    /** The next transfer; signed now where none is left in advance. */
    Ready next() {
        Ready first = ready.pollFirst();
        return first == null ? sign() : first;
    }

    /** Takes a transfer back that the node refused: it is the next again, not before {@code notBefore}. */
    void back(Ready refused, long notBefore) {
        ready.addFirst(refused);
        blockedUntil = notBefore;
    }

    boolean isBlocked(long now) {
        return now - blockedUntil < 0 && blockedUntil != Long.MIN_VALUE;
    }

    private Ready sign() {
        Transaction unsigned = new Transaction(
                chainId,
                signer.publicKey(),
                nonce++,
                parameters.minimumFee(),
                parameters.gas().transactionValidation(),
                expiryHeight,
                new Payload.Transfer(to, 1),
                Bytes.EMPTY);
        Transaction signed = unsigned.signed(signer.sign(unsigned.signBytes()));
        return new Ready(signed.id(), signed);
    }
}
