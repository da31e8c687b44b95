package org.hauptbuch.ledger;

import java.util.Optional;
import org.hauptbuch.api.store.Store;
import org.hauptbuch.api.value.Bytes;
import org.osgi.annotation.versioning.ConsumerType;

/** One state, as the ledger reads it. It does not change while a call that was handed it runs. */
@ConsumerType
public interface StateReader {
    /** The value of a key of the ledger ({@link Store.Space#STATE}), if it has one. */
    Optional<Bytes> value(Bytes key);

    /**
     * Visits the ledger's entries whose key begins with {@code prefix}, by ascending key, until {@code visitor}
     * returns false.
     */
    void scan(Bytes prefix, Store.Visitor visitor);

    /** A page of the authenticated tree ({@link Store.Space#TREE}), if there is one. */
    Optional<Bytes> node(Bytes treeKey);

    /** The state before genesis: nothing. */
    static StateReader empty() {
        return new StateReader() {
            @Override
            public Optional<Bytes> value(Bytes key) {
                return Optional.empty();
            }

            @Override
            public void scan(Bytes prefix, Store.Visitor visitor) {
                // nothing to visit
            }

            @Override
            public Optional<Bytes> node(Bytes treeKey) {
                return Optional.empty();
            }
        };
    }
}
