package org.hauptbuch.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.chain.ValidatorSet.Member;
import org.hauptbuch.api.selection.Schedule;
import org.hauptbuch.api.selection.SelectionRule;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Amounts;
import org.hauptbuch.api.value.Hash;
import org.junit.jupiter.api.Test;

/** What every {@link SelectionRule} promises. */
public interface SelectionRuleContract extends RuleContract {
    /** Rounds of one height within which everybody of four equals has to have a turn. */
    int PATIENCE = 200;

    /** A fresh rule. */
    default SelectionRule rule() {
        return (SelectionRule) factory().create(parameters());
    }

    @Test
    default void itElectsSomeOfTheCandidatesUnchanged() {
        for (List<Member> candidates : SelectionCases.candidates()) {
            for (int most : new int[] {1, 2, candidates.size(), candidates.size() + 1, ValidatorSet.MAX_MEMBERS}) {
                List<Member> elected = rule().elect(candidates, most);
                String what = elected.size() + " of " + candidates.size() + " candidates elected, at most " + most;
                assertTrue(elected.size() <= most, what);
                assertTrue(!elected.isEmpty(), () -> what + ": a chain without validators stands still");
                assertTrue(candidates.containsAll(elected), () -> what + ": somebody is none, or has another power");
                assertEquals(
                        elected.size(), elected.stream().distinct().count(), () -> what + ": somebody is in it twice");
            }
        }
    }

    @Test
    default void ofNobodyItElectsNobody() {
        assertEquals(List.of(), rule().elect(List.of(), 100));
    }

    @Test
    default void theOrderOfCandidatesDoesNotMatter() {
        for (List<Member> candidates : SelectionCases.candidates()) {
            for (int most : new int[] {1, 3, 100}) {
                Set<Address> elected = SelectionCases.addresses(rule().elect(candidates, most));
                for (long seed = 0; seed < 5; seed++) {
                    List<Member> shuffled = new ArrayList<>(candidates);
                    Collections.shuffle(shuffled, new Random(seed));
                    assertEquals(
                            elected,
                            SelectionCases.addresses(rule().elect(shuffled, most)),
                            most + " of " + candidates.size() + ", shuffled with seed " + seed);
                }
            }
        }
    }

    @Test
    default void theSameQuestionHasTheSameAnswer() {
        SelectionRule rule = rule();
        for (List<Member> candidates : SelectionCases.candidates()) {
            List<Member> elected = rule.elect(candidates, 3);
            assertEquals(elected, rule.elect(candidates, 3), "asked twice");
            assertEquals(elected, rule().elect(candidates, 3), "asked a rule of its own");
            ValidatorSet set = ValidatorSet.of(elected);
            List<SelectionCases.Turn> turns =
                    SelectionCases.turns(rule.prepare(5, 501, set, SelectionCases.SEED), set, 501);
            assertEquals(
                    turns,
                    SelectionCases.turns(rule.prepare(5, 501, set, SelectionCases.SEED), set, 501),
                    "asked twice");
            assertEquals(
                    turns,
                    SelectionCases.turns(rule().prepare(5, 501, set, SelectionCases.SEED), set, 501),
                    "asked a rule of its own");
        }
    }

    /** Nodes ask about other heights and rounds, in another order: that must not show. */
    @Test
    default void aScheduleForgetsWhatItWasAsked() {
        ValidatorSet set = TestView.set(7, 10);
        List<Integer> questions =
                new ArrayList<>(IntStream.range(0, 400).boxed().toList());
        Schedule inOrder = rule().prepare(1, 101, set, SelectionCases.SEED);
        List<SelectionCases.Turn> answers = questions.stream()
                .map(q -> SelectionCases.turn(inOrder, set, 101 + q / 4, q % 4))
                .toList();
        Schedule other = rule().prepare(1, 101, set, SelectionCases.SEED);
        Collections.shuffle(questions, new Random(1));
        for (int q : questions) {
            assertEquals(
                    answers.get(q),
                    SelectionCases.turn(other, set, 101 + q / 4, q % 4),
                    () -> "proposer of height " + (101 + q / 4) + " round " + q % 4 + " when asked in another order");
        }
    }

    @Test
    default void onlyMembersPropose() {
        for (List<Member> candidates : SelectionCases.candidates()) {
            ValidatorSet set = ValidatorSet.of(candidates);
            SelectionCases.turns(rule().prepare(0, 1, set, Hash.ZERO), set, 1);
        }
    }

    /** Where one proposer is down, the rounds have to come to another, and in the end to everybody. */
    @Test
    default void roundsComeToEverybody() {
        ValidatorSet set = TestView.set(4, 1_000_000);
        Schedule schedule = rule().prepare(2, 201, set, SelectionCases.SEED);
        for (long height : new long[] {201, 202, 250, 300}) {
            Set<Address> seen = new TreeSet<>();
            for (int round = 0; round < PATIENCE; round++) {
                SelectionCases.turn(schedule, set, height, round).first().ifPresent(seen::add);
            }
            assertEquals(
                    SelectionCases.addresses(set.members()),
                    seen,
                    "who proposes in one of " + PATIENCE + " rounds of height " + height);
        }
    }

    @Test
    default void extremesHaveAnAnswer() {
        ValidatorSet one = ValidatorSet.of(List.of(new Member(TestView.address(1), TestView.key(1), Amounts.MAX)));
        List<ValidatorSet> sets =
                List.of(one, TestView.set(1, 1), TestView.set(100, Amounts.MAX / 100), SelectionCases.lopsided(100));
        for (ValidatorSet set : sets) {
            for (long epoch : new long[] {0, 1, 1_000_000_000_000L}) {
                long first = epoch * 100 + 1;
                for (Hash seed : List.of(Hash.ZERO, SelectionCases.SEED)) {
                    Schedule schedule = rule().prepare(epoch, first, set, seed);
                    for (int round : new int[] {0, 1, 1_000, Integer.MAX_VALUE}) {
                        SelectionCases.turn(schedule, set, first, round);
                        SelectionCases.turn(schedule, set, first + 99, round);
                    }
                }
            }
        }
        // the longest epoch that a chain may have
        ValidatorSet four = TestView.set(4, 10);
        SelectionCases.turn(rule().prepare(0, 1, four, SelectionCases.SEED), four, 1_000_000, 0);
    }
}
