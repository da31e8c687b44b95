package org.hauptbuch.node.keys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** Small files that only their owner may read, where the file system knows owners. */
public final class PrivateFile {
    private static final Set<PosixFilePermission> OWNERS = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private PrivateFile() {}

    /**
     * The text of a file.
     *
     * @throws IllegalArgumentException where others may read or write it, as ssh refuses a key, or it has more than
     *     {@code maxBytes}
     * @throws UncheckedIOException where it cannot be read
     */
    public static String read(Path file, int maxBytes) {
        try {
            if (isPosix(file)) {
                Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
                if (!OWNERS.containsAll(permissions)) {
                    throw new IllegalArgumentException(file + ": its permissions are "
                            + PosixFilePermissions.toString(permissions)
                            + ", must be rw------- (others may read or change it: chmod 600 " + file + ")");
                }
            }
            try (var in = Files.newInputStream(file)) {
                byte[] bytes = in.readNBytes(maxBytes + 1);
                if (bytes.length > maxBytes) {
                    throw new IllegalArgumentException(
                            file + ": more than " + maxBytes + " bytes, must be " + maxBytes + " or less");
                }
                return new String(bytes, StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e, e);
        }
    }

    /**
     * Writes a new file that nobody sees half of, not even after a power cut.
     *
     * @throws UncheckedIOException where it exists or cannot be written
     */
    public static void write(Path file, String text) {
        if (Files.exists(file)) {
            throw new UncheckedIOException(
                    file + " exists already, must be a new file", new FileAlreadyExistsException(file.toString()));
        }
        replace(file, text);
    }

    /** As {@link #write}, over a file that may exist. */
    static void replace(Path file, String text) {
        Path absolute = file.toAbsolutePath();
        Path part = absolute.resolveSibling(absolute.getFileName() + ".part");
        try {
            Files.createDirectories(absolute.getParent());
            Files.deleteIfExists(part);
            // made with its permissions: there is no moment in which others can read it
            try (FileChannel out = FileChannel.open(
                    part, EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly(absolute))) {
                ByteBuffer left = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (left.hasRemaining()) {
                    out.write(left);
                }
                out.force(true);
            }
            Files.move(part, absolute, StandardCopyOption.ATOMIC_MOVE);
            if (isPosix(absolute)) {
                // the name is durable, too
                try (FileChannel folder = FileChannel.open(absolute.getParent(), StandardOpenOption.READ)) {
                    folder.force(true);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + e, e);
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        return isPosix(file)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
