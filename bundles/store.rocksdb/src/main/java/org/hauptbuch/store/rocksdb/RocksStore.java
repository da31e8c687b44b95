package org.hauptbuch.store.rocksdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import org.hauptbuch.api.store.Batch;
import org.hauptbuch.api.store.Store;
import org.hauptbuch.api.value.Bytes;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.Snapshot;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * One RocksDB with a column family for each space. A commit is one write batch, synced: all families share one log, so
 * that it is there as a whole or not at all. A scan sees the moment in which it began.
 *
 * <p>After a commit that threw, whether its batch is on disk is not known until the store is opened again; RocksDB
 * refuses further commits where it cannot go on. Thread-safe.
 */
final class RocksStore implements Store {
    private final Path folder;
    private final DBOptions databaseOptions;
    private final ColumnFamilyOptions spaceOptions;
    private final WriteOptions synced = new WriteOptions().setSync(true);
    private final RocksDB database;
    private final List<ColumnFamilyHandle> handles;
    private final Map<Space, ColumnFamilyHandle> spaces = new EnumMap<>(Space.class);
    private final Consumer<RocksStore> onClose;

    /** Calls hold it for reading and close for writing: a call on freed native memory would end the process. */
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

    private boolean closed;

    /** Open views; all are released before the database is closed. */
    private final Set<RocksView> views = ConcurrentHashMap.newKeySet();

    private RocksStore(
            Path folder,
            DBOptions databaseOptions,
            ColumnFamilyOptions spaceOptions,
            RocksDB database,
            List<ColumnFamilyHandle> handles,
            Consumer<RocksStore> onClose) {
        this.folder = folder;
        this.databaseOptions = databaseOptions;
        this.spaceOptions = spaceOptions;
        this.database = database;
        this.handles = handles;
        this.onClose = onClose;
        for (Space space : Space.values()) {
            spaces.put(space, handles.get(1 + space.ordinal()));
        }
    }

    static RocksStore open(Path folder, Tuning tuning, Consumer<RocksStore> onClose) {
        DBOptions databaseOptions = tuning.databaseOptions();
        ColumnFamilyOptions spaceOptions = tuning.spaceOptions();
        // the default family is empty, but RocksDB insists on it
        List<ColumnFamilyDescriptor> families = new ArrayList<>();
        families.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, spaceOptions));
        for (Space space : Space.values()) {
            byte[] name = space.name().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
            families.add(new ColumnFamilyDescriptor(name, spaceOptions));
        }
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        try {
            RocksDB database = RocksDB.open(databaseOptions, folder.toString(), families, handles);
            return new RocksStore(folder, databaseOptions, spaceOptions, database, handles, onClose);
        } catch (RocksDBException e) {
            spaceOptions.close();
            databaseOptions.close();
            throw Failures.of("open", folder, e);
        }
    }

    @Override
    public Optional<Bytes> get(Space space, Bytes key) {
        enter();
        try {
            return Optional.ofNullable(database.get(spaces.get(space), key.toArray()))
                    .map(Bytes::of);
        } catch (RocksDBException e) {
            throw Failures.of("read", folder, e);
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public void scan(Space space, Bytes prefix, Visitor visitor) {
        scan(space, prefix, prefix, visitor);
    }

    @Override
    public void scan(Space space, Bytes prefix, Bytes from, Visitor visitor) {
        try (ReadOptions options = new ReadOptions()) {
            scan(space, prefix, from, options, visitor);
        }
    }

    @Override
    public Optional<View> view() {
        enter();
        try {
            RocksView view = new RocksView(database.getSnapshot());
            views.add(view);
            return Optional.of(view);
        } finally {
            lock.readLock().unlock();
        }
    }

    private void scan(Space space, Bytes prefix, Bytes from, ReadOptions options, Visitor visitor) {
        enter();
        try {
            Optional<Bytes> end = KeyRange.endOf(prefix);
            Bytes begin = from.compareTo(prefix) < 0 ? prefix : from;
            if (end.isEmpty()) {
                walk(space, begin, options, visitor);
            } else {
                try (Slice bound = new Slice(end.get().toArray())) {
                    walk(space, begin, options.setIterateUpperBound(bound), visitor);
                }
            }
        } catch (RocksDBException e) {
            throw Failures.of("read", folder, e);
        } finally {
            lock.readLock().unlock();
        }
    }

    private void walk(Space space, Bytes from, ReadOptions options, Visitor visitor) throws RocksDBException {
        try (RocksIterator iterator = database.newIterator(spaces.get(space), options)) {
            iterator.seek(from.toArray());
            while (iterator.isValid()) {
                if (!visitor.visit(Bytes.of(iterator.key()), Bytes.of(iterator.value()))) {
                    return;
                }
                iterator.next();
            }
            // not valid means either the end or a block that could not be read
            iterator.status();
        }
    }

    @Override
    public long usableBytes() {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot ask how much of the disk of " + folder + " is free", e);
        }
    }

    @Override
    public void commit(Batch batch) {
        enter();
        try (WriteBatch writes = new WriteBatch()) {
            for (Batch.Change change : batch.changes()) {
                ColumnFamilyHandle family = spaces.get(change.space());
                byte[] key = change.key().toArray();
                if (change.value().isPresent()) {
                    writes.put(family, key, change.value().get().toArray());
                } else {
                    writes.delete(family, key);
                }
            }
            database.write(synced, writes);
        } catch (RocksDBException e) {
            throw Failures.of("write", folder, e);
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Waits for calls under way. Idempotent. @throws IllegalStateException where a visitor of a scan calls it */
    @Override
    public void close() {
        if (lock.getReadHoldCount() > 0) {
            throw new IllegalStateException("the store in " + folder + " cannot be closed from within a scan of it");
        }
        lock.writeLock().lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            List.copyOf(views).forEach(RocksView::release);
            handles.forEach(ColumnFamilyHandle::close);
            database.close();
            synced.close();
            spaceOptions.close();
            databaseOptions.close();
        } finally {
            lock.writeLock().unlock();
        }
        onClose.accept(this);
    }

    private void enter() {
        lock.readLock().lock();
        if (closed) {
            lock.readLock().unlock();
            throw new IllegalStateException("the store in " + folder + " is closed");
        }
    }

    /** A sequence number of the database, which keeps what it sees. */
    private final class RocksView implements View {
        private final Snapshot snapshot;
        private boolean released;

        private RocksView(Snapshot snapshot) {
            this.snapshot = snapshot;
        }

        @Override
        public Optional<Bytes> get(Space space, Bytes key) {
            enterView();
            try (ReadOptions options = new ReadOptions().setSnapshot(snapshot)) {
                return Optional.ofNullable(database.get(spaces.get(space), options, key.toArray()))
                        .map(Bytes::of);
            } catch (RocksDBException e) {
                throw Failures.of("read", folder, e);
            } finally {
                lock.readLock().unlock();
            }
        }

        @Override
        public void scan(Space space, Bytes prefix, Bytes from, Visitor visitor) {
            enterView();
            try (ReadOptions options = new ReadOptions().setSnapshot(snapshot)) {
                RocksStore.this.scan(space, prefix, from, options, visitor);
            } finally {
                lock.readLock().unlock();
            }
        }

        /** Waits for calls under way. Idempotent. @throws IllegalStateException where a visitor of a scan calls it */
        @Override
        public void close() {
            if (lock.getReadHoldCount() > 0) {
                throw new IllegalStateException("a view of " + folder + " cannot be closed from within a scan of it");
            }
            lock.writeLock().lock();
            try {
                release();
            } finally {
                lock.writeLock().unlock();
            }
        }

        private void enterView() {
            enter();
            if (released) {
                lock.readLock().unlock();
                throw new IllegalStateException("the view of the store in " + folder + " is closed");
            }
        }

        private void release() {
            if (!released) {
                released = true;
                views.remove(this);
                database.releaseSnapshot(snapshot);
            }
        }
    }
}
