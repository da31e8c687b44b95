package org.hauptbuch.node.signer;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;

/**
 * A file of records that are only appended, each durable before the next step. A record is one sector of 512 bytes: its
 * length, itself, zeros, and the SHA-256 of all that. What a crash left of the last one, which nobody was told of, is cut
 * off; everything else that is wrong is refused. Held by one process at a time. Not thread-safe.
 */
final class RecordFile implements Closeable {
    private static final int SECTOR = 512;
    private static final int CONTENT = SECTOR - Hash.LENGTH;

    private final Path file;
    private final FileChannel lock;
    private FileChannel channel;
    private long records;

    private RecordFile(Path file, FileChannel lock) {
        this.file = file;
        this.lock = lock;
    }

    /**
     * Opens a file that may not be there yet.
     *
     * @param into gets its records, in their order
     * @throws IllegalArgumentException where it is damaged, naming the record, or another process holds it
     * @throws UncheckedIOException where it cannot be used
     */
    static RecordFile open(Path file, List<Bytes> into) {
        FileChannel lock = null;
        RecordFile opened = null;
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            lock = FileChannel.open(
                    file.resolveSibling(file.getFileName() + ".lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
            if (!isHeld(lock)) {
                throw new IllegalArgumentException(file + " is in use by another signer, must be by one");
            }
            RecordFile found = new RecordFile(file, lock);
            found.channel = appending(file);
            found.load(into);
            opened = found;
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use " + file + ": " + e, e);
        } finally {
            if (opened == null && lock != null) {
                closed(lock);
            }
        }
    }

    private static boolean isHeld(FileChannel lock) throws IOException {
        try {
            FileLock held = lock.tryLock();
            return held != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static void closed(FileChannel lock) {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot release a lock: " + e, e);
        }
    }

    private static FileChannel appending(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        syncFolder(file);
        return channel;
    }

    private static void syncFolder(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
                names.force(true);
            }
        }
    }

    private void load(List<Bytes> into) throws IOException {
        byte[] all = Files.readAllBytes(file);
        records = 0;
        long whole = all.length / SECTOR;
        for (int i = 0; i < whole; i++) {
            Bytes sector = Bytes.of(all, i * SECTOR, SECTOR);
            if (i == whole - 1 && all.length % SECTOR == 0 && sector.equals(Bytes.of(new byte[SECTOR]))) {
                break;
            }
            into.add(content(sector, i + 1));
            records++;
        }
        channel.truncate(records * SECTOR);
        channel.force(true);
        channel.position(records * SECTOR);
    }

    private Bytes content(Bytes sector, long number) {
        int length = (sector.at(0) & 0xff) << 8 | sector.at(1) & 0xff;
        if (length > CONTENT - 2
                || !Hash.sha256(sector.slice(0, CONTENT)).bytes().equals(sector.slice(CONTENT, Hash.LENGTH))) {
            throw new IllegalArgumentException(file + ": record " + number
                    + " is damaged; what this key signed is not known, so it must not sign. Move the file away and start"
                    + " with --first-height, above everything that the key may have signed");
        }
        return sector.slice(2, length);
    }

    private static Bytes sector(Bytes record) {
        if (record.length() > CONTENT - 2) {
            throw new IllegalArgumentException(
                    "a record of " + record.length() + " bytes, must be at most " + (CONTENT - 2));
        }
        Bytes content = new Writer()
                .u8(record.length() >>> 8)
                .u8(record.length() & 0xff)
                .fixed(record)
                .fixed(new byte[CONTENT - 2 - record.length()])
                .toBytes();
        return new Writer().fixed(content).fixed(Hash.sha256(content).bytes()).toBytes();
    }

    /** How many records it has. */
    long records() {
        return records;
    }

    /** Appends a record, which is durable when this returns. After a failure nothing may be appended any more. */
    void append(Bytes record) throws IOException {
        write(channel, sector(record));
        channel.force(true);
        records++;
    }

    /** Has only these records from now on: all of them durable when this returns, or all that were there. */
    void replace(List<Bytes> kept) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(next);
        try (FileChannel out = FileChannel.open(next, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (Bytes record : kept) {
                write(out, sector(record));
            }
            out.force(true);
        }
        channel.close();
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        channel = appending(file);
        load(new ArrayList<>());
    }

    private static void write(FileChannel to, Bytes sector) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(sector.toArray());
        while (left.hasRemaining()) {
            to.write(left);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            lock.close();
        }
    }
}
