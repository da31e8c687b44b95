package org.hauptbuch.embed;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.hauptbuch.api.proof.StateProof;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.ledger.StateReader;

/**
 * The root of a state, computed from its keys and values alone: it does not look at the tree that the ledger keeps, and
 * so finds what was changed behind the ledger's back.
 */
final class StateRoot {
    private StateRoot() {}

    static Hash of(StateReader state) {
        List<StateProof.Leaf> leaves = new ArrayList<>();
        state.scan(Bytes.EMPTY, (key, value) -> leaves.add(new StateProof.Leaf(Hash.sha256(key), Hash.sha256(value))));
        leaves.sort(Comparator.comparing(StateProof.Leaf::keyHash));
        return subtree(leaves, 0);
    }

    /** The hash over leaves that agree in the first {@code depth} bits of their keys' digests. */
    private static Hash subtree(List<StateProof.Leaf> leaves, int depth) {
        if (leaves.isEmpty()) {
            return StateProof.emptyHash();
        }
        if (leaves.size() == 1) {
            return leaves.get(0).hash();
        }
        int right = 0;
        while (right < leaves.size() && !bit(leaves.get(right).keyHash(), depth)) {
            right++;
        }
        return StateProof.innerHash(
                subtree(leaves.subList(0, right), depth + 1), subtree(leaves.subList(right, leaves.size()), depth + 1));
    }

    private static boolean bit(Hash hash, int index) {
        return (hash.bytes().at(index >> 3) >> 7 - (index & 7) & 1) == 1;
    }
}
