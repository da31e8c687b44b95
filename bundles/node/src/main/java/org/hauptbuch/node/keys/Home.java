package org.hauptbuch.node.keys;

import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** The folder of a network: the framework or system property {@code hauptbuch.home}, else the working folder. */
public final class Home {
    /** The name of the property. */
    public static final String PROPERTY = "hauptbuch.home";

    private Home() {}

    /** The home, as {@code property} knows it. */
    public static Path of(UnaryOperator<String> property) {
        String home = property.apply(PROPERTY);
        return Path.of(home == null || home.isBlank() ? "." : home)
                .toAbsolutePath()
                .normalize();
    }
}
