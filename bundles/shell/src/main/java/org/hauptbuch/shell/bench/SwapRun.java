package org.hauptbuch.shell.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hauptbuch.api.chain.ChainParameters;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.api.node.NodeStatus;
import org.hauptbuch.api.plan.PlanRecord;
import org.hauptbuch.api.plan.PlanStatus;
import org.hauptbuch.api.plan.RulePlan;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.shell.Container;
import org.hauptbuch.shell.Directory;
import org.hauptbuch.shell.Failure;
import org.hauptbuch.shell.Pause;
import org.hauptbuch.shell.RuleAdoption;
import org.hauptbuch.shell.RuleChanges;
import org.hauptbuch.shell.RulePlans;
import org.hauptbuch.shell.Sender;
import org.hauptbuch.shell.view.Json;
import org.hauptbuch.shell.view.View;

/**
 * Swaps rules to and fro on a development network whose validators may run in several containers: in each of them one
 * run attests every plan for all of its validators, and one of the runs proposes. The rules change with every second epoch, so that boundaries
 * with and without a swap take turns. The way of each is the operators': a plan, attestations of all, the gate, the
 * boundary.
 */
public final class SwapRun {
    private static final long LOOK_MILLIS = 20;
    /** Blocks that a plan and the attestations of others need before the gate. */
    private static final long ROOM = 6;
    /** Blocks after which an attestation that no block holds is sent again. */
    private static final long PATIENCE = 4;

    private final Container container;
    private final NodeService node;
    private final List<String> between;
    private final Pause pause;
    private final Directory directory;
    private final List<Attester> attesters;
    private long changedIn;

    /**
     * A run on {@code nodes}, which validate; the first of them proposes.
     *
     * @param nodes at least one
     * @param between the rules to swap, {@code KIND=ID:VERSION}, in turn; empty where another container proposes
     */
    public SwapRun(Container container, List<NodeService> nodes, List<String> between, Pause pause) {
        Directory.requireDevelopment(container);
        this.container = container;
        this.node = nodes.get(0);
        this.between = between;
        this.pause = pause;
        this.directory = new Directory(container, node);
        this.attesters = nodes.stream().map(Attester::new).toList();
    }

    /** One validator of this container. */
    private final class Attester {
        private final NodeService own;
        private final Sender sender;
        private Optional<Hash> attested = Optional.empty();
        private long attestedAt;
        private long unjailedIn = -1;

        private Attester(NodeService own) {
            this.own = own;
            this.sender = new Sender(own, pause);
        }

        /** Whether it can go on: a machine that is too busy for a moment is enough to be jailed. */
        private boolean isActive() throws InterruptedException {
            if (own.validatorSet().contains(validator())) {
                return true;
            }
            long epoch = own.status().epoch();
            if (epoch > unjailedIn) {
                unjailedIn = epoch;
                send(new Payload.Unjail());
            }
            return false;
        }

        private void propose(RulePlan plan) throws InterruptedException {
            note(plan.id());
            send(new Payload.ProposeRules(plan, List.of(own.attest(plan))));
        }

        private void attest(PlanRecord record) throws InterruptedException {
            Hash id = record.plan().id();
            boolean counted = record.attested().contains(validator());
            boolean underway = attested.equals(Optional.of(id)) && own.status().height() < attestedAt + PATIENCE;
            if (!counted && !underway) {
                note(id);
                send(new Payload.AttestRules(own.attest(record.plan())));
            }
        }

        private void note(Hash plan) {
            attested = Optional.of(plan);
            attestedAt = own.status().height();
        }

        private Address validator() {
            return own.status().validator().orElseThrow(() -> new Failure(own.name() + " follows only, must validate"));
        }

        private void send(Payload payload) throws InterruptedException {
            Signer operator =
                    directory.signer("--from", directory.keyOf(validator(), "the validator of " + own.name()));
            boolean isPlan = payload instanceof Payload.ProposeRules;
            sender.send(
                    operator, List.of(payload), new Sender.Options(Optional.empty(), 100, isPlan, Optional.empty()));
        }
    }

    /**
     * Goes on until the rules have changed {@code swaps} times.
     *
     * @throws Failure where they have not within {@code timeout}
     */
    public View run(int swaps, Duration timeout) throws InterruptedException {
        long end = pause.nanoTime() + timeout.toNanos();
        Hash active = node.activeRules().id();
        changedIn = node.status().epoch();
        long from = node.status().height();
        List<String> refusals = new ArrayList<>();
        int done = 0;
        while (done < swaps) {
            if (pause.nanoTime() - end >= 0) {
                throw new Failure(done + " of " + swaps + " swaps within " + timeout.toSeconds() + " s"
                        + (refusals.isEmpty() ? "" : ": " + String.join("; ", refusals)));
            }
            try {
                step();
            } catch (PoSException | Failure refused) {
                // the gate may have passed since the look before: the next look decides what is to be done
                if (refusals.size() < 10) {
                    refusals.add(refused.getMessage());
                }
            }
            pause.millis(LOOK_MILLIS);
            Hash now = node.activeRules().id();
            if (!now.equals(active)) {
                active = now;
                changedIn = node.status().epoch();
                done++;
            }
        }
        long to = node.status().height();
        return new View(Json.object()
                        .put("swaps", done)
                        .put("fromHeight", from)
                        .put("toHeight", to)
                        .put("refusals", Json.texts(refusals.stream()))
                        .build())
                .field("swaps", done)
                .field("blocks", from + " to " + to)
                .field("refusals", refusals.size());
    }

    private void step() throws InterruptedException {
        Optional<PlanRecord> plan = node.plan();
        for (Attester attester : attesters) {
            if (!attester.isActive()) {
                continue;
            }
            if (plan.isPresent() && plan.get().status() == PlanStatus.PROPOSED) {
                attester.attest(plan.get());
            } else if (plan.isEmpty()
                    && attester == attesters.get(0)
                    && !between.isEmpty()
                    && node.status().epoch() > changedIn) {
                attester.propose(next());
                return;
            }
        }
    }

    private RulePlan next() {
        NodeStatus status = node.status();
        ChainParameters parameters = node.parameters();
        String next = between.stream()
                .filter(rule -> !isActive(rule))
                .findFirst()
                .orElseThrow(() -> new Failure("nothing to swap: the chain uses " + String.join(" and ", between)));
        RuleSet to = new RuleChanges(new RuleAdoption(container), node).apply(List.of(next), List.of());
        long gate = parameters.epochOf(Math.addExact(status.height(), ROOM));
        return new RulePlans(container)
                .plan(
                        node,
                        attesters.get(0).validator(),
                        to,
                        RulePlan.DEFAULT_READY,
                        gate,
                        gate + 1,
                        node.activeRules().id());
    }

    private boolean isActive(String rule) {
        return node.activeRules().rules().stream()
                .anyMatch(ref -> rule.equals(ref.kind().text() + "=" + ref.id() + ":" + ref.version()));
    }
}
