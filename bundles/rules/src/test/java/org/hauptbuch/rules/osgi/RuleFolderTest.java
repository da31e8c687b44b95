package org.hauptbuch.rules.osgi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.rule.RuleRef;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.rules.RuleCatalogue;
import org.hauptbuch.rules.TestRules;
import org.hauptbuch.rules.staging.TestJars;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

class RuleFolderTest {
    private final RuleCatalogue catalogue = new RuleCatalogue();
    private final RuleRef ref =
            new RuleRef(RuleKind.SLASHING, "slashing.late", "0.1.0", TestRules.digest("late"), Parameters.NONE);

    @TempDir
    Path home;

    @Test
    void withoutAHomeNothingIsStagedAndWhatIsThereIsThere() throws Exception {
        for (String unset : new String[] {null, " "}) {
            RuleFolder folder = new RuleFolder(contextOf(unset), settings(""), new RuleCatalogue());
            folder.start();
            assertFalse(folder.ensure(ref));
            folder.stop();
        }
        RuleFolder folder = new RuleFolder(contextOf(null), settings(""), catalogue);
        catalogue.add(new RuleCatalogue.Entry(ref.kind(), ref.id(), ref.version(), ref.digest(), "x", p -> null));
        assertTrue(folder.ensure(ref));
        folder.stop();
    }

    @Test
    void makesTheFolderOfItsHome() throws Exception {
        RuleFolder folder = new RuleFolder(contextOf(home.toString()), settings(""), catalogue);
        assertTrue(Files.isDirectory(home.resolve("rules")));
        assertFalse(folder.ensure(ref));
        folder.stop();
        assertEquals(Optional.of(home.resolve("rules")), Home.rules(contextOf(home.toString())));
    }

    @Test
    void aListOfSignersThatCannotBeReadLetsNobodyIn() throws Exception {
        Bytes jar = Bytes.of(TestJars.rule("slashing.late", "0.1.0", "a"));
        RuleFolder open = new RuleFolder(contextOf(home.toString()), settings(""), catalogue);
        assertEquals(List.of(), open.examine(jar).problems());
        RuleFolder shut = new RuleFolder(contextOf(home.toString()), settings("alice"), catalogue);
        assertEquals(
                List.of("is not signed, or not every entry of it is, and trustedSigners asks for that"),
                shut.examine(jar).problems());
        assertThrows(PoSException.class, () -> shut.stage(jar, "late.jar"));
        assertEquals(Optional.empty(), shut.jar(Hash.sha256(jar)));
        assertFalse(shut.retire(Hash.sha256(jar)));
        open.stop();
        shut.stop();
    }

    private static RuleSettings settings(String trustedSigners) {
        return (RuleSettings) Proxy.newProxyInstance(
                RuleFolderTest.class.getClassLoader(),
                new Class<?>[] {RuleSettings.class},
                (proxy, method, arguments) -> trustedSigners);
    }

    private static BundleContext contextOf(String property) {
        return (BundleContext) Proxy.newProxyInstance(
                RuleFolderTest.class.getClassLoader(),
                new Class<?>[] {BundleContext.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getProperty" -> property;
                    case "getBundles" -> new Bundle[0];
                    default -> null;
                });
    }
}
