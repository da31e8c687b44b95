package org.hauptbuch.attacks;

import java.util.ArrayList;
import java.util.List;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.chain.ValidatorSet.Member;
import org.hauptbuch.api.selection.PublicSchedule;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.api.value.PublicKey;

/**
 * A hundred validators with one percent of the stake each. The attacker's have the smallest addresses: an address is the
 * digest of a key, and keys cost nothing, so whoever wants neighbouring addresses draws keys until it has them.
 */
final class Electorate {
    static final int VALIDATORS = 100;
    private static final long POWER = 1_000_000;

    private final ValidatorSet validators;
    private final int attackers;

    /** @param attackers how many of them are the attacker's, 0 to {@link #VALIDATORS} */
    Electorate(int attackers) {
        this.attackers = attackers;
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < VALIDATORS; i++) {
            byte[] address = new byte[Address.LENGTH];
            address[0] = (byte) i;
            byte[] key = new byte[KeyType.ED25519.keyLength()];
            key[0] = (byte) i;
            members.add(
                    new Member(new Address(Bytes.of(address)), new PublicKey(KeyType.ED25519, Bytes.of(key)), POWER));
        }
        this.validators = ValidatorSet.of(members);
    }

    ValidatorSet validators() {
        return validators;
    }

    /** The attacker's share of the stake, 0 to 1. */
    double share() {
        return (double) attackers / VALIDATORS;
    }

    boolean isAttacker(Address validator) {
        return validator.bytes().at(0) < attackers;
    }

    /** Which of {@code count} heights from {@code first} on the attacker proposes, each in its first round. */
    boolean[] slots(PublicSchedule schedule, long first, int count) {
        boolean[] slots = new boolean[count];
        for (int i = 0; i < count; i++) {
            slots[i] = isAttacker(schedule.proposer(first + i, 0));
        }
        return slots;
    }
}
