package org.hauptbuch.rules.osgi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.rules.staging.JarStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleDigestTest {
    private static final byte[] BYTES = new byte[200_000];

    @TempDir
    Path folder;

    private Path jar;
    private Hash digest;
    private BundleDigest digests;

    @BeforeEach
    void start() throws IOException {
        BYTES[70_000] = 1;
        jar = Files.write(folder.resolve("a rule+1.jar"), BYTES);
        digest = Hash.sha256(BYTES);
        digests = new BundleDigest(Optional.of(new JarStore(folder)));
    }

    @Test
    void readsFileLocations() throws Exception {
        assertEquals(digest, digests.of(jar.toUri().toString()));
        assertEquals(digest, digests.of("reference:" + jar.toUri()));
    }

    @Test
    void readsAJarInsideTheLaunchersJar() throws Exception {
        // as bnd's launcher names it: a resource of the system class loader
        String resource = BundleDigest.class.getName().replace('.', '/') + ".class";
        try (var in = ClassLoader.getSystemResourceAsStream(resource)) {
            assertEquals(Hash.sha256(in.readAllBytes()), digests.of(resource));
        }
    }

    @Test
    void readsStagedJarsFromTheStore() throws Exception {
        Files.write(folder.resolve(digest + ".jar"), BYTES);
        assertEquals(digest, digests.of("hauptbuch-rule:" + digest));
    }

    @Test
    void saysWhyALocationCannotBeRead() {
        assertRefused("jar/absent.jar", "nothing can be read at its location 'jar/absent.jar'");
        assertRefused("hauptbuch-rule:nonsense", "nothing can be read");
        assertRefused("reference:" + folder.toUri(), "is a folder, must be a jar");
        assertRefused(folder.resolve("absent.jar").toUri().toString(), "absent.jar");
        IOException refused = assertThrows(
                IOException.class, () -> new BundleDigest(Optional.empty()).of("hauptbuch-rule:" + digest));
        assertTrue(refused.getMessage().contains("hauptbuch.home"), refused.getMessage());
    }

    private void assertRefused(String location, String part) {
        IOException refused = assertThrows(IOException.class, () -> digests.of(location));
        assertTrue(refused.getMessage().contains(part), refused.getMessage());
    }
}
