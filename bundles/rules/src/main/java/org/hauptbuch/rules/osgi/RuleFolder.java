package org.hauptbuch.rules.osgi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.hauptbuch.api.rule.RuleRef;
import org.hauptbuch.rules.RuleCatalogue;
import org.hauptbuch.rules.RuleStage;
import org.hauptbuch.rules.staging.FolderScan;
import org.hauptbuch.rules.staging.Report;
import org.hauptbuch.rules.staging.Staging;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks into the rules folder twice a second. Without {@code hauptbuch.home} there is no folder and no staging. */
@Component(service = RuleStage.class, immediate = true)
public final class RuleFolder implements RuleStage {
    private static final Logger LOG = LoggerFactory.getLogger(RuleFolder.class);
    private static final long PERIOD_MILLIS = 500;

    private final RuleStage staging;
    private final Optional<FolderScan> scan;
    private final ScheduledExecutorService looker = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "hauptbuch-rules-folder");
        thread.setDaemon(true);
        return thread;
    });

    @Activate
    public RuleFolder(BundleContext context, @Reference RuleCatalogue catalogue) throws IOException {
        Path folder = Home.rules(context).orElse(null);
        if (folder == null) {
            LOG.warn("The property {} is not set: rule jars cannot be staged", Home.PROPERTY);
            staging = ref -> catalogue.find(ref).isPresent();
            scan = Optional.empty();
            return;
        }
        Files.createDirectories(folder);
        Report report = new LogReport(LOG);
        Staging jars = new Staging(Home.store(folder), new FrameworkHost(context), catalogue, report);
        staging = jars;
        scan = Optional.of(new FolderScan(folder, jars, report));
    }

    @Activate
    void start() {
        scan.ifPresent(s -> looker.scheduleWithFixedDelay(() -> look(s), 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS));
    }

    @Deactivate
    void stop() {
        looker.shutdownNow();
    }

    @Override
    public boolean ensure(RuleRef ref) {
        return staging.ensure(ref);
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
