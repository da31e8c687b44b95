package org.hauptbuch.finality.tendermint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.block.VotePhase;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.finality.Action;
import org.hauptbuch.api.finality.Event;
import org.hauptbuch.api.finality.Message;
import org.hauptbuch.api.finality.Timer;
import org.hauptbuch.api.rule.Parameters;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.tck.Committee;

/**
 * One machine with a script. As a node does, it judges at once (every block is valid unless told otherwise), signs what
 * the machine casts and hands it back; what the machine asked for is kept until the script looks at it.
 */
final class Scene {
    final Committee cast;
    final int self;
    final TendermintMachine machine;
    final List<Message> journal = new ArrayList<>();
    final List<Action> seen = new ArrayList<>();
    private final List<Hash> invalid = new ArrayList<>();
    private boolean judges = true;

    Scene(Committee cast, int self) {
        this(cast, self, 0, List.of());
    }

    Scene(Committee cast, int self, long startDelay, List<Message> journal) {
        this(cast, self, startDelay, 0, journal);
    }

    Scene(Committee cast, int self, long startDelay, int firstRound, List<Message> journal) {
        this.cast = cast;
        this.self = self;
        this.journal.addAll(journal);
        this.machine = (TendermintMachine) new TendermintFinality(TendermintParameters.from(Parameters.NONE))
                .start(cast.context(
                        self < 0 ? Optional.empty() : Optional.of(cast.address(self)),
                        startDelay,
                        firstRound,
                        journal));
    }

    Scene begin() {
        carryOut(machine.begin());
        return this;
    }

    Scene invalid(Hash block) {
        invalid.add(block);
        return this;
    }

    Scene judgesLater() {
        judges = false;
        return this;
    }

    Scene judged(Hash block, boolean valid) {
        carryOut(machine.on(new Event.Judged(block, valid)));
        return this;
    }

    Scene receive(Message message) {
        carryOut(machine.on(new Event.Received(message)));
        return this;
    }

    Scene votes(VotePhase phase, int round, Hash block, int... voters) {
        for (int voter : voters) {
            receive(cast.ballot(voter, phase, round, block));
        }
        return this;
    }

    Scene timeOut(String step, int round) {
        carryOut(machine.on(new Event.TimedOut(new Timer(step, round))));
        return this;
    }

    private void carryOut(List<Action> actions) {
        for (Action action : actions) {
            seen.add(action);
            if (action instanceof Action.CastVote vote) {
                Message message = cast.ballot(self, vote.phase(), vote.round(), vote.block());
                journal.add(message);
                receive(message);
            } else if (action instanceof Action.Judge judge && judges) {
                judged(judge.block(), !invalid.contains(judge.block()));
            }
        }
    }

    /** Carries out a proposal that the machine asked for, of {@code fresh} where it asked for a new block. */
    Scene propose(Hash fresh) {
        Action.Propose asked = only(Action.Propose.class);
        Message message =
                cast.offer(self, asked.round(), asked.block().orElse(fresh), asked.validRound(), asked.proofOfLock());
        journal.add(message);
        return receive(message);
    }

    <T extends Action> List<T> all(Class<T> type) {
        return seen.stream().filter(type::isInstance).map(type::cast).toList();
    }

    <T extends Action> T only(Class<T> type) {
        List<T> actions = all(type);
        assertEquals(1, actions.size(), () -> type.getSimpleName() + " in " + seen);
        return actions.get(0);
    }

    Scene saw(VotePhase phase, int round, Hash block) {
        assertTrue(
                seen.contains(new Action.CastVote(phase, round, block)),
                () -> phase + " " + round + " " + block.shortHex() + " is not in " + seen);
        return this;
    }

    Scene sawNo(Class<? extends Action> type) {
        assertEquals(List.of(), all(type));
        return this;
    }

    Scene sawVotes(int count) {
        assertEquals(count, all(Action.CastVote.class).size(), seen::toString);
        return this;
    }

    Scene sawTimer(String step, int round, long delay) {
        assertTrue(
                seen.contains(new Action.Arm(new Timer(step, round), delay)),
                () -> step + " " + round + " " + delay + " is not in " + seen);
        return this;
    }

    Scene sawNoTimer(String step, int round) {
        assertTrue(
                all(Action.Arm.class).stream().noneMatch(arm -> arm.timer().equals(new Timer(step, round))),
                seen::toString);
        return this;
    }

    Scene sawProposal(int round, Optional<Hash> block, int validRound) {
        Action.Propose asked = only(Action.Propose.class);
        assertEquals(round, asked.round());
        assertEquals(block, asked.block());
        assertEquals(validRound < 0 ? OptionalInt.empty() : OptionalInt.of(validRound), asked.validRound());
        return this;
    }

    Scene sawDecision(Certificate certificate) {
        assertEquals(certificate, only(Action.Decide.class).certificate());
        assertEquals("decided", machine.step());
        return this;
    }

    Scene accused(Evidence evidence) {
        assertEquals(evidence, only(Action.Accuse.class).evidence());
        return this;
    }

    /** Forgets what was seen so far. */
    Scene then() {
        seen.clear();
        return this;
    }
}
