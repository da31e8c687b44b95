package org.hauptbuch.store.memory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.hauptbuch.api.store.Store;
import org.hauptbuch.api.store.StoreFactory;
import org.osgi.service.component.annotations.Component;

/**
 * Opens stores in memory. What was committed under a folder's name stays until the factory is gone, so that a restart
 * within the process finds its data; no folder is made or read. As with a durable store, one folder has one open store
 * at a time. Thread-safe.
 *
 * <p>As a service it carries {@code store=memory} and ranks behind every durable store.
 */
@Component(
        service = StoreFactory.class,
        property = {"store=memory", "service.ranking:Integer=-1000"})
public final class MemoryStoreFactory implements StoreFactory {
    private final Map<Path, Contents> contents = new HashMap<>();
    private final Map<Path, MemoryStore> open = new HashMap<>();

    @Override
    public synchronized Store open(Path folder) {
        Path name = nameOf(folder);
        if (open.containsKey(name)) {
            String reason = "cannot open the store in " + folder + ": it is open already";
            throw new UncheckedIOException(reason, new IOException(reason));
        }
        MemoryStore store = new MemoryStore(
                folder, contents.computeIfAbsent(name, absent -> new Contents()), closed -> forget(name, closed));
        open.put(name, store);
        return store;
    }

    /**
     * Takes the store away from whoever has {@code folder} open, as the end of a killed process would: what was
     * committed stays, and the former holder's calls are refused. Nothing happens where nobody has it open.
     */
    public void kill(Path folder) {
        MemoryStore store;
        synchronized (this) {
            store = open.get(nameOf(folder));
        }
        if (store != null) {
            store.close();
        }
    }

    private synchronized void forget(Path name, MemoryStore closed) {
        open.remove(name, closed);
    }

    private static Path nameOf(Path folder) {
        return folder.toAbsolutePath().normalize();
    }
}
