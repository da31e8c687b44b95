package org.hauptbuch.rules.staging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.hauptbuch.api.value.Hash;

/** Jars kept by the digest of their bytes: {@code <sha256>.jar} in one folder. Not thread-safe. */
public final class JarStore {
    private final Path folder;

    /** A store in {@code folder}, which is made with the first jar. */
    public JarStore(Path folder) {
        this.folder = folder;
    }

    /** Where the jar with this digest is or would be. */
    public Path path(Hash digest) {
        return folder.resolve(digest + ".jar");
    }

    boolean has(Hash digest) {
        return Files.isRegularFile(path(digest));
    }

    /** Keeps {@code jar}: the file is there as a whole or not at all. */
    void keep(Hash digest, byte[] jar) throws RefusedException {
        Path part = folder.resolve(digest + ".part");
        try {
            Files.createDirectories(folder);
            Files.write(part, jar);
            Files.move(part, path(digest), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new RefusedException("cannot be kept in " + folder + ": " + e, e);
        }
    }

    /** The bytes of a kept jar. Refuses those that are not of its name. */
    byte[] read(Hash digest) throws RefusedException {
        try {
            if (Files.size(path(digest)) > JarCheck.MAX_BYTES) {
                throw JarCheck.tooLarge(Files.size(path(digest)));
            }
            byte[] jar = Files.readAllBytes(path(digest));
            Hash actual = Hash.sha256(jar);
            if (!actual.equals(digest)) {
                throw new RefusedException("is kept with SHA-256 " + actual + ", must be " + digest);
            }
            return jar;
        } catch (IOException e) {
            throw new RefusedException("cannot be read from " + folder + ": " + e, e);
        }
    }

    void forget(Hash digest) throws IOException {
        Files.deleteIfExists(path(digest));
    }
}
