package org.hauptbuch.distribution;

import static org.ops4j.pax.exam.CoreOptions.systemProperty;
import static org.ops4j.pax.exam.CoreOptions.vmOption;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.configureConsole;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.karafDistributionConfiguration;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.keepRuntimeFolder;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.options.extra.VMOption;

/**
 * Pax Exam options that run the tarball this module has just built, with no network.
 *
 * <p>Pax Exam starts {@code java} itself, so what the launcher's {@code bin/hauptbuch} gives to the virtual machine is
 * given here once more.
 */
final class BuiltDistribution {
    private static final String[] VM = {
        "--add-reads=java.xml=java.logging",
        "--add-exports=java.base/org.apache.karaf.specs.locator=java.xml,ALL-UNNAMED",
        "--add-opens=java.base/java.security=ALL-UNNAMED",
        "--add-opens=java.base/java.net=ALL-UNNAMED",
        "--add-opens=java.base/java.lang=ALL-UNNAMED",
        "--add-opens=java.base/java.util=ALL-UNNAMED",
        "--add-opens=java.naming/javax.naming.spi=ALL-UNNAMED",
        "--add-opens=java.rmi/sun.rmi.transport.tcp=ALL-UNNAMED",
        "--add-exports=java.base/sun.net.www.protocol.http=ALL-UNNAMED",
        "--add-exports=java.base/sun.net.www.protocol.https=ALL-UNNAMED",
        "--add-exports=java.base/sun.net.www.protocol.jar=ALL-UNNAMED",
        "--add-exports=jdk.naming.rmi/com.sun.jndi.url.rmi=ALL-UNNAMED",
        "-Djava.awt.headless=true",
        "-Djava.rmi.server.hostname=127.0.0.1",
        "-Xmx1g",
    };

    private BuiltDistribution() {}

    /** Options for one container; {@code more} comes last and so wins. */
    static Option[] options(Option... more) {
        List<Option> options = new ArrayList<>();
        options.add(karafDistributionConfiguration()
                .frameworkUrl("file:" + System.getProperty("hauptbuch.distribution"))
                .name("hauptbuch")
                .unpackDirectory(new File(System.getProperty("hauptbuch.exam")))
                .useDeployFolder(false));
        // kept under target/, so that the log of a failed run can be read
        options.add(keepRuntimeFolder());
        options.add(configureConsole().ignoreLocalConsole().ignoreRemoteShell());
        // Pax Exam's own feature comes from the local Maven repository, never from the network
        options.add(editConfigurationFilePut(
                "etc/org.ops4j.pax.url.mvn.cfg",
                "org.ops4j.pax.url.mvn.localRepository",
                System.getProperty("maven.repo.local")));
        for (String option : VM) {
            options.add(new VMOption(option));
        }
        patch(options, "java.base", "locator");
        patch(options, "java.xml", "java.xml");
        options.add(systemProperty("karaf.version").value(System.getProperty("karaf.version")));
        options.addAll(List.of(more));
        return options.toArray(new Option[0]);
    }

    /** Paths are relative to karaf.base, the working folder of the container. */
    private static void patch(List<Option> options, String module, String specs) {
        options.add(vmOption("--patch-module"));
        options.add(vmOption(module + "=lib/endorsed/org.apache.karaf.specs." + specs + "-"
                + System.getProperty("karaf.version") + ".jar"));
    }
}
