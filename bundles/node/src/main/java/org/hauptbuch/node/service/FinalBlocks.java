package org.hauptbuch.node.service;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.hauptbuch.api.node.FinalBlock;
import org.hauptbuch.node.chain.ChainStore;
import org.hauptbuch.node.chain.Tip;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who waits for final blocks. A listener that is slow reads what it missed from the store, so that every listener gets
 * every block and none costs memory. Thread-safe.
 */
final class FinalBlocks {
    private static final Logger LOG = LoggerFactory.getLogger(FinalBlocks.class);
    private static final int RECENT = 8;

    private final String node;
    private final ChainStore chain;
    private final Deque<FinalBlock> recent = new ArrayDeque<>();
    private final List<Subscription> subscriptions = new ArrayList<>();
    private long height;

    FinalBlocks(String node, ChainStore chain) {
        this.node = node;
        this.chain = chain;
        this.height = chain.tip().map(Tip::height).orElse(0L);
    }

    /** A block is final and in the store. */
    synchronized void add(FinalBlock block) {
        height = block.block().height();
        recent.addLast(block);
        if (recent.size() > RECENT) {
            recent.removeFirst();
        }
        notifyAll();
    }

    /** Waits until {@code wanted} is final; returns whether it is. */
    synchronized boolean await(long wanted, Duration timeout) throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        while (height < wanted) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    /** Tells {@code listener} of every block from now on. */
    synchronized AutoCloseable subscribe(Consumer<FinalBlock> listener) {
        Subscription subscription = new Subscription(listener, height + 1);
        subscriptions.add(subscription);
        subscription.thread.start();
        return subscription;
    }

    /** Ends all subscriptions. */
    void close() {
        List<Subscription> all;
        synchronized (this) {
            all = List.copyOf(subscriptions);
        }
        all.forEach(Subscription::close);
    }

    /** The block at {@code wanted}, once it is final; empty where {@code subscription} ends before. */
    private Optional<FinalBlock> take(long wanted, Subscription subscription) throws InterruptedException {
        synchronized (this) {
            while (height < wanted && !subscription.closed) {
                wait();
            }
            if (subscription.closed) {
                return Optional.empty();
            }
            Optional<FinalBlock> fresh =
                    recent.stream().filter(b -> b.block().height() == wanted).findFirst();
            if (fresh.isPresent()) {
                return fresh;
            }
        }
        return Optional.of(new FinalBlock(
                chain.block(wanted).orElseThrow(),
                chain.certificate(wanted).orElseThrow(),
                chain.receipts(wanted),
                System.nanoTime()));
    }

    private final class Subscription implements AutoCloseable {
        private final Consumer<FinalBlock> listener;
        private final Thread thread;
        private long next;
        private volatile boolean closed;

        private Subscription(Consumer<FinalBlock> listener, long next) {
            this.listener = listener;
            this.next = next;
            this.thread = new Thread(this::run, "hauptbuch-final-" + node);
            this.thread.setDaemon(true);
        }

        private void run() {
            try {
                while (!closed) {
                    Optional<FinalBlock> block = take(next, this);
                    if (block.isPresent()) {
                        listener.accept(block.get());
                        next++;
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                LOG.error("{}: a listener for final blocks failed and hears no more", node, e);
                close();
            }
        }

        @Override
        public void close() {
            closed = true;
            synchronized (FinalBlocks.this) {
                subscriptions.remove(this);
                FinalBlocks.this.notifyAll();
            }
        }
    }
}
