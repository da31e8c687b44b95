package org.hauptbuch.ledger.epoch;

import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.ledger.block.BlockContext;
import org.hauptbuch.ledger.state.Activity;
import org.hauptbuch.ledger.state.Keys;
import org.hauptbuch.ledger.state.Reads;

/** Notes who proposed a block and who signed or missed its parent. */
public final class Attendance {
    private Attendance() {}

    /** Notes it for {@code block}; the last votes are those of the parent's set. */
    public static void note(
            BlockContext block, Address proposer, Optional<Certificate> last, Optional<ValidatorSet> lastSet) {
        SortedMap<Address, Activity.Counts> counts =
                new TreeMap<>(Reads.activity(block.state()).counts());
        if (block.state().get(Keys.validator(proposer)).isPresent()) {
            counts.merge(proposer, new Activity.Counts(1, 0, 0), Attendance::sum);
        }
        if (last.isPresent() && lastSet.isPresent()) {
            Set<Address> signers = new TreeSet<>();
            last.get().signatures().forEach(signature -> signers.add(signature.validator()));
            for (ValidatorSet.Member member : lastSet.get().members()) {
                boolean signed = signers.contains(member.address());
                counts.merge(member.address(), new Activity.Counts(0, signed ? 1 : 0, signed ? 0 : 1), Attendance::sum);
            }
        }
        block.state().set(Keys.ACTIVITY, new Activity(counts));
    }

    private static Activity.Counts sum(Activity.Counts a, Activity.Counts b) {
        return new Activity.Counts(a.proposed() + b.proposed(), a.signed() + b.signed(), a.missed() + b.missed());
    }
}
