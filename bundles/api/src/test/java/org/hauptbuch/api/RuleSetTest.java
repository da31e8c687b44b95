package org.hauptbuch.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.plan.RulePlan;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.rule.RuleRef;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.Rate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A rule set has one rule of every kind, whether it is made here or stands in a plan that somebody sent. */
class RuleSetTest {
    private static List<RuleRef> oneOfEach() {
        return Arrays.stream(RuleKind.values())
                .map(kind ->
                        new RuleRef(kind, kind.text() + ".x", "0.1.0", Hash.sha256(new byte[] {1}), Parameters.NONE))
                .toList();
    }

    private static List<RuleRef> without(RuleKind kind) {
        return oneOfEach().stream().filter(rule -> rule.kind() != kind).toList();
    }

    private static List<RuleRef> withTwo(RuleKind kind) {
        RuleRef second = new RuleRef(kind, kind.text() + ".y", "0.1.0", Hash.sha256(new byte[] {2}), Parameters.NONE);
        return Stream.concat(oneOfEach().stream(), Stream.of(second)).sorted().toList();
    }

    /** What {@link RulePlan#write} would write, of rules that are no rule set. */
    private static Bytes plan(List<RuleRef> rules) {
        Bytes to = new Writer().list(rules, RuleSetTest::write).toBytes();
        Bytes address = Bytes.of(new byte[Address.LENGTH]);
        Bytes hash = Hash.ZERO.bytes();
        Writer out = new Writer().fixed(address).fixed(hash).bytes(to);
        return out.u32(new Rate(800_000).ppm())
                .u64(3)
                .u64(4)
                .fixed(hash)
                .fixed(hash)
                .toBytes();
    }

    private static void write(Writer out, RuleRef rule) {
        out.u8(rule.kind().ordinal()).string(rule.id()).string(rule.version());
        rule.parameters().write(out.fixed(rule.digest().bytes()));
    }

    private static void refused(RuleKind kind, int count, List<RuleRef> rules) {
        String detail = "rule set: " + count + " rules of kind " + kind.text() + ", must be exactly 1";
        PoSException made = assertThrows(PoSException.class, () -> new RuleSet(rules));
        assertEquals(PoSError.CONSENSUS_STATE_UPDATE_FAILED, made.error());
        assertTrue(made.getMessage().endsWith(detail), made.getMessage());
        PoSException sent = assertThrows(PoSException.class, () -> RulePlan.decode(plan(rules)));
        assertTrue(sent.getMessage().contains("plan.to"), sent.getMessage());
        assertTrue(sent.getMessage().contains(detail), sent.getMessage());
    }

    @ParameterizedTest
    @EnumSource(value = RuleKind.class, mode = EnumSource.Mode.EXCLUDE, names = "SLASHING")
    void noKindIsMissingAndNoneIsThereTwice(RuleKind kind) {
        refused(kind, 0, without(kind));
        refused(kind, 2, withTwo(kind));
    }

    @ParameterizedTest
    @EnumSource(RuleKind.class)
    void oneOfEachIsARuleSetAlsoWithoutASlashingCondition(RuleKind kind) {
        List<RuleRef> rules = kind == RuleKind.SLASHING ? without(kind) : oneOfEach();
        assertEquals(new RuleSet(rules), RulePlan.decode(plan(rules)).to());
    }
}
