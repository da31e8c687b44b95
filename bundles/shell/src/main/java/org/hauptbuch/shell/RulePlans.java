package org.hauptbuch.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hauptbuch.api.chain.ChainParameters;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.node.KeyInfo;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.api.node.NodeStatus;
import org.hauptbuch.api.node.SelfTestReport;
import org.hauptbuch.api.plan.Attestation;
import org.hauptbuch.api.plan.PlanRecord;
import org.hauptbuch.api.plan.PlanStatus;
import org.hauptbuch.api.plan.RulePlan;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Amounts;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.Rate;

/** Makes plans and collects what the validators of this container say to them. */
public final class RulePlans {
    /** Blocks that have to be left in the gate's epoch after the next one: the transaction may wait a little. */
    private static final long ROOM = 3;

    private static final int MOST_TRIES = 3;

    private final Container container;

    /**
     * What the validators of this container say.
     *
     * @param names the nodes that attest, as {@code attestations}
     * @param attestations theirs
     * @param refusals why others do not, one line each that begins with the node
     * @param before the nodes that had attested before
     */
    public record Attested(
            List<String> names, List<Attestation> attestations, List<String> refusals, List<String> before) {
        /** Nobody says anything. */
        public static Attested none() {
            return new Attested(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }

        /** Their voting power in {@code voters}. */
        long power(ValidatorSet voters) {
            long power = 0;
            for (Attestation attestation : attestations) {
                power = Amounts.add(power, voters.power(attestation.validator()));
            }
            return power;
        }
    }

    public RulePlans(Container container) {
        this.container = container;
    }

    /** Refuses while a plan is past its gate: nothing takes its place. */
    public static void requireOpen(NodeService node) {
        node.plan().filter(record -> record.status() != PlanStatus.PROPOSED).ifPresent(record -> {
            throw new Failure(passed(record) + "; propose again then");
        });
    }

    /** Refuses a plan that cannot take the place of the one that waits, or that there was before. */
    public static void requirePlace(NodeService node, RulePlan plan, Attested attested) {
        if (isUsed(node, plan)) {
            throw new Failure("plan " + plan.id() + " was proposed before, and a plan is proposed once: choose another"
                    + " --activate-at or --gate");
        }
        ValidatorSet voters = node.validatorSet();
        long power = attested.power(voters);
        long more = Math.max(plan.leastReady().ceilOf(voters.totalPower()), Amounts.add(node.readyPower(), 1));
        node.plan().filter(record -> power < more).ifPresent(record -> {
            String place = more > voters.totalPower()
                    ? "another takes its place only"
                    : "another takes its place with attestations of at least " + more + " of " + voters.totalPower()
                            + " voting power (these are " + power + "; --attest sends this container's), or";
            throw new Failure("plan " + record.plan().id() + " waits for epoch "
                    + record.plan().activationEpoch() + ": " + place
                    + " once its proposer has taken it back (pos:rules-cancel)");
        });
    }

    /** The plan that waits for its gate. @throws Failure where there is none */
    public static PlanRecord open(NodeService node) {
        PlanRecord record = node.plan()
                .orElseThrow(() -> new Failure("no plan waits; pos:rules-history shows what became of earlier ones"));
        if (record.status() != PlanStatus.PROPOSED) {
            throw new Failure(passed(record) + ", whatever else happens");
        }
        return record;
    }

    /**
     * A plan from the active rule set to {@code to}, with the digest of the self-test here.
     *
     * @throws Failure where an epoch is out of range or the self-test fails
     */
    public RulePlan plan(
            NodeService node, Address proposer, RuleSet to, Rate ready, long gate, long activation, Hash fallback) {
        return new RulePlan(
                proposer, node.activeRules().id(), to, ready, gate, activation, fallback, selfTest(node, to));
    }

    /** A plan of these, on chain in one transaction with the attestations of enough validators of this container. */
    public Payload.ProposeRules adoption(NodeService node, Address proposer, RuleSet to) {
        RuleChanges.requireChange(node, to);
        Hash selfTest = selfTest(node, to);
        long room = ROOM;
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            long height = node.status().height();
            ChainParameters parameters = node.parameters();
            long gate = parameters.epochOf(Math.addExact(height, room));
            Hash active = node.activeRules().id();
            RulePlan plan =
                    new RulePlan(proposer, active, to, RulePlan.DEFAULT_READY, gate, gate + 1, active, selfTest);
            while (isUsed(node, plan)) {
                // taken back in this epoch, and wanted again
                gate++;
                plan = new RulePlan(proposer, active, to, RulePlan.DEFAULT_READY, gate, gate + 1, active, selfTest);
            }
            Attested attested = attest(node, plan, Optional.empty(), List.of());
            requireEnough(node, plan, attested);
            requirePlace(node, plan, attested);
            long after = node.status().height();
            if (after < parameters.firstHeight(gate + 1) - 1) {
                return new Payload.ProposeRules(plan, attested.attestations());
            }
            // the tests took longer than the epoch had blocks left: the next plan allows for as long
            room = ROOM + after - height;
        }
        throw new Failure(
                "the tests take longer each time: use pos:rules-propose with a later epoch, and pos:rules-attest");
    }

    /**
     * Asks the validators of this container for their word.
     *
     * @param name the one to ask; all that run where empty
     * @param already those that need not be asked again
     */
    public Attested attest(NodeService node, RulePlan plan, Optional<String> name, List<Address> already) {
        ValidatorSet voters = node.validatorSet();
        Attested attested = Attested.none();
        TreeSet<Address> asked = new TreeSet<>();
        for (NodeService each : new Nodes(container).all(name)) {
            NodeStatus status = each.status();
            Optional<Address> validator = status.validator();
            if (!status.running() || validator.isEmpty()) {
                if (name.isPresent()) {
                    attested.refusals.add(each.name()
                            + (status.running() ? " follows only: it has no validator" : " is stopped, must run"));
                }
            } else if (!voters.contains(validator.get())) {
                attested.refusals.add(each.name() + " does not vote in epoch " + status.epoch());
            } else if (already.contains(validator.get())) {
                attested.before.add(each.name());
            } else if (asked.add(validator.get())) {
                ask(each, plan, attested);
            }
        }
        return attested;
    }

    /** The operator's key that proposes where none is named: this node's validator's, else another that votes. */
    public static String operatorKey(NodeService node, Directory directory) {
        ValidatorSet voters = node.validatorSet();
        Optional<Address> own = node.status().validator();
        List<KeyInfo> operators = directory.keyring().list().stream()
                .filter(key -> voters.contains(key.address()))
                .toList();
        return operators.stream()
                .filter(key -> own.isPresent() && own.get().equals(key.address()))
                .findFirst()
                .or(() -> operators.stream().findFirst())
                .map(KeyInfo::name)
                .orElseThrow(() ->
                        new Failure("no key of this home is the key of a validator that votes: only these propose"));
    }

    /** Refuses an account that may not propose. */
    public static void requireOperator(NodeService node, Directory directory, Address sender) {
        ValidatorSet voters = node.validatorSet();
        if (!voters.contains(sender)) {
            throw Failure.argument(
                    "--from",
                    directory.nameOf(sender),
                    "the key of a validator that votes: "
                            + voters.members().stream()
                                    .limit(20)
                                    .map(member -> directory.nameOf(member.address()))
                                    .collect(Collectors.joining(", ")));
        }
    }

    private static String passed(PlanRecord record) {
        return "plan " + record.plan().id() + " passed its gate in block " + record.statusHeight()
                + ": it becomes active with epoch " + record.plan().activationEpoch();
    }

    private static boolean isUsed(NodeService node, RulePlan plan) {
        Hash id = plan.id();
        return Stream.concat(node.planHistory().stream(), node.plan().stream())
                .anyMatch(record -> record.plan().id().equals(id));
    }

    private static void ask(NodeService node, RulePlan plan, Attested attested) {
        try {
            attested.attestations.add(node.attest(plan));
            attested.names.add(node.name());
        } catch (PoSException e) {
            attested.refusals.add(node.name() + " does not attest: " + e.getMessage());
        }
    }

    private static Hash selfTest(NodeService node, RuleSet to) {
        SelfTestReport report = node.selfTest(to);
        if (!report.problems().isEmpty()) {
            throw new Failure("the self-test of rule set " + to.id() + " fails on " + node.name() + ": "
                    + String.join("; ", report.problems()));
        }
        return report.digest();
    }

    private static void requireEnough(NodeService node, RulePlan plan, Attested attested) {
        ValidatorSet voters = node.validatorSet();
        long power = attested.power(voters);
        long needed = plan.leastReady().ceilOf(voters.totalPower());
        if (power < needed) {
            throw new Failure("the validators of this container that attest have " + power + " of "
                    + voters.totalPower() + " voting power, must be at least " + needed + " (" + plan.leastReady()
                    + "): use pos:rules-propose here and pos:rules-attest on every validator"
                    + (attested.refusals.isEmpty() ? "" : " (" + String.join("; ", attested.refusals) + ")"));
        }
    }
}
