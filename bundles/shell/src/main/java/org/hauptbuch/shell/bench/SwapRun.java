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
 * run attests every plan, and one of the runs proposes. The rules change with every second epoch, so that boundaries
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
    private final Sender sender;
    private Optional<Hash> attested = Optional.empty();
    private long attestedAt;
    private long changedIn;
    private long unjailedIn = -1;

    /**
     * A run on {@code node}, which validates.
     *
     * @param between the rules to swap, {@code KIND=ID:VERSION}, in turn; empty where another container proposes
     */
    public SwapRun(Container container, NodeService node, List<String> between, Pause pause) {
        Directory.requireDevelopment(container);
        this.container = container;
        this.node = node;
        this.between = between;
        this.pause = pause;
        this.directory = new Directory(container, node);
        this.sender = new Sender(node, pause);
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
        long epoch = node.status().epoch();
        if (!node.validatorSet().contains(validator())) {
            // a machine that is too busy for a moment is enough to be jailed
            if (epoch > unjailedIn) {
                unjailedIn = epoch;
                send(new Payload.Unjail());
            }
        } else if (plan.isEmpty() && !between.isEmpty() && epoch > changedIn) {
            send(proposal());
        } else if (plan.isPresent() && plan.get().status() == PlanStatus.PROPOSED) {
            attest(plan.get());
        }
    }

    private Payload proposal() {
        NodeStatus status = node.status();
        ChainParameters parameters = node.parameters();
        String next = between.stream()
                .filter(rule -> !isActive(rule))
                .findFirst()
                .orElseThrow(() -> new Failure("nothing to swap: the chain uses " + String.join(" and ", between)));
        RuleSet to = new RuleChanges(new RuleAdoption(container), node).apply(List.of(next), List.of());
        long gate = parameters.epochOf(Math.addExact(status.height(), ROOM));
        RulePlan plan = new RulePlans(container)
                .plan(
                        node,
                        validator(),
                        to,
                        RulePlan.DEFAULT_READY,
                        gate,
                        gate + 1,
                        node.activeRules().id());
        attested = Optional.of(plan.id());
        attestedAt = status.height();
        return new Payload.ProposeRules(plan, List.of(node.attest(plan)));
    }

    private boolean isActive(String rule) {
        return node.activeRules().rules().stream()
                .anyMatch(ref -> rule.equals(ref.kind().text() + "=" + ref.id() + ":" + ref.version()));
    }

    private void attest(PlanRecord record) throws InterruptedException {
        Hash id = record.plan().id();
        long height = node.status().height();
        boolean counted = record.attested().contains(validator());
        boolean underway = attested.equals(Optional.of(id)) && height < attestedAt + PATIENCE;
        if (!counted && !underway) {
            attested = Optional.of(id);
            attestedAt = height;
            send(new Payload.AttestRules(node.attest(record.plan())));
        }
    }

    private Address validator() {
        return node.status().validator().orElseThrow(() -> new Failure(node.name() + " follows only, must validate"));
    }

    private Signer operator() {
        return directory.signer("--from", directory.keyOf(validator(), "the validator of " + node.name()));
    }

    private void send(Payload payload) throws InterruptedException {
        boolean isPlan = payload instanceof Payload.ProposeRules;
        sender.send(operator(), List.of(payload), new Sender.Options(Optional.empty(), 100, isPlan, Optional.empty()));
    }
}
