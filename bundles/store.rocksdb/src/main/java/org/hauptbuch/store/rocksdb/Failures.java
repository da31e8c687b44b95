package org.hauptbuch.store.rocksdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** RocksDB's failures in words for an operator: which folder, and why. */
final class Failures {
    private Failures() {}

    /** The exception that says that one cannot {@code verb} the store in {@code folder}. */
    static UncheckedIOException of(String verb, Path folder, RocksDBException cause) {
        String message =
                "cannot " + verb + " the store in " + folder + ": " + reason(cause) + " (" + cause.getMessage() + ")";
        return new UncheckedIOException(message, new IOException(message, cause));
    }

    private static String reason(RocksDBException cause) {
        Status status = cause.getStatus();
        if (status == null) {
            return "RocksDB refuses";
        }
        if (status.getSubCode() == Status.SubCode.NoSpace) {
            return "the disk is full";
        }
        if (status.getCode() == Status.Code.Corruption) {
            return "its files are corrupt";
        }
        // RocksDB has no code for a lock that is held; its texts are "lock hold by current process" and "While lock
        // file"
        String text = String.valueOf(status.getState());
        if (status.getCode() == Status.Code.IOError
                && (text.startsWith("lock hold by") || text.startsWith("While lock file"))) {
            return "it is open already, here or in another process";
        }
        return "RocksDB refuses";
    }
}
