package org.hauptbuch.ledger;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;

/**
 * What a block changes, to be made durable together.
 *
 * @param values new values of the ledger's keys ({@link org.hauptbuch.api.store.Store.Space#STATE}); empty removes
 * @param nodes new pages of the authenticated tree ({@link org.hauptbuch.api.store.Store.Space#TREE}); empty removes
 * @param root the root of the state after the change, a function of its keys and values alone
 */
public record StateChange(
        SortedMap<Bytes, Optional<Bytes>> values, SortedMap<Bytes, Optional<Bytes>> nodes, Hash root) {
    public StateChange {
        values = Collections.unmodifiableSortedMap(values);
        nodes = Collections.unmodifiableSortedMap(nodes);
    }
}
