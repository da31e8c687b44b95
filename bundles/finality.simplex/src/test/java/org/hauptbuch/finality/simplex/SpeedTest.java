package org.hauptbuch.finality.simplex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import org.hauptbuch.api.finality.Action;
import org.hauptbuch.api.finality.Event;
import org.hauptbuch.api.finality.FinalityMachine;
import org.hauptbuch.api.finality.Message;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.tck.Committee;
import org.junit.jupiter.api.Test;

/** How long a block takes over links of {@link #HOP} milliseconds, in virtual time; nothing is lost and nobody lies. */
class SpeedTest {
    private static final long HOP = 30;
    private static final long JUDGING = 20;
    private static final long DUE = 900;

    private final Committee four = Committee.equal(4);
    private final PriorityQueue<Task> tasks = new PriorityQueue<>();
    private final Map<Integer, Long> decided = new TreeMap<>();
    private final Set<Integer> rounds = new HashSet<>();
    private long now;
    private long order;

    private record Task(long at, long order, Runnable run) implements Comparable<Task> {
        @Override
        public int compareTo(Task other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
        }
    }

    private void later(long delay, Runnable run) {
        tasks.add(new Task(now + delay, order++, run));
    }

    /** When the last validator that is up decides, from the beginning of the height. */
    private long run(Integer... down) {
        Map<Integer, FinalityMachine> machines = new TreeMap<>();
        for (int i = 0; i < 4; i++) {
            if (!List.of(down).contains(i)) {
                machines.put(
                        i,
                        new SimplexFinality(SimplexParameters.from(Parameters.NONE))
                                .start(four.context(Optional.of(four.address(i)), DUE, List.of())));
            }
        }
        machines.forEach((i, machine) -> later(0, () -> act(i, machines, machine.begin())));
        while (!tasks.isEmpty() && decided.size() < machines.size()) {
            Task task = tasks.poll();
            now = task.at;
            task.run.run();
        }
        return decided.values().stream().mapToLong(at -> at).max().orElseThrow();
    }

    private void act(int self, Map<Integer, FinalityMachine> machines, List<Action> actions) {
        FinalityMachine machine = machines.get(self);
        rounds.add(machine.round());
        List<Message> said = new ArrayList<>();
        for (Action action : actions) {
            if (action instanceof Action.Propose propose) {
                said.add(four.offer(
                        self,
                        propose.round(),
                        propose.block().orElse(Committee.block("of " + self)),
                        propose.validRound(),
                        propose.proofOfLock()));
            } else if (action instanceof Action.CastVote vote) {
                said.add(four.ballot(self, vote.phase(), vote.round(), vote.block()));
            } else if (action instanceof Action.Judge judge) {
                Event verdict = new Event.Judged(judge.block(), true);
                later(JUDGING, () -> act(self, machines, machine.on(verdict)));
            } else if (action instanceof Action.Arm arm) {
                Event timeout = new Event.TimedOut(arm.timer());
                later(arm.delayMillis(), () -> act(self, machines, machine.on(timeout)));
            } else if (action instanceof Action.Decide) {
                decided.put(self, now);
            }
        }
        for (Message message : said) {
            machines.forEach((i, receiver) ->
                    later(i == self ? 0 : HOP, () -> act(i, machines, receiver.on(new Event.Received(message)))));
        }
    }

    @Test
    void threeHopsAndOneJudgementWhereAllAreUp() {
        assertEquals(DUE + 3 * HOP + JUDGING, run());
        assertEquals(Set.of(0), rounds);
    }

    @Test
    void whoIsDownAndNotDueCostsNothing() {
        assertEquals(DUE + 3 * HOP + JUDGING, run(2));
    }

    @Test
    void whoIsDownAndDueCostsLessThanABlockTime() {
        // 900 ms until it is due, 400 until it is given up, one hop for the dummies, and the round after it
        assertEquals(DUE + 400 + 4 * HOP + JUDGING, run(0));
        assertTrue(now < 2 * Committee.BLOCK_TIME, now + " ms");
    }
}
