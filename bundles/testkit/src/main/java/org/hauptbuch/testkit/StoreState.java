package org.hauptbuch.testkit;

import java.util.Optional;
import org.hauptbuch.api.store.Store;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.ledger.StateReader;

/** The state in a store. */
record StoreState(Store store) implements StateReader {
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
