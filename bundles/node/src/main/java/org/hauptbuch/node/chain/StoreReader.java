package org.hauptbuch.node.chain;

import java.util.Optional;
import org.hauptbuch.api.store.Store;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.ledger.StateReader;

/**
 * The state in a store as any thread may read it, without memory of its own.
 *
 * @param store where it is
 */
public record StoreReader(Store store) implements StateReader {
    @Override
    public Optional<Bytes> value(Bytes key) {
        return store.get(Store.Space.STATE, key);
    }

    @Override
    public void scan(Bytes prefix, Store.Visitor visitor) {
        store.scan(Store.Space.STATE, prefix, visitor);
    }

    @Override
    public Optional<Bytes> node(Bytes treeKey) {
        return store.get(Store.Space.TREE, treeKey);
    }
}
