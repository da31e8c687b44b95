package org.hauptbuch.rules.osgi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.lang.management.ClassLoadingMXBean;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.hauptbuch.api.generation.Generation;
import org.hauptbuch.api.rule.RuleFactory;
import org.hauptbuch.api.rule.RuleRef;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.slashing.SlashingRule;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.rules.OwnRules;
import org.hauptbuch.rules.RuleCatalogue;
import org.hauptbuch.rules.SelfTest;
import org.hauptbuch.rules.TestRules;
import org.hauptbuch.rules.staging.Report;
import org.hauptbuch.rules.staging.Staging;
import org.hauptbuch.rules.staging.TestJars;
import org.hauptbuch.rules.staging.Trust;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;

/** Rules with code in them, staged, used and let go in a real framework, beside a bundle that minds its own business. */
class SwapTest {
    private static final int SWAPS = 100;
    private static final int MOST_COLLECTIONS = 20;

    @TempDir
    static Path compiled;

    private static RuleJars first;
    private static RuleJars second;

    @TempDir
    Path home;

    private final List<String> warnings = new ArrayList<>();
    private final List<String> touched = new CopyOnWriteArrayList<>();
    private Framework framework;
    private BundleContext context;
    private RuleTracker tracker;
    private RuleCatalogue catalogue;
    private Staging staging;
    private Bundle bystander;
    private BundleWiring wiring;

    @BeforeAll
    static void compile() throws Exception {
        first = RuleJars.judging("first", compiled);
        second = RuleJars.judging("second", compiled);
    }

    @BeforeEach
    void start() throws Exception {
        framework = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        home.resolve("cache").toString(),
                        Constants.FRAMEWORK_BSNVERSION,
                        Constants.FRAMEWORK_BSNVERSION_MULTIPLE,
                        Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                        "org.hauptbuch.api.chain,org.hauptbuch.api.crypto,org.hauptbuch.api.error,"
                                + "org.hauptbuch.api.rule,org.hauptbuch.api.slashing",
                        Home.PROPERTY,
                        home.toString()));
        framework.start();
        context = framework.getBundleContext();
        Path folder = Files.createDirectories(Home.rules(context).orElseThrow());
        tracker = new RuleTracker(context);
        tracker.publish(context);
        catalogue = context.getService(context.getServiceReference(RuleCatalogue.class));
        context.addServiceListener(this::track, "(objectClass=" + RuleFactory.class.getName() + ")");
        staging = new Staging(
                Optional.of(Home.store(folder)), new FrameworkHost(context), catalogue, Trust.ANYBODY, new Report() {
                    @Override
                    public void info(String line) {}

                    @Override
                    public void warn(String line) {
                        warnings.add(line);
                    }
                });
        bystander = context.installBundle(
                "bystander", new ByteArrayInputStream(TestJars.rule("slashing.bystander", "0.1.0", "o")));
        bystander.start();
        wiring = bystander.adapt(BundleWiring.class);
        context.addBundleListener((SynchronousBundleListener) event -> {
            if (StagedLocation.digestOf(event.getBundle().getLocation()).isEmpty()) {
                touched.add(event.getBundle() + " type " + event.getType());
            }
        });
    }

    /** What the component runtime does for {@link RuleTracker} in a container. */
    private void track(ServiceEvent event) {
        @SuppressWarnings("unchecked")
        ServiceReference<RuleFactory> reference = (ServiceReference<RuleFactory>) event.getServiceReference();
        if (event.getType() == ServiceEvent.REGISTERED) {
            tracker.bindRule(reference, context.getService(reference));
        } else if (event.getType() == ServiceEvent.UNREGISTERING) {
            tracker.unbindRule(reference);
            context.ungetService(reference);
        }
    }

    @AfterEach
    void stop() throws Exception {
        assertEquals(List.of(), touched, "no bundle but the staged ones has started, stopped or changed");
        assertSame(wiring, bystander.adapt(BundleWiring.class), "nor been refreshed");
        tracker.withdraw();
        framework.stop();
        framework.waitForStop(10_000);
    }

    @Test
    void twoVersionsOfOneNameAnswerSideBySide() throws Exception {
        RuleRef old = staged(first.jar("slashing.inside", "0.1.0", Map.of()));
        RuleRef young = staged(second.jar("slashing.inside", "0.2.0", Map.of()));
        SlashingRule before = rule(old);
        SlashingRule after = rule(young);
        assertEquals(Set.of("first"), before.evidenceTypes());
        assertEquals(Set.of("second"), after.evidenceTypes());
        assertEquals(bundle(old).getSymbolicName(), bundle(young).getSymbolicName());
        // a generation outlives its bundle for as long as somebody holds it
        assertTrue(staging.retire(old.digest()));
        assertEquals(Set.of("first"), before.evidenceTypes());
        assertEquals(Set.of("second"), after.evidenceTypes());
    }

    @Test
    void twoRulesWithTheSamePrivatePackageDoNotSeeEachOther() throws Exception {
        SlashingRule one = rule(staged(first.jar("slashing.one", "0.1.0", Map.of())));
        SlashingRule two = rule(staged(second.jar("slashing.two", "0.1.0", Map.of())));
        assertEquals(one.getClass().getName(), two.getClass().getName());
        assertNotSame(one.getClass(), two.getClass());
        assertEquals(Set.of("first"), one.evidenceTypes());
        assertEquals(Set.of("second"), two.evidenceTypes());
    }

    @Test
    void whatImportsMayBeIsAskedOfTheFramework() throws Exception {
        Map<String, String> imports = Map.of(
                "Import-Package",
                "org.hauptbuch.api.rule,org.osgi.framework;version=\"[1.8,2)\",java.util,javax.crypto,org.osgi.framework;version=\"[9,10)\"");
        List<String> problems = staging.examine(Bytes.of(first.jar("slashing.inside", "0.1.0", imports)))
                .problems();
        assertEquals(1, problems.size(), problems.toString());
        assertTrue(
                problems.get(0)
                        .startsWith("cannot be resolved: it imports org.osgi.framework [9.0.0,10.0.0), which is"),
                problems.toString());
    }

    @Test
    void aStagedBundleIsNotStartedByTheFrameworkItself() throws Exception {
        RuleRef ref = staged(first.jar("slashing.inside", "0.1.0", Map.of()));
        touched.clear();
        framework.stop();
        framework.waitForStop(10_000);
        touched.clear();
        start();
        assertFalse(bundle(ref).getState() == Bundle.ACTIVE);
        staging.resume();
        assertEquals(Bundle.ACTIVE, bundle(ref).getState());
        assertEquals(Optional.of(ref.id()), catalogue.find(ref).map(RuleCatalogue.Entry::id));
        assertEquals(List.of(), warnings);
    }

    @Test
    void whoseClassesAreInUseByAnotherBundleGoesWithIt() throws Exception {
        RuleRef exporter =
                staged(first.jar("slashing.shares", "0.1.0", Map.of("Export-Package", "org.example.inside")));
        Map<String, String> importing = new java.util.TreeMap<>(TestJars.headers("slashing.user", "0.1.0"));
        importing.put("Import-Package", "org.example.inside");
        Hash user = staging.stage(Bytes.of(TestJars.jar(importing, "a")), "user.jar")
                .digest();
        Bundle importer = context.getBundle(StagedLocation.of(user));
        BundleWiring before = importer.adapt(BundleWiring.class);
        WeakReference<ClassLoader> loader =
                new WeakReference<>(rule(exporter).getClass().getClassLoader());
        assertTrue(staging.retire(exporter.digest()));
        refreshIsThrough();
        assertEquals(Bundle.ACTIVE, importer.getState());
        assertSame(before, importer.adapt(BundleWiring.class));
        System.gc();
        assertFalse(loader.refersTo(null), "its user may load from it yet");
        before = null;
        assertTrue(staging.retire(user));
        refreshIsThrough();
        assertCollected(List.of(loader));
    }

    @Test
    void aHundredSwapsLeaveNothingBehind() throws Exception {
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        // what is loaded once and stays
        for (int i = 0; i < 3; i++) {
            loaders.add(swap("0.0." + i, i == 0));
        }
        assertCollected(loaders);
        ClassLoadingMXBean classes = ManagementFactory.getClassLoadingMXBean();
        int classesBefore = classes.getLoadedClassCount();
        int threadsBefore = ManagementFactory.getThreadMXBean().getThreadCount();
        int bundlesBefore = context.getBundles().length;
        for (int i = 0; i < SWAPS; i++) {
            loaders.add(swap("0.1." + i, i % 50 == 0));
        }
        assertCollected(loaders);
        int more = classes.getLoadedClassCount() - classesBefore;
        // each swap loads three classes of its bundle
        assertTrue(more < SWAPS, more + " classes more than before");
        assertEquals(threadsBefore, ManagementFactory.getThreadMXBean().getThreadCount());
        assertEquals(bundlesBefore, context.getBundles().length);
        assertEquals(List.of(), warnings);
    }

    /** The framework refreshes on a thread of its own, one request after the other: this one is the last. */
    private void refreshIsThrough() throws Exception {
        byte[] jar = TestJars.rule("slashing.throwaway", "0.1.0", "t");
        Bundle throwaway = context.installBundle(StagedLocation.of(Hash.sha256(jar)), new ByteArrayInputStream(jar));
        CountDownLatch refreshed = new CountDownLatch(1);
        framework.adapt(FrameworkWiring.class).refreshBundles(Set.of(throwaway), event -> refreshed.countDown());
        assertTrue(refreshed.await(10, TimeUnit.SECONDS));
    }

    private WeakReference<ClassLoader> swap(String version, boolean tested) throws Exception {
        RuleRef ref = staged(first.jar("slashing.inside", version, Map.of()));
        List<RuleCatalogue.Entry> others =
                OwnRules.FIRST.stream().map(OwnRules::entry).toList();
        others.forEach(catalogue::add);
        List<RuleCatalogue.Entry> all = new ArrayList<>(others);
        all.add(catalogue.find(ref).orElseThrow());
        RuleSet set = TestRules.setOf(all);
        if (tested) {
            assertEquals(
                    List.of(),
                    new SelfTest(catalogue, Duration.ofMinutes(1)).run(set).problems());
        }
        Generation generation = catalogue.activate(set);
        SlashingRule rule = generation.slashing().get("slashing.inside");
        assertEquals(Set.of("first"), rule.evidenceTypes());
        WeakReference<ClassLoader> loader = new WeakReference<>(rule.getClass().getClassLoader());
        assertTrue(staging.retire(ref.digest()));
        others.forEach(catalogue::remove);
        assertNull(bundle(ref));
        return loader;
    }

    private static void assertCollected(List<WeakReference<ClassLoader>> loaders) {
        long left = loaders.size();
        for (int i = 0; i < MOST_COLLECTIONS && left > 0; i++) {
            System.gc();
            left = loaders.stream().filter(loader -> !loader.refersTo(null)).count();
        }
        assertEquals(0, left, "class loaders of " + loaders.size() + " that are still there");
    }

    private RuleRef staged(byte[] jar) throws Exception {
        Hash digest = staging.stage(Bytes.of(jar), "a test").digest();
        return catalogue.available().stream()
                .filter(e -> e.digest().equals(digest))
                .map(TestRules::ref)
                .findFirst()
                .orElseThrow(() -> new AssertionError(warnings));
    }

    private SlashingRule rule(RuleRef ref) {
        return (SlashingRule) catalogue.find(ref).orElseThrow().factory().create(ref.parameters());
    }

    private Bundle bundle(RuleRef ref) {
        return context.getBundle(StagedLocation.of(ref.digest()));
    }
}
