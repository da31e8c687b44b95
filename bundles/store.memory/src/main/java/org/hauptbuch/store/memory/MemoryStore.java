package org.hauptbuch.store.memory;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.hauptbuch.api.store.Batch;
import org.hauptbuch.api.store.Store;
import org.hauptbuch.api.value.Bytes;

/** One holder's way to the contents of a folder's name. Thread-safe. */
final class MemoryStore implements Store {
    private final Path folder;
    private final Contents contents;
    private final Consumer<MemoryStore> onClose;
    private volatile boolean closed;

    MemoryStore(Path folder, Contents contents, Consumer<MemoryStore> onClose) {
        this.folder = folder;
        this.contents = contents;
        this.onClose = onClose;
    }

    @Override
    public Optional<Bytes> get(Space space, Bytes key) {
        return opened().get(space, key);
    }

    @Override
    public void scan(Space space, Bytes prefix, Visitor visitor) {
        opened().scan(space, prefix, prefix, visitor);
    }

    @Override
    public void scan(Space space, Bytes prefix, Bytes from, Visitor visitor) {
        opened().scan(space, prefix, from, visitor);
    }

    @Override
    public Optional<View> view() {
        return Optional.of(opened().view());
    }

    @Override
    public void commit(Batch batch) {
        opened().commit(batch);
    }

    @Override
    public void close() {
        closed = true;
        onClose.accept(this);
    }

    private Contents opened() {
        if (closed) {
            throw new IllegalStateException("the store in " + folder + " is closed");
        }
        return contents;
    }
}
