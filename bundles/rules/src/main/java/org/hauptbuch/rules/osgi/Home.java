package org.hauptbuch.rules.osgi;

import java.nio.file.Path;
import java.util.Optional;
import org.hauptbuch.rules.staging.JarStore;
import org.osgi.framework.BundleContext;

/** Where rule jars are: {@code rules/} of the folder that the framework or system property {@code hauptbuch.home} names. */
final class Home {
    static final String PROPERTY = "hauptbuch.home";

    private Home() {}

    static Optional<Path> rules(BundleContext context) {
        String home = context.getProperty(PROPERTY);
        return home == null || home.isBlank()
                ? Optional.empty()
                : Optional.of(Path.of(home, "rules").toAbsolutePath());
    }

    static JarStore store(Path rules) {
        return new JarStore(rules.resolve(".store"));
    }
}
