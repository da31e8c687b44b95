package org.hauptbuch.store.rocksdb;

import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.WALRecoveryMode;

/**
 * How every store of a factory is opened, and the native memory that they share. To be closed after the last of them.
 */
final class Tuning implements AutoCloseable {
    private static final long MEGABYTE = 1 << 20;

    /** About 1 % of the gets of an absent key read a block in vain (RocksDB's documentation of the full filter). */
    private static final double BLOOM_BITS_PER_KEY = 10;

    static {
        RocksDB.loadLibrary();
    }

    private final Cache cache;
    private final BloomFilter bloom = new BloomFilter(BLOOM_BITS_PER_KEY);

    Tuning(int cacheMegabytes) {
        cache = new LRUCache(cacheMegabytes * MEGABYTE);
    }

    /** Options of a database; the caller closes them after it. */
    DBOptions databaseOptions() {
        return new DBOptions()
                .setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                // A torn record at the end of the log is a commit that never returned. Anything else that cannot be
                // read is loss, and RocksDB's default would open at an older state without a word: a validator could
                // then sign against its own record.
                .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords)
                .setDbWriteBufferSize(32 * MEGABYTE)
                .setMaxTotalWalSize(128 * MEGABYTE)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setKeepLogFileNum(2);
    }

    /** Options of a space; the caller closes them after the database. */
    ColumnFamilyOptions spaceOptions() {
        return new ColumnFamilyOptions()
                .setWriteBufferSize(16 * MEGABYTE)
                .setTableFormatConfig(new BlockBasedTableConfig()
                        .setBlockCache(cache)
                        .setFilterPolicy(bloom)
                        // inside the cache, so that the setting bounds what reading takes
                        .setCacheIndexAndFilterBlocks(true)
                        .setPinL0FilterAndIndexBlocksInCache(true));
    }

    @Override
    public void close() {
        bloom.close();
        cache.close();
    }
}
