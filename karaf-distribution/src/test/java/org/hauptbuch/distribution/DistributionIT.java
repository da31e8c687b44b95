package org.hauptbuch.distribution;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** The tarball as installed: it boots, all of it runs, and it is safe before anybody has touched it. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class DistributionIT {
    @Inject
    private BundleContext context;

    @Configuration
    public Option[] container() {
        return BuiltDistribution.options();
    }

    @Test
    public void everyBundleIsActive() {
        List<String> idle = Arrays.stream(context.getBundles())
                .filter(bundle -> !isFragment(bundle) && bundle.getState() != Bundle.ACTIVE)
                .map(bundle -> bundle + " in state " + bundle.getState())
                .collect(Collectors.toList());
        assertEquals(List.of(), idle);
    }

    @Test
    public void theNodeIsInstalled() {
        for (String name : List.of("api", "ledger", "rules", "node", "shell", "finality.tendermint")) {
            assertEquals(name, 1, count("org.hauptbuch." + name));
        }
    }

    @Test
    public void thereIsOneBouncyCastle() {
        for (String name : List.of("bcprov", "bcutil", "bcpkix", "org.hauptbuch.lib.bctls")) {
            assertEquals(name, 1, count(name));
        }
        assertEquals("lib.bctls stands for it", 0, count("bctls"));
    }

    @Test
    public void nothingIsOpenAsInstalled() throws Exception {
        Properties shell = read("org.apache.karaf.shell.cfg");
        assertEquals("127.0.0.1", shell.getProperty("sshHost"));
        assertEquals("publickey", shell.getProperty("authMethods"));
        assertEquals("no users, so no default password", 0, users().size());
        assertFalse("no folder that starts any jar", Files.exists(etc("org.apache.felix.fileinstall-deploy.cfg")));
        assertTrue(read("org.ops4j.pax.url.mvn.cfg")
                .getProperty("org.ops4j.pax.url.mvn.repositories")
                .isEmpty());
    }

    @Test
    public void installingNeverRestartsAnotherBundle() throws Exception {
        assertEquals("false", read("org.apache.karaf.features.cfg").getProperty("autoRefresh"));
        assertEquals("every signer", "", read("org.hauptbuch.rules.cfg").getProperty("trustedSigners"));
        assertEquals("false", context.getProperty("felix.fileinstall.enableConfigSave"));
    }

    private List<String> users() throws Exception {
        return read("users.properties").stringPropertyNames().stream()
                .filter(user -> !user.startsWith("_g_"))
                .collect(Collectors.toList());
    }

    private long count(String namePrefix) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName().startsWith(namePrefix))
                .count();
    }

    private static boolean isFragment(Bundle bundle) {
        return bundle.getHeaders().get("Fragment-Host") != null;
    }

    private static Path etc(String file) {
        return Path.of(System.getProperty("karaf.etc"), file);
    }

    private static Properties read(String file) throws Exception {
        Properties properties = new Properties();
        try (var in = Files.newInputStream(etc(file))) {
            properties.load(in);
        }
        return properties;
    }
}
