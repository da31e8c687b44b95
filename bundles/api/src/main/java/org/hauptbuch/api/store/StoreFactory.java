package org.hauptbuch.api.store;

import java.nio.file.Path;
import org.osgi.annotation.versioning.ConsumerType;

/** Opens stores. */
@ConsumerType
public interface StoreFactory {
    /**
     * Opens the store in {@code folder}, which is made where it is absent.
     *
     * @throws java.io.UncheckedIOException where it cannot be opened, such as when another process holds it; the
     *     message names the folder and the reason
     */
    Store open(Path folder);
}
