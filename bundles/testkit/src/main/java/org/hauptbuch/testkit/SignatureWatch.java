package org.hauptbuch.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.store.Batch;
import org.hauptbuch.api.store.Store;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.PublicKey;

/**
 * Sees every vote, proposal and vote to go back that is signed with a key, in all lives of its holder: none may
 * contradict another, and none may leave before its record is on the disk. What was signed and lost with the power was never said.
 */
public final class SignatureWatch {
    private final Map<PublicKey, Map<String, String>> said = new TreeMap<>();
    private final Map<PublicKey, Set<Long>> couldDecide = new TreeMap<>();
    private final Map<PublicKey, Set<Long>> wentBack = new TreeMap<>();
    private final Set<PublicKey> liars = new TreeSet<>();
    private long statements;
    private long lies;

    /** Exempts a key: its holder is Byzantine. */
    public void allowLies(PublicKey key) {
        liars.add(key);
    }

    /** Whether a key's holder is Byzantine. */
    public boolean isLiar(PublicKey key) {
        return liars.contains(key);
    }

    /** The number of votes and proposals on record so far. */
    public long statements() {
        return statements;
    }

    /** The number of times that a Byzantine holder contradicted itself. */
    public long lies() {
        return lies;
    }

    /** Whether a key's holder has put something on record in a slot whose name begins like this. */
    boolean hasSaid(PublicKey key, String slot) {
        return said.getOrDefault(key, Map.of()).keySet().stream().anyMatch(name -> name.startsWith(slot));
    }

    /** Notes what a key's holder has put on record. @throws SimulationFailure where it contradicts itself */
    void say(PublicKey key, Statement statement) {
        statements++;
        String before =
                said.computeIfAbsent(key, k -> new TreeMap<>()).putIfAbsent(statement.slot(), statement.content());
        Optional<String> earlier = Optional.ofNullable(before).filter(other -> !other.equals(statement.content()));
        if (earlier.isEmpty()) {
            earlier = boundBy(key, statement);
        }
        if (earlier.isPresent()) {
            if (liars.contains(key)) {
                lies++;
                return;
            }
            throw new SimulationFailure("key " + key + " contradicts itself, " + statement.slot() + ": "
                    + statement.content() + " after " + earlier.get());
        }
    }

    /** A vote to go back and a vote that could make a block of the same height final exclude each other. */
    private Optional<String> boundBy(PublicKey key, Statement statement) {
        Set<Long> decided = couldDecide.computeIfAbsent(key, k -> new TreeSet<>());
        Set<Long> left = wentBack.computeIfAbsent(key, k -> new TreeSet<>());
        long height = statement.height();
        switch (statement.force()) {
            case GOES_BACK -> left.add(height);
            case DECIDES -> decided.add(height);
            default -> {
                // neither binds
            }
        }
        return switch (statement.force()) {
            case GOES_BACK -> decided.contains(height)
                    ? Optional.of("a vote that could make a block of this height final")
                    : Optional.empty();
            case FIRST, DECIDES -> left.contains(height)
                    ? Optional.of("a vote to go back at this height")
                    : Optional.empty();
            case AFTER -> Optional.empty();
        };
    }

    /** One life of a holder of {@code signer}'s key. */
    Life life(Signer signer) {
        return new Life(signer);
    }

    /** Signs, and follows each signature to the disk and out. */
    final class Life implements Signer {
        private record Pending(Statement statement, byte[] signature) {}

        private final Signer signer;
        private final List<Pending> pending = new ArrayList<>();

        private Life(Signer signer) {
            this.signer = signer;
        }

        @Override
        public PublicKey publicKey() {
            return signer.publicKey();
        }

        @Override
        public Bytes sign(Bytes message) {
            Bytes signature = signer.sign(message);
            Optional<Statement> statement = Statement.of(message);
            statement.ifPresent(s -> pending.add(new Pending(s, signature.toArray())));
            return signature;
        }

        @Override
        public Bytes prove(Bytes alpha) {
            return signer.prove(alpha);
        }

        /** A commit is on the disk. */
        void durable(Batch batch) {
            if (pending.isEmpty()) {
                return;
            }
            List<byte[]> records = batch.changes().stream()
                    .filter(change -> change.space() == Store.Space.SIGNING)
                    .flatMap(change -> change.value().stream())
                    .map(Bytes::toArray)
                    .toList();
            pending.removeIf(p -> {
                boolean recorded = records.stream().anyMatch(value -> contains(value, p.signature));
                if (recorded) {
                    say(publicKey(), p.statement);
                }
                return recorded;
            });
        }

        /** A message leaves. */
        void sent(Bytes message) {
            if (pending.isEmpty() || liars.contains(publicKey())) {
                return;
            }
            byte[] bytes = message.toArray();
            for (Pending p : pending) {
                if (contains(bytes, p.signature)) {
                    throw new SimulationFailure("a " + p.statement.slot() + " leaves before its record is on the disk");
                }
            }
        }
    }

    private static boolean contains(byte[] whole, byte[] part) {
        for (int i = 0; i + part.length <= whole.length; i++) {
            if (whole[i] == part[0] && Arrays.equals(whole, i, i + part.length, part, 0, part.length)) {
                return true;
            }
        }
        return false;
    }
}
