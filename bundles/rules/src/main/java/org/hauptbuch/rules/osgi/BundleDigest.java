package org.hauptbuch.rules.osgi;

import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.rules.staging.JarStore;

/**
 * The SHA-256 of the exact bytes that a bundle was installed from. A framework does not keep them; its location says
 * where they are: {@code mvn:} in Karaf (answered offline from {@code system/}), {@code file:} and
 * {@code reference:file:} where a launcher installs from disk, a path inside the launcher's own jar where it was
 * exported as one executable jar, and our own scheme for staged jars.
 */
final class BundleDigest {
    private static final String REFERENCE = "reference:";

    private final Optional<JarStore> store;

    /** Staged jars are in {@code store}, where there is one. */
    BundleDigest(Optional<JarStore> store) {
        this.store = store;
    }

    /** The digest. @throws IOException where the bytes cannot be had again, saying why */
    Hash of(String location) throws IOException {
        MessageDigest digest = Hash.newDigest();
        try (InputStream in = open(location)) {
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
        return new Hash(Bytes.of(digest.digest()));
    }

    /** The bytes, at most {@code most}. @throws IOException where they cannot be had again, saying why */
    byte[] read(String location, int most) throws IOException {
        try (InputStream in = open(location)) {
            return in.readNBytes(most);
        }
    }

    private InputStream open(String location) throws IOException {
        Optional<Hash> staged = StagedLocation.digestOf(location);
        if (staged.isPresent()) {
            return openStaged(location, staged.get());
        }
        String plain = location.startsWith(REFERENCE) ? location.substring(REFERENCE.length()) : location;
        URL url = url(plain);
        if (url == null) {
            // the launcher's jar is on the system class path, and the location is a name in it
            InputStream embedded = ClassLoader.getSystemResourceAsStream(plain);
            if (embedded == null) {
                throw new IOException("nothing can be read at its location '" + location
                        + "'; install it from a mvn: or file: location, or by the rules folder");
            }
            return embedded;
        }
        refuseFolder(url, location);
        return url.openStream();
    }

    private InputStream openStaged(String location, Hash digest) throws IOException {
        if (store.isEmpty()) {
            throw new IOException(
                    "its location '" + location + "' needs the property hauptbuch.home, which is not set");
        }
        return Files.newInputStream(store.get().path(digest));
    }

    // null: no URL
    private static URL url(String location) {
        try {
            return new URL(location);
        } catch (MalformedURLException e) {
            return null;
        }
    }

    private static void refuseFolder(URL url, String location) throws IOException {
        if (!url.getProtocol().equals("file")) {
            return;
        }
        try {
            if (Files.isDirectory(Path.of(new URI(url.getProtocol(), null, url.getPath(), null)))) {
                throw new IOException("its location '" + location + "' is a folder, must be a jar");
            }
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new IOException("its location '" + location + "' is no path: " + e.getMessage(), e);
        }
    }
}
