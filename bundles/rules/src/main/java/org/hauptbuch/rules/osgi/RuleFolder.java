package org.hauptbuch.rules.osgi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.hauptbuch.api.node.RuleStaging;
import org.hauptbuch.api.rule.RuleRef;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.rules.RuleCatalogue;
import org.hauptbuch.rules.RuleStage;
import org.hauptbuch.rules.staging.FolderScan;
import org.hauptbuch.rules.staging.Report;
import org.hauptbuch.rules.staging.Staging;
import org.hauptbuch.rules.staging.Trust;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks into the rules folder twice a second. Without {@code hauptbuch.home} there is no folder and no staging. */
@Component(
        service = {RuleStage.class, RuleStaging.class},
        immediate = true,
        configurationPid = RuleFolder.PID)
@Designate(ocd = RuleSettings.class)
public final class RuleFolder implements RuleStage {
    static final String PID = "org.hauptbuch.rules";
    private static final Logger LOG = LoggerFactory.getLogger(RuleFolder.class);
    private static final long PERIOD_MILLIS = 500;

    private final Staging staging;
    private final Optional<FolderScan> scan;
    private final ScheduledExecutorService looker = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "hauptbuch-rules-folder");
        thread.setDaemon(true);
        return thread;
    });

    @Activate
    public RuleFolder(BundleContext context, RuleSettings settings, @Reference RuleCatalogue catalogue)
            throws IOException {
        Report report = new LogReport(LOG);
        Optional<Path> folder = Home.rules(context);
        staging = new Staging(
                folder.map(Home::store),
                new FrameworkHost(context),
                catalogue,
                trust(settings.trustedSigners()),
                report);
        if (folder.isPresent()) {
            Files.createDirectories(folder.get());
        } else {
            LOG.warn("The property {} is not set: rule jars cannot be staged", Home.PROPERTY);
        }
        scan = folder.map(path -> new FolderScan(path, staging, report));
    }

    @Activate
    void start() {
        scan.ifPresent(s -> {
            looker.execute(staging::resume);
            looker.scheduleWithFixedDelay(() -> look(s), 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        });
    }

    @Deactivate
    void stop() {
        looker.shutdownNow();
    }

    @Override
    public boolean ensure(RuleRef ref) {
        return staging.ensure(ref);
    }

    @Override
    public JarReport examine(Bytes jar) {
        return staging.examine(jar);
    }

    @Override
    public JarReport stage(Bytes jar, String source) {
        return staging.stage(jar, source);
    }

    @Override
    public Optional<Bytes> jar(Hash digest) {
        return staging.jar(digest);
    }

    @Override
    public boolean retire(Hash digest) {
        return staging.retire(digest);
    }

    private static Trust trust(String signers) {
        try {
            return Trust.parse(signers);
        } catch (IllegalArgumentException e) {
            // not anybody: a list that cannot be read was written to keep jars out
            LOG.error("No rule jar can be staged: {}", e.getMessage());
            return Trust.NOBODY;
        }
    }

    private static void look(FolderScan scan) {
        try {
            scan.scan();
        } catch (RuntimeException e) {
            // an exception would silently end the schedule
            LOG.error("Looking into the rules folder has failed", e);
        }
    }
}
