package org.hauptbuch.rules.osgi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.CopyOnWriteArrayList;
import org.hauptbuch.api.rule.RuleFactory;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.rules.RuleCatalogue;
import org.hauptbuch.rules.TestRules;
import org.hauptbuch.rules.staging.FolderScan;
import org.hauptbuch.rules.staging.Report;
import org.hauptbuch.rules.staging.Staging;
import org.hauptbuch.rules.staging.TestJars;
import org.hauptbuch.rules.staging.Trust;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** Staging in a real framework, Felix in this process. */
class FrameworkTest {
    @TempDir
    Path home;

    private final List<String> warnings = new ArrayList<>();
    private final Report report = new Report() {
        @Override
        public void info(String line) {}

        @Override
        public void warn(String line) {
            warnings.add(line);
        }
    };
    private final List<String> events = new CopyOnWriteArrayList<>();
    private Framework framework;
    private BundleContext context;
    private Path folder;
    private RuleTracker tracker;
    private RuleCatalogue catalogue;
    private FolderScan scan;

    @BeforeEach
    void start() throws Exception {
        framework = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE, home.resolve("cache").toString(),
                        Constants.FRAMEWORK_BSNVERSION, Constants.FRAMEWORK_BSNVERSION_MULTIPLE,
                        Home.PROPERTY, home.toString()));
        framework.start();
        context = framework.getBundleContext();
        folder = Files.createDirectories(Home.rules(context).orElseThrow());
        tracker = new RuleTracker(context);
        tracker.publish(context);
        catalogue = context.getService(context.getServiceReference(RuleCatalogue.class));
        scan = new FolderScan(
                folder,
                new Staging(
                        Optional.of(Home.store(folder)), new FrameworkHost(context), catalogue, Trust.ANYBODY, report),
                report);
    }

    @AfterEach
    void stop() throws Exception {
        tracker.withdraw();
        framework.stop();
        framework.waitForStop(10_000);
    }

    @Test
    void twoVersionsOfOneNameAreResidentTogetherAndNoOtherBundleIsTouched() throws Exception {
        Bundle other =
                context.installBundle("other", new ByteArrayInputStream(TestJars.rule("slashing.other", "0.1.0", "o")));
        other.start();
        SynchronousBundleListener listener =
                event -> events.add(event.getBundle().getBundleId() + " type " + event.getType());
        context.addBundleListener(listener);

        byte[] first = drop("one.jar", TestJars.rule("slashing.late", "0.1.0", "a"));
        byte[] second = drop("two.jar", TestJars.rule("slashing.late", "0.2.0", "b"));
        Bundle one = staged(first);
        Bundle two = staged(second);
        assertEquals(one.getSymbolicName(), two.getSymbolicName());
        assertEquals(Bundle.ACTIVE, one.getState());
        assertEquals(Bundle.ACTIVE, two.getState());

        assertTrue(events.stream().noneMatch(e -> e.startsWith(other.getBundleId() + " ")), events.toString());
        events.clear();
        Files.delete(folder.resolve("one.jar"));
        scan.scan();
        assertEquals(Bundle.UNINSTALLED, one.getState());
        assertEquals(Bundle.ACTIVE, two.getState());
        assertTrue(events.stream().allMatch(e -> e.startsWith(one.getBundleId() + " ")), events.toString());
    }

    @Test
    void aServiceOfAStagedBundleIsInTheCatalogueWithTheDigestOfItsJar() throws Exception {
        byte[] jar = drop("late.jar", TestJars.rule("slashing.late", "0.1.0", "a"));
        ServiceReference<RuleFactory> reference = register(staged(jar), "slashing", "slashing.late");
        tracker.bindRule(reference, context.getService(reference));
        assertEquals(1, catalogue.available().size());
        RuleCatalogue.Entry entry = catalogue.available().get(0);
        assertEquals("slashing.late", entry.id());
        assertEquals("0.1.0", entry.version());
        assertEquals(Hash.sha256(jar), entry.digest());

        drop("other.jar", TestJars.rule("slashing.late", "0.1.0", "b"));
        assertTrue(warnings.get(warnings.size() - 1).contains("refused by digest"), warnings.toString());

        tracker.unbindRule(reference);
        assertEquals(List.of(), catalogue.available());
    }

    @Test
    void aServiceThatNamesNoRuleIsLeftOut() throws Exception {
        byte[] jar = drop("late.jar", TestJars.rule("slashing.late", "0.1.0", "a"));
        for (String[] names : new String[][] {
            {"surprise", "surprise.late"}, {"slashing", "selection.late"}, {"slashing", "slashing.LATE"}
        }) {
            ServiceReference<RuleFactory> reference = register(staged(jar), names[0], names[1]);
            tracker.bindRule(reference, context.getService(reference));
            tracker.unbindRule(reference);
        }
        ServiceReference<RuleFactory> unnamed = staged(jar)
                .getBundleContext()
                .registerService(RuleFactory.class, parameters -> TestRules.rule(RuleKind.SLASHING), null)
                .getReference();
        tracker.bindRule(unnamed, context.getService(unnamed));
        assertEquals(List.of(), catalogue.available());
    }

    @Test
    void aJarWithAnImportThatNobodyExportsIsGoneAgain() throws Exception {
        Map<String, String> headers = TestJars.headers("slashing.late", "0.1.0");
        headers.put("Import-Package", "org.example.absent");
        byte[] jar = drop("late.jar", TestJars.jar(headers, "a"));
        assertEquals(1, warnings.size(), warnings.toString());
        assertTrue(warnings.get(0).startsWith("Rule jar late.jar cannot be resolved"), warnings.get(0));
        assertTrue(warnings.get(0).contains("org.example.absent"), warnings.get(0));
        assertFalse(warnings.get(0).contains("\n"), warnings.get(0));
        assertNull(context.getBundle(StagedLocation.of(Hash.sha256(jar))));
    }

    @Test
    void aSecondStartFindsWhatTheFrameworkKept() throws Exception {
        byte[] jar = drop("late.jar", TestJars.rule("slashing.late", "0.1.0", "a"));
        long id = staged(jar).getBundleId();
        tracker.withdraw();
        framework.stop();
        framework.waitForStop(10_000);
        start();
        scan.scan();
        scan.scan();
        assertEquals(id, staged(jar).getBundleId());
        assertEquals(Bundle.ACTIVE, staged(jar).getState());
    }

    private ServiceReference<RuleFactory> register(Bundle bundle, String kind, String id) {
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put("hauptbuch.rule.kind", kind);
        properties.put("hauptbuch.rule.id", id);
        RuleFactory factory = parameters -> TestRules.rule(RuleKind.SLASHING);
        return bundle.getBundleContext()
                .registerService(RuleFactory.class, factory, properties)
                .getReference();
    }

    private byte[] drop(String name, byte[] jar) throws Exception {
        Files.write(folder.resolve(name), jar);
        scan.scan();
        scan.scan();
        return jar;
    }

    private Bundle staged(byte[] jar) {
        Bundle bundle = context.getBundle(StagedLocation.of(Hash.sha256(jar)));
        assertNotNull(bundle, warnings.toString());
        return bundle;
    }
}
