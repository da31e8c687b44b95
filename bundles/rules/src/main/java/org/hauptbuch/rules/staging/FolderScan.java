package org.hauptbuch.rules.staging;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hauptbuch.api.value.Hash;

/**
 * Watches one folder for rule jars: {@link #scan()} looks once and is called again and again by one thread. A file is
 * read when two looks in a row saw it with the same size and time, so a jar that is still being copied is left alone.
 * A file that goes takes its bundle with it; a file that is replaced is staged beside what it was before.
 */
public final class FolderScan {
    private final Path folder;
    private final Staging staging;
    private final Report report;
    private final Map<String, Watched> files = new TreeMap<>();
    private boolean readable = true;

    private record Stamp(long size, FileTime modified) {}

    /** What is known of one file. */
    private static final class Watched {
        private Stamp stamp;
        private boolean read;
        private Hash unannounced;
        private final Set<Hash> staged = new HashSet<>();

        private Watched(Stamp stamp) {
            this.stamp = stamp;
        }
    }

    /** Watches {@code folder} for files that end in {@code .jar}. */
    public FolderScan(Path folder, Staging staging, Report report) {
        this.folder = folder;
        this.staging = staging;
        this.report = report;
    }

    /** Looks once. */
    public void scan() {
        Map<String, Stamp> now;
        try {
            now = list();
            readable = true;
        } catch (IOException e) {
            // said once: the next look is half a second away
            if (readable) {
                report.warn("The rules folder " + folder + " cannot be read: " + e);
            }
            readable = false;
            return;
        }
        now.forEach(this::look);
        forgetOthers(now.keySet());
    }

    private Map<String, Stamp> list() throws IOException {
        Map<String, Stamp> found = new TreeMap<>();
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, "*.jar")) {
            for (Path jar : jars) {
                stampOf(jar).ifPresent(stamp -> found.put(jar.getFileName().toString(), stamp));
            }
        }
        return found;
    }

    private static Optional<Stamp> stampOf(Path jar) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(jar, BasicFileAttributes.class);
            return attributes.isRegularFile()
                    ? Optional.of(new Stamp(attributes.size(), attributes.lastModifiedTime()))
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            // it went between listing and looking
            return Optional.empty();
        }
    }

    private void look(String name, Stamp stamp) {
        Watched file = files.get(name);
        if (file == null) {
            files.put(name, new Watched(stamp));
        } else if (!file.stamp.equals(stamp)) {
            file.stamp = stamp;
            file.read = false;
        } else if (!file.read) {
            file.read = true;
            stage(name, file);
        } else if (file.unannounced != null) {
            announce(name, file);
        }
    }

    private void stage(String name, Watched file) {
        try {
            if (file.stamp.size() > JarCheck.MAX_BYTES) {
                throw JarCheck.tooLarge(file.stamp.size());
            }
            Hash digest =
                    staging.stage(Files.readAllBytes(folder.resolve(name))).digest();
            file.staged.add(digest);
            file.unannounced = digest;
        } catch (RefusedException e) {
            report.warn("Rule jar " + name + " " + e.getMessage());
        } catch (IOException e) {
            report.warn("Rule jar " + name + " cannot be read: " + e);
        }
    }

    // one look later: a component comes up by itself, and may need a moment
    private void announce(String name, Watched file) {
        String rules = staging.availableOf(file.unannounced);
        if (rules.isEmpty()) {
            report.warn("Rule jar " + name + " is installed, but no rule of it is available: the component that makes"
                    + " it is not active; has it a public constructor and all the services that it asks for?");
        } else {
            report.info("Rule jar " + name + " is staged: " + rules + " (sha256 " + file.unannounced.shortHex()
                    + ") is available; it is used when the chain adopts it");
        }
        file.unannounced = null;
    }

    private void forgetOthers(Set<String> present) {
        Set<String> gone = new TreeSet<>(files.keySet());
        gone.removeAll(present);
        for (String name : gone) {
            files.remove(name).staged.forEach(digest -> unstage(name, digest));
        }
    }

    private void unstage(String name, Hash digest) {
        boolean last = files.values().stream().noneMatch(other -> other.staged.contains(digest));
        if (last && staging.retire(digest)) {
            report.info("Rule jar " + name + " is gone: uninstalled (sha256 " + digest.shortHex() + ")");
        }
    }
}
