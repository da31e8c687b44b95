package org.hauptbuch.attacks;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hauptbuch.api.block.Vote;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.finality.Equivocation;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.node.wire.WireMessage;

/**
 * Hears both sides of a partition, as anybody does whom a node of each side tells what it heard, and keeps two votes of
 * one validator that contradict each other.
 */
final class Watchtower {
    private record Slot(int phase, long height, int round) implements Comparable<Slot> {
        @Override
        public int compareTo(Slot other) {
            int byHeight = Long.compare(height, other.height);
            int byRound = byHeight != 0 ? byHeight : Integer.compare(round, other.round);
            return byRound != 0 ? byRound : Integer.compare(phase, other.phase);
        }
    }

    private final Address suspect;
    private final Map<Slot, Vote> votes = new TreeMap<>();
    private Optional<Evidence> evidence = Optional.empty();

    Watchtower(Address suspect) {
        this.suspect = suspect;
    }

    /** The first contradiction. */
    Optional<Evidence> evidence() {
        return evidence;
    }

    /** A message that some node heard. */
    void hear(Bytes message) {
        if (evidence.isPresent()) {
            return;
        }
        if (WireMessage.decode(message) instanceof WireMessage.Votes said) {
            said.votes().stream()
                    .filter(vote -> vote.validator().equals(suspect))
                    .forEach(this::note);
        }
    }

    private void note(Vote vote) {
        Vote before = votes.putIfAbsent(new Slot(vote.phase().ordinal(), vote.height(), vote.round()), vote);
        if (before != null && !before.block().equals(vote.block()) && evidence.isEmpty()) {
            evidence = Optional.of(Equivocation.of(before, vote));
        }
    }
}
