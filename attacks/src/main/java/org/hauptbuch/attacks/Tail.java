package org.hauptbuch.attacks;

import java.util.ArrayList;
import java.util.List;
import org.hauptbuch.api.selection.PublicSchedule;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Hash;

/**
 * The last heights of an epoch, as far as the attacker proposes each of them: what it reveals there, nobody adds to
 * any more. Whoever lets its round pass leaves the height to the proposer of the next round, who reveals instead.
 */
final class Tail {
    /** Longer tails are cut: even with half of the stake a tail of nine comes twice in a thousand epochs. */
    static final int MAX_HEIGHTS = 8;

    private static final int MAX_ROUNDS = 4;
    private static final int MAX_OPTIONS = 256;

    /** A height: the attacker's validators in the rounds from 0 on, and who comes after them. */
    private record Slot(long height, List<Address> attackers, Address successor) {}

    private final Hash secrets;
    private final List<Slot> slots = new ArrayList<>();

    /**
     * The tail of an epoch.
     *
     * @param last the epoch's last height
     * @param secrets what reveals are drawn from
     */
    Tail(Electorate electorate, PublicSchedule schedule, long last, Hash secrets) {
        this.secrets = secrets;
        for (long height = last; height > last - MAX_HEIGHTS; height--) {
            List<Address> attackers = new ArrayList<>();
            int round = 0;
            Address proposer = schedule.proposer(height, round);
            while (electorate.isAttacker(proposer) && round < MAX_ROUNDS) {
                attackers.add(proposer);
                proposer = schedule.proposer(height, ++round);
            }
            if (attackers.isEmpty()) {
                break;
            }
            slots.add(0, new Slot(height, attackers, proposer));
        }
    }

    /** The number of heights. */
    int length() {
        return slots.size();
    }

    /** Every mix that the attacker can make out of {@code mix} by choosing who of its own reveals. */
    List<Hash> options(Hash mix) {
        List<Hash> mixes = List.of(mix);
        for (Slot slot : slots) {
            List<Hash> longer = new ArrayList<>();
            for (Hash before : mixes) {
                for (Address validator : slot.attackers) {
                    if (longer.size() < MAX_OPTIONS) {
                        longer.add(revealed(before, validator, slot.height));
                    }
                }
            }
            mixes = longer;
        }
        return mixes;
    }

    /** The mix where the attacker leaves the last height to whom it does not control: it cannot know it before. */
    Hash givenUp(Hash mix) {
        Hash after = mix;
        for (Slot slot : slots.subList(0, slots.size() - 1)) {
            after = revealed(after, slot.attackers.get(0), slot.height);
        }
        Slot last = slots.get(slots.size() - 1);
        return revealed(after, last.successor, last.height);
    }

    /** As the ledger mixes; a digest stands for the reveal, which is as unpredictable to all but its maker. */
    private Hash revealed(Hash mix, Address validator, long height) {
        Hash reveal = Draws.hash(secrets, validator.bytes(), height);
        return Hash.sha256(mix.toArray(), reveal.toArray());
    }
}
