package org.hauptbuch.store.rocksdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hauptbuch.api.store.Store;
import org.hauptbuch.api.store.StoreFactory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Opens durable stores, one RocksDB in each folder. All stores of a factory share one block cache, and all of a process
 * share RocksDB's background threads. Thread-safe.
 *
 * <p>As a service it carries {@code store=rocksdb}. When it goes, stores that are still open are closed: an open one
 * would outlive its cache.
 */
@Component(service = StoreFactory.class, configurationPid = "org.hauptbuch.store.rocksdb", property = "store=rocksdb")
@Designate(ocd = RocksStoreFactory.Settings.class)
public final class RocksStoreFactory implements StoreFactory, AutoCloseable {
    private static final int LEAST_CACHE = 8;
    private static final int MOST_CACHE = 65_536;

    /** Settings of this process only; they need not agree with those of other nodes. */
    @ObjectClassDefinition(
            name = "RocksDB store",
            description = "Settings of this process only; they need not agree with those of other nodes.")
    public @interface Settings {
        /** Memory for the blocks that were read last, shared by all stores of the process. */
        @AttributeDefinition(
                description = "Memory for the blocks that were read last, shared by all stores of the process; in"
                        + " megabytes, 8 to 65536.",
                min = "8",
                max = "65536")
        int cacheMegabytes() default 64;
    }

    private final Tuning tuning;
    private final Set<RocksStore> open = new HashSet<>();
    private boolean closed;

    @Activate
    public RocksStoreFactory(Settings settings) {
        this(settings.cacheMegabytes());
    }

    /**
     * A factory outside of OSGi.
     *
     * @param cacheMegabytes the size of the shared block cache, 8 to 65,536 megabytes
     * @throws IllegalArgumentException where it is outside that range
     */
    public RocksStoreFactory(int cacheMegabytes) {
        if (cacheMegabytes < LEAST_CACHE || cacheMegabytes > MOST_CACHE) {
            throw new IllegalArgumentException(
                    "cacheMegabytes: " + cacheMegabytes + ", must be " + LEAST_CACHE + " to " + MOST_CACHE);
        }
        tuning = new Tuning(cacheMegabytes);
    }

    @Override
    public synchronized Store open(Path folder) {
        if (closed) {
            throw new IllegalStateException("cannot open the store in " + folder + ": this factory is closed");
        }
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open the store in " + folder + ": cannot make the folder: " + e, e);
        }
        RocksStore store = RocksStore.open(folder, tuning, this::forget);
        open.add(store);
        return store;
    }

    /** Closes every store that is still open, then frees the shared memory. Idempotent. */
    @Override
    @Deactivate
    public void close() {
        List<RocksStore> left;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            left = List.copyOf(open);
        }
        // not under the monitor: each store waits for its readers, and tells this factory when it is closed
        left.forEach(RocksStore::close);
        tuning.close();
    }

    private synchronized void forget(RocksStore store) {
        open.remove(store);
    }
}
