package org.hauptbuch.node.pool;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.hauptbuch.api.chain.GasSchedule;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.ledger.Account;
import org.hauptbuch.node.core.PoolLimits;
import org.hauptbuch.node.metrics.Metric;
import org.hauptbuch.node.metrics.Metrics;

/**
 * Transactions that wait for a block: of each sender in the order of nonces, among senders by fee per gas, then by
 * arrival. A transaction is in it only after its signature was verified. Belongs to the loop; lookups by id and
 * {@link #pendingNonce} from any thread.
 */
public final class TransactionPool {
    private final PoolLimits limits;
    private final GasSchedule gas;
    private final Metrics metrics;
    private final Map<Hash, Entry> byId = new ConcurrentHashMap<>();
    private final Map<Address, Long> pendingNonces = new ConcurrentHashMap<>();
    private final Map<Address, Sender> senders = new HashMap<>();
    /** The next transaction of every sender that has it. */
    private final TreeSet<Entry> heads = new TreeSet<>(Entry.BEST_FIRST);
    /** All, for finding the worst when it is full. */
    private final TreeSet<Entry> all = new TreeSet<>(Entry.BEST_FIRST);

    private final NavigableMap<Long, Map<Hash, Entry>> byExpiry = new TreeMap<>();
    private long bytes;
    private long arrivals;

    private record Entry(PooledTransaction pooled, long priority, long arrival) {
        private static final Comparator<Entry> BEST_FIRST =
                Comparator.comparingLong(Entry::priority).reversed().thenComparingLong(Entry::arrival);

        private long nonce() {
            return pooled.transaction().nonce();
        }

        private long fee() {
            return pooled.transaction().fee();
        }
    }

    private static final class Sender {
        private final NavigableMap<Long, Entry> byNonce = new TreeMap<>();
        private long nonce;
    }

    /** An empty pool for a chain with this gas schedule. */
    public TransactionPool(PoolLimits limits, GasSchedule gas, Metrics metrics) {
        this.limits = limits;
        this.gas = gas;
        this.metrics = metrics;
    }

    /** The number of transactions in it. From any thread. */
    public int size() {
        return byId.size();
    }

    /** The transaction with this id, if it waits. From any thread. */
    public Optional<PooledTransaction> get(Hash id) {
        return Optional.ofNullable(byId.get(id)).map(Entry::pooled);
    }

    /** Whether the transaction with this id waits. From any thread. */
    public boolean contains(Hash id) {
        return byId.containsKey(id);
    }

    /** The nonce after all of {@code sender}'s that follow each other from {@code nonce} on. From any thread. */
    public long pendingNonce(Address sender, long nonce) {
        return Math.max(nonce, pendingNonces.getOrDefault(sender, nonce));
    }

    /**
     * Takes a transaction.
     *
     * @param accountNonce the nonce of its sender's account
     * @throws PoSException INVALID_TRANSACTION where it is known, its nonce is used or too far ahead, it pays too little
     *     to replace another or to be let in, or there is no room
     */
    public void add(PooledTransaction pooled, long accountNonce) {
        Transaction transaction = pooled.transaction();
        long nonce = transaction.nonce();
        if (byId.containsKey(pooled.id())) {
            throw refuse("transaction " + pooled.id() + " is in the pool already");
        }
        if (nonce < accountNonce || nonce - accountNonce >= limits.perSender()) {
            throw PoSException.outOfRange(
                    PoSError.INVALID_TRANSACTION,
                    "nonce",
                    nonce,
                    accountNonce + " to " + (accountNonce + limits.perSender() - 1));
        }
        Entry entry = new Entry(pooled, pooled.priority(gas), arrivals++);
        Sender sender = senders.get(pooled.sender());
        Entry rival = sender == null ? null : sender.byNonce.get(nonce);
        if (rival != null) {
            long least = rival.fee() > Long.MAX_VALUE - rival.fee() / 10 - 1
                    ? Long.MAX_VALUE
                    : rival.fee() + Math.max(1, (rival.fee() + 9) / 10);
            if (transaction.fee() < least) {
                throw PoSException.outOfRange(
                        PoSError.INVALID_TRANSACTION,
                        "fee",
                        transaction.fee(),
                        least + " or more to replace the transaction with the same nonce");
            }
            remove(rival);
        } else {
            makeRoom(entry);
        }
        insert(entry, accountNonce);
    }

    /**
     * What a block should hold, in its order: as much as fits, of each sender only what its balance pays for.
     *
     * @param maxGas gas of all of them together
     * @param maxBytes bytes of their encodings with lengths
     * @param height the block's height
     * @param accounts the accounts before the block
     */
    public List<PooledTransaction> select(
            long maxGas, long maxBytes, long height, Function<Address, Account> accounts) {
        List<PooledTransaction> chosen = new ArrayList<>();
        Map<Address, Long> balances = new HashMap<>();
        PriorityQueue<Entry> followers = new PriorityQueue<>(Entry.BEST_FIRST);
        Iterator<Entry> firsts = heads.iterator();
        Entry first = firsts.hasNext() ? firsts.next() : null;
        long gasLeft = maxGas;
        long bytesLeft = maxBytes;
        long cheapest = gas.transactionValidation();
        while (gasLeft >= cheapest && bytesLeft > 0 && (first != null || !followers.isEmpty())) {
            Entry entry;
            if (first == null || !followers.isEmpty() && Entry.BEST_FIRST.compare(followers.peek(), first) < 0) {
                entry = followers.poll();
            } else {
                entry = first;
                first = firsts.hasNext() ? firsts.next() : null;
            }
            PooledTransaction pooled = entry.pooled;
            long needed = pooled.transaction().gas(gas);
            Long left = balances.get(pooled.sender());
            long balance;
            if (left != null) {
                balance = left;
            } else {
                Account account = accounts.apply(pooled.sender());
                // a head whose nonce is not the account's is out of date: left to the next revalidation
                balance = account.nonce() == entry.nonce() ? account.balance() : -1L;
            }
            if (needed > gasLeft
                    || pooled.encoded().length() + 4L > bytesLeft
                    || pooled.transaction().fee() > balance
                    || pooled.transaction().expiryHeight() < height) {
                // nor do those that follow it have a chance
                continue;
            }
            chosen.add(pooled);
            gasLeft -= needed;
            bytesLeft -= pooled.encoded().length() + 4L;
            Entry follower = senders.get(pooled.sender()).byNonce.get(entry.nonce() + 1);
            if (follower != null) {
                balances.put(pooled.sender(), Math.max(0, balance - pooled.spends()));
                followers.add(follower);
            }
        }
        return chosen;
    }

    /**
     * Follows a final block: drops what it used up, what has expired, and what its senders can no longer pay for.
     *
     * @param used the transactions of the block
     * @param nextHeight the height of the block after it
     * @param accounts the accounts after it
     */
    public void finalized(List<Used> used, long nextHeight, Function<Address, Account> accounts) {
        Map<Address, Long> nonces = new HashMap<>();
        for (Used one : used) {
            nonces.merge(sender(one), one.transaction().nonce() + 1, Math::max);
        }
        nonces.forEach((address, nonce) -> {
            Sender sender = senders.get(address);
            if (sender != null) {
                advance(address, sender, nonce);
                Entry head = sender.byNonce.get(nonce);
                if (head != null && accounts.apply(address).balance() < head.fee()) {
                    List.copyOf(sender.byNonce.values()).forEach(this::evict);
                }
            }
        });
        byExpiry.headMap(nextHeight, false).values().stream()
                .flatMap(entries -> entries.values().stream())
                .toList()
                .forEach(this::evict);
    }

    /**
     * A transaction of a final block.
     *
     * @param id its id
     * @param transaction its content
     */
    public record Used(Hash id, Transaction transaction) {}

    /** Drops a transaction that turned out to be of no use, with those of its sender that follow it. */
    public void drop(PooledTransaction pooled) {
        Sender sender = senders.get(pooled.sender());
        if (sender != null) {
            List.copyOf(sender.byNonce
                            .tailMap(pooled.transaction().nonce(), true)
                            .values())
                    .forEach(this::evict);
        }
    }

    /** Up to {@code max} of the transactions that have waited since before {@code olderThan} more had arrived. */
    public List<PooledTransaction> waiting(long olderThan, int max) {
        return heads.stream()
                .filter(entry -> entry.arrival <= olderThan)
                .limit(max)
                .map(Entry::pooled)
                .toList();
    }

    /** How many have arrived so far. */
    public long arrivals() {
        return arrivals;
    }

    private Address sender(Used one) {
        Entry known = byId.get(one.id());
        return known == null ? one.transaction().from() : known.pooled.sender();
    }

    private void advance(Address address, Sender sender, long nonce) {
        sender.nonce = Math.max(sender.nonce, nonce);
        List<Entry> done = List.copyOf(sender.byNonce.headMap(nonce, false).values());
        done.forEach(this::remove);
        if (senders.get(address) == sender) {
            settle(address, sender);
        }
    }

    private void makeRoom(Entry entry) {
        int more = entry.pooled.encoded().length();
        while (byId.size() >= limits.transactions() || bytes + more > limits.bytes()) {
            Entry worst = all.isEmpty() ? null : all.last();
            if (worst == null || Entry.BEST_FIRST.compare(worst, entry) <= 0 || worst.priority == entry.priority) {
                throw refuse(
                        "the pool is full (" + byId.size() + " transactions, " + bytes + " bytes): a fee of more than "
                                + (worst == null ? "0" : Long.toString(worst.fee())) + " is needed");
            }
            drop(worst.pooled);
        }
    }

    private void insert(Entry entry, long accountNonce) {
        Address address = entry.pooled.sender();
        Sender sender = senders.computeIfAbsent(address, unused -> new Sender());
        sender.nonce = Math.max(sender.nonce, accountNonce);
        sender.byNonce.put(entry.nonce(), entry);
        byId.put(entry.pooled.id(), entry);
        all.add(entry);
        byExpiry.computeIfAbsent(entry.pooled.transaction().expiryHeight(), unused -> new LinkedHashMap<>())
                .put(entry.pooled.id(), entry);
        bytes += entry.pooled.encoded().length();
        settle(address, sender);
    }

    private void evict(Entry entry) {
        metrics.count(Metric.TRANSACTIONS_EVICTED);
        remove(entry);
    }

    private void remove(Entry entry) {
        Address address = entry.pooled.sender();
        Sender sender = senders.get(address);
        sender.byNonce.remove(entry.nonce());
        byId.remove(entry.pooled.id());
        all.remove(entry);
        heads.remove(entry);
        Long expiry = entry.pooled.transaction().expiryHeight();
        Map<Hash, Entry> sameExpiry = byExpiry.get(expiry);
        sameExpiry.remove(entry.pooled.id());
        if (sameExpiry.isEmpty()) {
            byExpiry.remove(expiry);
        }
        bytes -= entry.pooled.encoded().length();
        if (sender.byNonce.isEmpty()) {
            senders.remove(address);
            pendingNonces.remove(address);
        } else {
            settle(address, sender);
        }
    }

    /** Brings the sender's head and its pending nonce up to date. */
    private void settle(Address address, Sender sender) {
        Entry head = sender.byNonce.get(sender.nonce);
        if (head != null) {
            heads.add(head);
        }
        long next = pendingNonces.getOrDefault(address, sender.nonce);
        if (next < sender.nonce || !sender.byNonce.containsKey(next - 1)) {
            next = sender.nonce;
        }
        while (sender.byNonce.containsKey(next)) {
            next++;
        }
        pendingNonces.put(address, next);
    }

    private PoSException refuse(String detail) {
        return new PoSException(PoSError.INVALID_TRANSACTION, detail);
    }
}
