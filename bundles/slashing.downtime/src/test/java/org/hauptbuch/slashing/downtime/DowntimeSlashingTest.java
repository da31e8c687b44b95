package org.hauptbuch.slashing.downtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.BiPredicate;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.block.Certificate.VoterSignature;
import org.hauptbuch.api.block.VotePhase;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.chain.Offence;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.chain.ValidatorSet.Member;
import org.hauptbuch.api.chain.ValidatorStatus;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.slashing.BlockFacts;
import org.hauptbuch.api.slashing.Observation;
import org.hauptbuch.api.slashing.SlashingRule;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.tck.TestView;
import org.junit.jupiter.api.Test;

/** Epochs of 100 blocks. A "chain" here is a set for each height and who signs it. */
final class DowntimeSlashingTest {
    private final TestView view = new TestView();
    private final List<Offence> offences = new ArrayList<>();
    private SlashingRule rule = rule(Map.of());
    private int writes;

    @Test
    void whoMissesMoreThanHalfOfTheLastHundredBlocksIsNegligentOnce() {
        members(4);
        run(1, 249, (v, h) -> true);
        run(250, 299, (v, h) -> v != 2); // 50 misses: the most that is allowed
        assertEquals(List.of(), offences);
        run(300, 300, (v, h) -> v != 2);
        assertEquals(
                List.of(new Offence(
                        "slashing.downtime",
                        "missed 51 of the last 100 blocks, may miss 50",
                        TestView.address(2),
                        300,
                        Offence.Gravity.NEGLIGENCE,
                        Optional.empty(),
                        Optional.empty())),
                offences);
        // jailed, but a member until the epoch's end: nothing more comes of it
        jail(2);
        run(301, 390, (v, h) -> v != 2);
        assertEquals(1, offences.size());
    }

    @Test
    void missesThatAreAWindowOldAreForgotten() {
        members(4);
        run(1, 200, (v, h) -> v != 3 || h > 40);
        run(201, 241, (v, h) -> v != 3 || h % 2 == 0);
        run(242, 400, (v, h) -> true);
        assertEquals(List.of(), offences);
        assertTrue(view.memory().isEmpty(), "everything missed is forgotten: " + view.memory());
    }

    @Test
    void aNewcomerIsJudgedAfterAFullWindow() {
        members(3, 1, 200);
        members(4, 201, 600); // number 4 enters at 201 and never signs
        run(1, 299, (v, h) -> v != 4);
        assertEquals(List.of(), offences);
        run(300, 300, (v, h) -> v != 4);
        assertEquals(300, offences.get(0).height());
        assertEquals(
                "missed 100 of the last 100 blocks, may miss 50",
                offences.get(0).reason());
    }

    @Test
    void theFirstSetIsJudgedAfterAFullWindowToo() {
        members(4);
        run(1, 99, (v, h) -> v != 1);
        assertEquals(List.of(), offences);
        run(100, 100, (v, h) -> v != 1);
        assertEquals(1, offences.size());
    }

    @Test
    void whoComesBackAfterJailBeginsAnew() {
        members(4);
        run(1, 100, (v, h) -> v != 2);
        jail(2);
        run(101, 150, (v, h) -> v != 2);
        view.with(TestView.validator(2)); // unjailed within the epoch
        run(151, 249, (v, h) -> v != 2);
        assertEquals(1, offences.size());
        run(250, 250, (v, h) -> v != 2);
        assertEquals(2, offences.size());
    }

    @Test
    void whoLeavesTheSetLeavesNothingBehindAndBeginsAnewWhenItReturns() {
        members(4, 1, 100);
        members(3, 101, 200);
        members(4, 201, 400);
        run(1, 100, (v, h) -> v != 4 || h % 2 == 0);
        assertEquals(Set.of(TestView.address(4).bytes()), view.memory().keySet());
        run(101, 101, (v, h) -> true);
        assertTrue(view.memory().isEmpty());
        // 50 old misses and one new one do not add up
        run(102, 210, (v, h) -> v != 4);
        assertEquals(List.of(), offences);
    }

    @Test
    void onlyTheActiveAreJudged() {
        members(4);
        jail(1);
        view.with(TestView.validator(2).withStatus(ValidatorStatus.BANNED));
        view.with(TestView.validator(3).withStatus(ValidatorStatus.INACTIVE));
        view.without(TestView.address(4));
        run(1, 300, (v, h) -> false);
        assertEquals(List.of(), offences);
        assertEquals(4, writes, "one note for each that it is away");
    }

    @Test
    void aHundredValidatorsThatSignCostNoWriteAndOneThatIsDownCostsOne() {
        members(100);
        run(1, 150, (v, h) -> true);
        assertEquals(0, writes);
        run(151, 180, (v, h) -> v != 7);
        assertEquals(30, writes);
        for (Bytes value : view.memory().values()) {
            assertTrue(value.length() <= 29, value.length() + " bytes");
        }
    }

    @Test
    void parametersChangeTheWindowAndTheShare() {
        rule = rule(Map.of("window", "10", "minSigned", "90%"));
        members(2);
        run(1, 20, (v, h) -> v != 1 || h != 15);
        assertEquals(List.of(), offences);
        run(21, 22, (v, h) -> v != 1);
        assertEquals(
                "missed 2 of the last 10 blocks, may miss 1", offences.get(0).reason());
        assertEquals(21, offences.get(0).height());
        offences.clear();
        rule = rule(Map.of("window", "1", "minSigned", "100%"));
        run(23, 23, (v, h) -> v != 2);
        assertEquals(TestView.address(2), offences.get(0).offender());
        offences.clear();
        rule = rule(Map.of("window", "10", "minSigned", "0%"));
        run(24, 200, (v, h) -> false);
        assertEquals(List.of(), offences);
    }

    @Test
    void aChangedWindowBeginsAnew() {
        members(2);
        run(1, 200, (v, h) -> v != 1 || h <= 151);
        rule = rule(Map.of("window", "60"));
        run(201, 259, (v, h) -> v != 1);
        assertEquals(List.of(), offences);
        run(260, 260, (v, h) -> v != 1);
        assertEquals(1, offences.size());
    }

    /** Random absences against a plain list of the last blocks. */
    @Test
    void agreesWithAPlainCount() {
        for (long seed = 1; seed <= 60; seed++) {
            Random random = new Random(seed);
            DowntimeSlashingTest test = new DowntimeSlashingTest();
            int window = 1 + random.nextInt(40);
            int minSigned = random.nextInt(101);
            test.rule = rule(Map.of("window", "" + window, "minSigned", minSigned + "%"));
            test.members(1);
            long mayMiss = window - (window * minSigned + 99) / 100;
            int missPercent = random.nextInt(100);
            Deque<Boolean> last = new ArrayDeque<>();
            for (long h = 1; h <= 300; h++) {
                boolean signed = random.nextInt(100) >= missPercent;
                last.add(signed);
                if (last.size() > window) {
                    last.remove();
                }
                test.run(h, h, (v, height) -> signed);
                long misses = last.stream().filter(s -> !s).count();
                boolean offence = last.size() == window && misses > mayMiss;
                assertEquals(offence, !test.offences.isEmpty(), "seed " + seed + " height " + h);
                if (offence) {
                    break; // from here on the record begins anew
                }
            }
        }
    }

    @Test
    void theFirstBlockShowsNothing() {
        BlockFacts facts = new BlockFacts(view.header(TestView.address(1)), 0, 0, Optional.empty(), Optional.empty());
        assertEquals(Observation.NOTHING, rule.observe(view, facts));
    }

    @Test
    void judgesNoEvidence() {
        assertEquals(Set.of(), rule.evidenceTypes());
        Evidence evidence = new Evidence("equivocation.votes", TestView.address(1), 1, Bytes.EMPTY);
        PoSException e = assertThrows(PoSException.class, () -> rule.judge(view, evidence, null));
        assertEquals(PoSError.SLASHING_DETECTION_FAILED, e.error());
    }

    @Test
    void refusesParametersThatItDoesNotKnowOrThatAreOutOfRange() {
        for (Map<String, String> wrong : List.of(
                Map.of("window", "0"),
                Map.of("window", "100001"),
                Map.of("window", "all"),
                Map.of("minSigned", "101%"),
                Map.of("minSigned", "-1"),
                Map.of("maxMissed", "5"))) {
            PoSException e = assertThrows(PoSException.class, () -> rule(wrong), wrong.toString());
            assertEquals(PoSError.CONSENSUS_STATE_UPDATE_FAILED, e.error());
            assertTrue(e.getMessage().contains(wrong.keySet().iterator().next()), e.getMessage());
        }
    }

    private static SlashingRule rule(Map<String, String> parameters) {
        return (SlashingRule) new DowntimeSlashingFactory().create(Parameters.of(parameters));
    }

    private void members(int n) {
        members(n, 1, 700);
    }

    private void members(int n, long from, long to) {
        for (int i = 1; i <= n; i++) {
            if (view.validator(TestView.address(i)).isEmpty()) {
                view.with(TestView.validator(i));
            }
        }
        ValidatorSet set = TestView.set(n, 10);
        for (long h = from; h <= to; h++) {
            view.decidedBy(h, set);
        }
    }

    private void jail(int n) {
        view.with(TestView.validator(n).jailedUntil(9));
    }

    /** Lets the rule see the votes for heights {@code from} to {@code to}, each in the block after it. */
    private void run(long from, long to, BiPredicate<Integer, Long> signs) {
        for (long h = from; h <= to; h++) {
            long height = h;
            ValidatorSet set = view.validatorSetAt(h).orElseThrow();
            List<VoterSignature> signatures = set.members().stream()
                    .map(Member::address)
                    .filter(a -> signs.test(number(a.bytes()), height))
                    .map(a -> new VoterSignature(a, Bytes.EMPTY))
                    .toList();
            Certificate certificate = new Certificate(VotePhase.PRECOMMIT, h, 0, Hash.ZERO, signatures);
            view.height(h + 1);
            Observation seen = rule.observe(
                    view,
                    new BlockFacts(view.header(TestView.address(1)), 0, 0, Optional.of(certificate), Optional.of(set)));
            offences.addAll(seen.offences());
            for (Observation.Remembered remembered : seen.memory()) {
                writes++;
                assertTrue(
                        remembered.value().isPresent()
                                || view.memory(remembered.key()).isPresent(),
                        "forgets what is not there");
            }
            view.remember(seen);
        }
    }

    private static int number(Bytes address) {
        return address.at(address.length() - 1) & 0xff;
    }
}
