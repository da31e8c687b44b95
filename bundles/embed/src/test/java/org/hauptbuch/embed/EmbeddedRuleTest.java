package org.hauptbuch.embed;

import static org.hauptbuch.embed.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.rule.Rule;
import org.hauptbuch.api.rule.RuleFactory;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedRuleTest {
    /** A factory whose class file is small enough to be packed by a test. */
    public static final class Factory implements RuleFactory {
        @Override
        public Rule create(Parameters parameters) {
            return new Rule() {};
        }
    }

    private static final String CLASS_FILE = Factory.class.getName().replace('.', '/') + ".class";

    private static byte[] classBytes() throws Exception {
        try (InputStream in = Factory.class.getClassLoader().getResourceAsStream(CLASS_FILE)) {
            return in.readAllBytes();
        }
    }

    @Test
    void codeInAFolderIsNamedByItsClass() throws Exception {
        EmbeddedRule rule = EmbeddedRule.of("slashing.mine", new Factory());
        assertEquals(RuleKind.SLASHING, rule.ref().kind());
        assertEquals("slashing.mine", rule.ref().id());
        assertEquals("unpacked", rule.ref().version());
        assertEquals(Hash.sha256(classBytes()), rule.ref().digest());
        assertEquals(Parameters.NONE, rule.ref().parameters());
    }

    @Test
    void aLambdaIsNamedByTheClassAroundIt() {
        assertEquals(
                EmbeddedRule.of("slashing.mine", parameters -> new Rule() {})
                        .ref()
                        .digest(),
                EmbeddedRule.of("slashing.mine", parameters -> null).ref().digest());
    }

    @Test
    void codeInAJarIsNamedAsNodesNameIt(@TempDir Path folder) throws Exception {
        Path jar = folder.resolve("rule.jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Bundle-Version", "1.2.3");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest)) {
            out.putNextEntry(new JarEntry(CLASS_FILE));
            out.write(classBytes());
        }
        try (URLClassLoader loader = new Inverted(jar.toUri().toURL())) {
            RuleFactory factory = (RuleFactory) loader.loadClass(Factory.class.getName())
                    .getDeclaredConstructor()
                    .newInstance();
            EmbeddedRule rule = EmbeddedRule.of("slashing.mine", factory);
            assertEquals("1.2.3", rule.ref().version());
            assertEquals(
                    Hash.sha256(Bytes.of(Files.readAllBytes(jar))), rule.ref().digest());
        }
    }

    @Test
    void anIdBeginsWithAKind() {
        for (String id : new String[] {"", "mine", "penalties.mine", ".slashing"}) {
            assertRefused(
                    PoSError.CONSENSUS_STATE_UPDATE_FAILED,
                    () -> EmbeddedRule.of(id, new Factory()),
                    "rule id is '" + id + "'");
        }
    }

    /** Loads the factory from the jar and everything else as usual. */
    private static final class Inverted extends URLClassLoader {
        Inverted(URL jar) {
            super(new URL[] {jar}, EmbeddedRuleTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            return name.equals(Factory.class.getName()) ? findClass(name) : super.loadClass(name, resolve);
        }
    }
}
