package org.hauptbuch.node.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.hauptbuch.api.store.Batch;
import org.hauptbuch.api.store.Store;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.ledger.StateChange;
import org.hauptbuch.ledger.StateReader;
import org.hauptbuch.store.memory.MemoryStoreFactory;
import org.junit.jupiter.api.Test;

final class PriorStateTest {
    private final Store store = new MemoryStoreFactory().open(Path.of("unused"));
    private final StateReader state = new StoreReader(store);

    private static Bytes text(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private void put(Store.Space space, String key, Optional<String> value) {
        Batch batch = new Batch();
        value.ifPresentOrElse(
                present -> batch.put(space, text(key), text(present)), () -> batch.remove(space, text(key)));
        store.commit(batch);
    }

    private static List<String> scan(StateReader reader, int most) {
        List<String> seen = new ArrayList<>();
        reader.scan(text("a"), (key, value) -> {
            seen.add(new String(key.toArray(), StandardCharsets.UTF_8) + "="
                    + new String(value.toArray(), StandardCharsets.UTF_8));
            return seen.size() < most;
        });
        return seen;
    }

    @Test
    void readsWhatWasThereBeforeTheChange() {
        put(Store.Space.STATE, "a1", Optional.of("old"));
        put(Store.Space.STATE, "a2", Optional.of("stays"));
        put(Store.Space.STATE, "a3", Optional.of("goes"));
        put(Store.Space.STATE, "b1", Optional.of("other"));
        put(Store.Space.TREE, "n", Optional.of("page"));
        TreeMap<Bytes, Optional<Bytes>> values = new TreeMap<>();
        values.put(text("a1"), Optional.of(text("new")));
        values.put(text("a3"), Optional.empty());
        values.put(text("a4"), Optional.of(text("comes")));
        values.put(text("b1"), Optional.of(text("new")));
        TreeMap<Bytes, Optional<Bytes>> nodes = new TreeMap<>();
        nodes.put(text("n"), Optional.of(text("other page")));
        PriorState prior = new PriorState(state, new StateChange(values, nodes, Hash.ZERO));
        List<String> before = scan(state, 9);
        values.forEach((key, value) -> put(
                Store.Space.STATE,
                new String(key.toArray(), StandardCharsets.UTF_8),
                value.map(present -> new String(present.toArray(), StandardCharsets.UTF_8))));
        put(Store.Space.TREE, "n", Optional.of("other page"));

        assertEquals(List.of("a1=new", "a2=stays", "a4=comes"), scan(state, 9));
        assertEquals(before, scan(prior, 9));
        assertEquals(List.of("a1=old", "a2=stays"), scan(prior, 2), "until the visitor says no");
        assertEquals(Optional.of(text("old")), prior.value(text("a1")));
        assertEquals(Optional.of(text("stays")), prior.value(text("a2")));
        assertEquals(Optional.empty(), prior.value(text("a4")));
        assertEquals(Optional.of(text("page")), prior.node(text("n")));
        assertEquals(Optional.empty(), prior.node(text("m")));
    }
}
