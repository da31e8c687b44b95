package org.hauptbuch.ledger.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hauptbuch.api.chain.ChainParameters;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.plan.PlanRecord;
import org.hauptbuch.api.plan.PlanStatus;
import org.hauptbuch.api.plan.RulePlan;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.rule.RuleRef;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.junit.jupiter.api.Test;

/** Values that no ledger wrote. */
class CodecsTest {
    private static final Address LOW = new Address(Bytes.of(new byte[Address.LENGTH]));
    private static final Address HIGH = Address.fromHex("ff".repeat(Address.LENGTH));

    private static void refused(Codec<?> codec, Bytes encoded, String words) {
        PoSException e = assertThrows(PoSException.class, () -> codec.decode(encoded));
        assertEquals(PoSError.CONSENSUS_STATE_UPDATE_FAILED, e.error());
        assertTrue(e.getMessage().contains(words), e.getMessage());
    }

    @Test
    void aChainWithAParameterOutOfRangeIsRefused() {
        ChainInfo chain = new ChainInfo("c", Hash.ZERO, ChainParameters.defaults());
        byte[] encoded = Codecs.CHAIN.encode(chain).toArray();
        assertEquals(chain, Codecs.CHAIN.decode(Bytes.of(encoded)));
        // after the chain's id, the genesis and the minimum stake: the most validators
        encoded[4 + 1 + Hash.LENGTH + 8] = 4;
        refused(Codecs.CHAIN, Bytes.of(encoded), "maxValidators: 67108964, must be 1 to 10000");
    }

    @Test
    void activityOutOfOrderIsRefused() {
        Activity.Counts counts = new Activity.Counts(1, 2, 3);
        Activity activity = new Activity(new TreeMap<>(Map.of(LOW, counts, HIGH, counts)));
        assertEquals(activity, Codecs.ACTIVITY.decode(Codecs.ACTIVITY.encode(activity)));
        refused(Codecs.ACTIVITY, activity(HIGH, LOW), "activity is");
        refused(Codecs.ACTIVITY, activity(LOW, LOW), "activity is");
    }

    @Test
    void aPlanOfAnUnknownStatusIsRefused() {
        RuleSet rules = new RuleSet(Arrays.stream(RuleKind.values())
                .map(kind -> new RuleRef(kind, kind.text() + ".test", "0.1.0", Hash.ZERO, Parameters.NONE))
                .toList());
        RulePlan plan = new RulePlan(LOW, Hash.ZERO, rules, RulePlan.DEFAULT_READY, 5, 7, Hash.ZERO, Hash.ZERO);
        PlanRecord good = new PlanRecord(plan, LOW, 5, PlanStatus.ROLLED_BACK, 6, List.of(), 7, 8);
        byte[] bad = Codecs.PLAN.encode(good).toArray();
        assertEquals(good, Codecs.PLAN.decode(Bytes.of(bad)));
        // behind it: the height of the status, no attestations, two powers
        bad[bad.length - 8 - 4 - 16 - 1]++;
        refused(Codecs.PLAN, Bytes.of(bad), "plan.status");
    }

    private static Bytes activity(Address... order) {
        Writer out = new Writer().u32(order.length);
        for (Address address : order) {
            out.fixed(address.bytes()).u64(1).u64(2).u64(3);
        }
        return out.toBytes();
    }
}
