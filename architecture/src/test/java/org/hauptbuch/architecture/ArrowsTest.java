package org.hauptbuch.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArrowsTest {
    private static final BundleJar API =
            BundleJar.of("org.hauptbuch.api", "Export-Package", "org.hauptbuch.api.tx;version=\"1.0.0\"");
    private static final BundleJar LEDGER =
            BundleJar.of("org.hauptbuch.ledger", "Export-Package", "org.hauptbuch.ledger;version=\"1.0.0\"");

    @Test
    void ourBundlesKeepTheTable() {
        assertEquals(List.of(), Arrows.broken(BundleJar.ours()));
    }

    /** A bundle that nobody looks at would keep any table. */
    @Test
    void everyBundleIsLookedAt() throws IOException {
        Set<String> looked = BundleJar.ours().stream().map(BundleJar::name).collect(Collectors.toSet());
        try (Stream<Path> folders = Files.list(Path.of("..", "bundles"))) {
            Set<String> there = folders.filter(folder -> Files.exists(folder.resolve("bnd.bnd")))
                    .map(folder -> "org.hauptbuch." + folder.getFileName())
                    .collect(Collectors.toSet());
            assertEquals(there, looked);
        }
    }

    /** Nothing imports them, so only a list could bring them in. */
    @Test
    void toolsForTestsAreNotShipped() throws IOException {
        for (String list : List.of("../features/src/main/feature/feature.xml", "../bndrun/devnet.bndrun")) {
            String shipped = Files.readString(Path.of(list));
            assertTrue(shipped.contains("org.hauptbuch.node"), list + " lists no bundle of ours");
            for (String tool : List.of("org.hauptbuch.tck", "org.hauptbuch.testkit")) {
                assertFalse(shipped.contains(tool), list + " ships " + tool);
            }
        }
    }

    @ParameterizedTest(name = "{0} with {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "api | Import-Package | org.slf4j | api may not import org.slf4j",
                "ledger | Import-Package | org.osgi.framework | ledger may not import org.osgi.framework",
                "ledger | Import-Package | org.slf4j | ledger may not import org.slf4j",
                "penalty.fixed | Import-Package | org.osgi.service.component"
                        + " | penalty.fixed may not import org.osgi.service.component",
                "penalty.fixed | Import-Package | org.hauptbuch.ledger"
                        + " | penalty.fixed may not import org.hauptbuch.ledger",
                "node | Import-Package | org.hauptbuch.selection.weighted"
                        + " | node may not import org.hauptbuch.selection.weighted",
                "penalty.fixed | Import-Package | org.hauptbuch.tck"
                        + " | penalty.fixed may not import org.hauptbuch.tck",
                "node | Import-Package | org.hauptbuch.tck | node may not import org.hauptbuch.tck",
                "tck | Import-Package | org.hauptbuch.ledger | tck may not import org.hauptbuch.ledger",
                "node | Import-Package | org.osgi.service.cm | node may not import org.osgi.service.cm",
                "node | Import-Package | com.google.gsonic | node may not import com.google.gsonic",
                "node | Import-Package | org.slf4j;resolution:=optional | node imports org.slf4j optionally",
                "penalty.fixed | Export-Package | org.hauptbuch.penalty.fixed;version=1.0.0"
                        + " | rule penalty.fixed exports org.hauptbuch.penalty.fixed; a rule exports nothing",
                "node | Export-Package | org.hauptbuch.node" + " | node exports org.hauptbuch.node without a version",
                "node | DynamicImport-Package | * | node has the header DynamicImport-Package",
                "node | Require-Bundle | org.hauptbuch.api | node has the header Require-Bundle",
                "node | Bundle-Activator | org.hauptbuch.node.Start | node has the header Bundle-Activator",
                "node | Fragment-Host | org.hauptbuch.api | node has the header Fragment-Host",
                "node | Bundle-ClassPath | .,lib.jar | node has the header Bundle-ClassPath",
                "novel | Import-Package | org.hauptbuch.api.tx"
                        + " | novel has no line in the table of what it may import",
            })
    void wrongArrowsAreNamed(String bundle, String header, String value, String sentence) {
        assertEquals(
                List.of(sentence),
                Arrows.broken(List.of(API, LEDGER, BundleJar.of("org.hauptbuch." + bundle, header, value))));
    }

    @Test
    void classesOfAnotherBundleAreNamed() {
        BundleJar split = new BundleJar(API.headers(), Set.of("org.hauptbuch.api.tx", "org.hauptbuch.node"), Set.of());
        assertEquals(
                List.of("api holds org.hauptbuch.node, which is not below its own name"),
                Arrows.broken(List.of(split)));
    }

    @Test
    void theFrameworkIsForComponents() {
        String component = "org.hauptbuch.node.service.NodeComponent";
        BundleJar node = new BundleJar(
                Map.of(
                        "Bundle-SymbolicName",
                        "org.hauptbuch.node",
                        "Service-Component",
                        "OSGI-INF/" + component + ".xml"),
                Set.of("org.hauptbuch.node"),
                Set.of(component, "org.hauptbuch.node.core.Loop"));
        assertEquals(
                List.of("node uses the OSGi framework in org.hauptbuch.node.core.Loop, which is no component"),
                Arrows.broken(List.of(node)));
    }

    @Test
    void rightArrowsAreLeftAlone() {
        BundleJar rule =
                BundleJar.of("org.hauptbuch.reward.own", "Import-Package", "org.hauptbuch.api.tx;version=\"[1,2)\"");
        BundleJar node = BundleJar.of(
                "org.hauptbuch.node", "Import-Package", "org.hauptbuch.api.tx,org.hauptbuch.ledger,com.google.gson");
        assertTrue(Arrows.broken(List.of(API, LEDGER, rule, node)).isEmpty());
    }
}
