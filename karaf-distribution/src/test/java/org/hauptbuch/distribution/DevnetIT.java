package org.hauptbuch.distribution;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.inject.Inject;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.hauptbuch.api.node.NodeService;
import org.junit.Before;
import org.junit.FixMethodOrder;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.MethodSorters;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** A devnet of four validators in the built distribution: what a newcomer does with it. In order: it is one story. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
@FixMethodOrder(MethodSorters.NAME_ASCENDING)
public class DevnetIT {
    private static final int EPOCH = 5;

    @Inject
    private BundleContext context;

    @Inject
    private SessionFactory sessions;

    private Devnet devnet;

    @Configuration
    public Option[] container() {
        return BuiltDistribution.options(TestHome.devnet(200, EPOCH));
    }

    @Before
    public void talk() {
        devnet = new Devnet(context, sessions);
    }

    @Test
    public void a_fourValidatorsAgree() {
        devnet.awaitFinal(3);
        assertEquals(
                List.of("alice", "bob", "carol", "dave"),
                devnet.nodes().stream().map(NodeService::name).collect(Collectors.toList()));
        for (NodeService node : devnet.nodes()) {
            assertTrue(node.name() + " signs", node.status().signing());
            assertEquals(node.name() + " has peers", 3, node.status().peers().size());
        }
        String status = devnet.run("pos:status --json");
        for (String field : List.of(
                "chainId", "height", "finalizedHeight", "finalizedHash", "stateRoot", "epoch", "ruleSetId", "nodes")) {
            assertTrue(field + " in " + status, status.contains("\"" + field + "\""));
        }
        assertEquals(List.of(), devnet.node("alice").brokenInvariants());
    }

    @Test
    public void b_everyCommandDoesItsWork() {
        Map<String, String> proven = Map.ofEntries(
                Map.entry("status", "pos:status"),
                Map.entry("wait", "pos:wait --final 3"),
                Map.entry("epoch-show", "pos:epoch-show"),
                Map.entry("block-list", "pos:block-list"),
                Map.entry("block-show", "pos:block-show 1"),
                Map.entry("account-show", "pos:account-show alice"),
                Map.entry("key-create", "pos:key-create erin"),
                Map.entry("key-list", "pos:key-list"),
                Map.entry("validator-list", "pos:validator-list"),
                Map.entry("validator-show", "pos:validator-show alice"),
                Map.entry("delegation-list", "pos:delegation-list alice"),
                Map.entry("rewards-show", "pos:rewards-show alice"),
                Map.entry("evidence-list", "pos:evidence-list"),
                Map.entry("slashing-list", "pos:slashing-list"),
                Map.entry("rules-show", "pos:rules-show"),
                Map.entry("rules-list", "pos:rules-list"),
                Map.entry("node-list", "pos:node-list"),
                Map.entry("metrics", "pos:metrics"),
                Map.entry("block-timings", "pos:block-timings"),
                Map.entry("checkpoint-list", "pos:checkpoint-list"),
                Map.entry("chain-verify", "pos:chain-verify"),
                Map.entry("invariants-check", "pos:invariants-check"));
        proven.values().forEach(command -> {
            assertFalse(command + " prints something", devnet.run(command).isBlank());
            assertTrue(
                    command + " --json prints JSON",
                    command.contains("key-create")
                            || devnet.run(command + " --json").trim().matches("(?s)[\\[{].*[\\]}]"));
        });

        String sent = devnet.run("pos:tx-send --from faucet --to erin 50_000_000");
        String id = sent.replaceAll("(?s).*?\\b([0-9a-f]{64})\\b.*", "$1");
        assertTrue(sent, devnet.run("pos:tx-show " + id).contains("succeeded"));
        devnet.run("pos:key-create --type hybrid erin-votes");
        devnet.run("pos:key-create --type hybrid erin-signs");
        assertTrue(devnet.refusal("pos:validator-register --from erin 2_000_000")
                .contains("consensusKey.type is ED25519, must be HYBRID"));
        devnet.run("pos:validator-register --from erin --consensus-key erin-votes 2_000_000");
        devnet.run("pos:validator-edit --from erin --consensus-key erin-signs");
        devnet.run("pos:stake --from erin 1_000_000");
        devnet.run("pos:unstake --from erin 500_000");
        devnet.run("pos:delegate --from faucet erin 3_000_000");
        devnet.run("pos:redelegate --from faucet erin bob 1_000_000");
        devnet.run("pos:undelegate --from faucet erin 1_000_000");
        devnet.await(
                "erin in the set", () -> devnet.node("alice").validatorSet().size() == 5);
        devnet.await("rewards of faucet", () -> devnet.run("pos:rewards-show faucet --json")
                .matches("(?s).*\"total\":[1-9].*"));
        devnet.run("pos:rewards-withdraw --from faucet bob");
        assertTrue(devnet.refusal("pos:validator-edit --from erin --commission 0.09")
                .contains("commission"));
        assertTrue(devnet.refusal("pos:unjail --from bob").contains("status"));
        assertTrue(devnet.refusal("pos:evidence-submit --from alice 00").contains("evidence"));
        assertTrue(devnet.refusal("pos:rules-remove slashing.unheardof").contains("slashing.unheardof"));
        assertTrue(devnet.refusal("pos:tx-send --from faucet --to bob 0").contains("AMOUNT"));
        assertTrue(devnet.refusal("pos:rules-retire selection.weighted " + version("selection.weighted"))
                .contains("selection.weighted"));
        assertTrue(devnet.refusal("pos:bench-swaps --swaps 0 selection.weighted selection.roundrobin")
                .contains("--swaps"));
        assertTrue(devnet.run("pos:checkpoint-show --json").contains("\"hash\""));
        String file = Path.of(System.getProperty("hauptbuch.home"), "erin.json").toString();
        String passphrase = " --passphrase-file " + Path.of(System.getProperty("hauptbuch.home"), "passphrase");
        assertTrue(devnet.run("pos:key-export erin " + file + passphrase).contains("erin.json"));
        assertTrue(devnet.run("pos:key-import " + file + passphrase + " --name erin-again")
                .contains("erin-again"));
        assertTrue(devnet.refusal("pos:key-import " + file + passphrase).contains("'erin' is taken"));
        String records =
                Path.of(System.getProperty("hauptbuch.home"), "records.json").toString();
        devnet.run("pos:signing-export --node dave " + records);
        assertTrue(
                devnet.run("pos:signing-import --node dave --json " + records).contains("signsFrom"));
        assertTrue(devnet.refusal("pos:signing-import --node bob " + records).contains("no record of this node's key"));
        devnet.run("pos:node-add frank");
        devnet.await("frank has all blocks", () -> devnet.nodes().stream()
                .anyMatch(node -> node.name().equals("frank")
                        && node.status().finalizedHeight()
                                >= devnet.node("alice").status().finalizedHeight() - 1));
        devnet.run("pos:node-remove frank");
        devnet.await("frank gone", () -> devnet.nodes().size() == 4);
        assertTrue(devnet.refusal("pos:tx-send --from faucet --to nobody 1").contains("nobody"));
        // erin has no node: its absence is noticed, and it leaves the set again
        devnet.await(
                "erin out of the set", () -> devnet.node("alice").validatorSet().size() == 4);

        // bench, dev-equivocate, node-stop and node-start have tests of their own below; adopting and planning too
        Set<String> elsewhere = Set.of(
                "rules-adopt",
                "rules-stage",
                "rules-verify",
                "rules-propose",
                "rules-attest",
                "rules-plan-show",
                "rules-cancel",
                "rules-rollback",
                "rules-history",
                "rules-diff",
                "dev-equivocate",
                "node-stop",
                "node-start",
                "bench");
        Set<String> here = Set.of(
                "bench-swaps",
                "checkpoint-show",
                "key-export",
                "key-import",
                "node-add",
                "node-remove",
                "rules-retire",
                "tx-send",
                "tx-show",
                "validator-register",
                "validator-edit",
                "stake",
                "unstake",
                "delegate",
                "undelegate",
                "redelegate",
                "signing-export",
                "signing-import",
                "rewards-withdraw",
                "unjail",
                "evidence-submit",
                "rules-remove");
        Set<String> all = new TreeSet<>(proven.keySet());
        all.addAll(elsewhere);
        all.addAll(here);
        assertEquals("every command of the scope is proven here", all, commands());
    }

    @Test
    public void c_aHotDeployedSelectorIsAdoptedAndGivenBack() throws Exception {
        adoptAndGiveBack(
                "org.hauptbuch.examples.selection.richest",
                "selection.richest",
                "pos:rules-adopt selection.weighted " + version("selection.weighted"));
    }

    @Test
    public void d_aHotDeployedSlashingConditionIsAdoptedAndGivenBack() throws Exception {
        adoptAndGiveBack(
                "org.hauptbuch.examples.slashing.emptyblocks",
                "slashing.emptyblocks",
                "pos:rules-remove slashing.emptyblocks");
    }

    @Test
    public void e_withoutAnActiveRuleNobodySignsAndWithItEverybodyGoesOn() throws Exception {
        devnet.awaitMore(1);
        Bundle rule = bundle("org.hauptbuch.selection.weighted");
        String location = rule.getLocation();
        Restarts restarts = new Restarts(context);
        rule.uninstall();
        devnet.await("every node to say what it lacks", () -> devnet.nodes().stream()
                .allMatch(node -> node.status().halt().orElse("").contains("selection.weighted")));
        long halted = devnet.height();
        assertTrue(devnet.nodes().stream().noneMatch(node -> node.status().signing()));
        context.installBundle(location).start();
        devnet.await("every node to sign again", () -> devnet.nodes().stream()
                .allMatch(
                        node -> node.status().signing() && node.status().halt().isEmpty()));
        devnet.awaitFinal(halted + 3);
        assertEquals("no other bundle restarted", List.of(), restarts.except(rule.getSymbolicName()));
    }

    @Test
    public void f_threeOfFourGoOnAndTheFourthComesBack() {
        devnet.run("pos:node-stop dave");
        long stopped = devnet.node("alice").status().finalizedHeight();
        devnet.await("blocks without dave", () -> devnet.node("alice").status().finalizedHeight() >= stopped + 5);
        devnet.run("pos:node-start dave");
        devnet.awaitFinal(stopped + 8);
    }

    @Test
    public void g_loadIsMeasured() {
        String figures = devnet.run("pos:bench --seconds 3 --json");
        for (String field : List.of("finalizedTps", "latencyMsP50", "latencyMsP99", "limitTps", "shareOfLimit")) {
            assertTrue(field + " in " + figures, figures.contains("\"" + field + "\""));
        }
        String swapped = devnet.run("pos:bench-swaps --swaps 2 --timeout 120 selection=selection.roundrobin:"
                + version("selection.roundrobin") + " selection=selection.weighted:" + version("selection.weighted")
                + " --json");
        assertTrue(swapped, swapped.contains("\"swaps\":2"));
    }

    @Test
    public void h_whoContradictsItselfIsSlashedAndBanned() {
        long before = devnet.node("alice").validators().stream()
                .filter(v -> v.id().equals("carol"))
                .mapToLong(v -> v.tokens())
                .sum();
        devnet.run("pos:dev-equivocate carol");
        devnet.await("carol banned", () -> devnet.run("pos:validator-show carol --json")
                .contains("\"status\":\"banned\""));
        long after = devnet.node("alice").validators().stream()
                .filter(v -> v.id().equals("carol"))
                .mapToLong(v -> v.tokens())
                .sum();
        assertEquals("five per cent", before - before / 20, after, 1);
        assertTrue(devnet.run("pos:slashing-list").contains("carol"));
        assertEquals(List.of(), devnet.node("alice").brokenInvariants());
    }

    @Test
    public void i_aPlanIsProposedAttestedTakenBackAndKept() throws Exception {
        Path jar = Path.of(System.getProperty("hauptbuch.home"), "richest.jar");
        Files.copy(example("org.hauptbuch.examples.selection.richest"), jar);
        assertTrue(devnet.run("pos:rules-verify " + jar).contains("selection.richest"));
        assertFalse(devnet.run("pos:rules-list").contains("selection.richest"));
        assertTrue(devnet.run("pos:rules-stage " + jar).contains("selection.richest"));
        devnet.await("staged", () -> devnet.run("pos:rules-list").contains("selection.richest"));
        Path garbage = Path.of(System.getProperty("hauptbuch.home"), "garbage.jar");
        Files.writeString(garbage, "no jar");
        assertTrue(devnet.refusal("pos:rules-stage " + garbage).contains("nothing is installed"));

        long epoch = devnet.node("alice").status().epoch();
        String rule = "selection=selection.richest:" + version("selection.richest");
        devnet.run("pos:rules-propose " + rule + " --activate-at " + (epoch + 900) + " --from alice");
        assertTrue(devnet.run("pos:rules-plan-show").contains("selection.richest"));
        devnet.run("pos:rules-attest --node bob");
        devnet.await("bob counted", () -> devnet.node("alice").readyPower() > 0);
        assertTrue(devnet.run("pos:rules-diff --json").contains("differences"));
        devnet.run("pos:rules-cancel");
        devnet.await("taken back", () -> devnet.node("alice").plan().isEmpty());
        assertTrue(devnet.run("pos:rules-history").contains("taken back"));
    }

    private void adoptAndGiveBack(String artifact, String rule, String back) throws Exception {
        devnet.awaitMore(1);
        Restarts restarts = new Restarts(context);
        long from = devnet.height();
        Path dropped = Path.of(System.getProperty("hauptbuch.home"), "rules", artifact + ".jar");
        Files.createDirectories(dropped.getParent());
        Files.copy(example(artifact), dropped);
        devnet.await(rule + " listed", () -> devnet.run("pos:rules-list").contains(rule));
        assertFalse(devnet.isActive(rule));
        assertTrue(devnet.refusal("pos:rules-adopt " + rule + " " + version(rule) + " --param misspelt=1")
                .contains("misspelt"));
        devnet.run("pos:rules-adopt " + rule + " " + version(rule));
        devnet.await(rule + " active everywhere", () -> devnet.isActive(rule));
        devnet.awaitMore(EPOCH + 2);
        devnet.run(back);
        devnet.await(rule + " given back everywhere", () -> devnet.nodes().stream()
                .noneMatch(node -> node.activeRules().find(rule).isPresent()));
        devnet.awaitMore(2);
        // whether a round is lost depends on the machine's load here: the simulator says no, in virtual time
        devnet.assertEveryBlock(from, devnet.height());
        Files.delete(dropped);
        devnet.await(rule + " gone", () -> !devnet.run("pos:rules-list").contains(rule));
        assertEquals("no other bundle restarted", List.of(), restarts.except(artifact));
    }

    private Set<String> commands() {
        return sessions.getRegistry().getCommands().stream()
                .filter(command -> command.getScope().equals("pos"))
                .map(command -> command.getName())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private String version(String rule) {
        return devnet.node("alice").availableRules().stream()
                .filter(available -> available.id().equals(rule))
                .findFirst()
                .orElseThrow(() -> new AssertionError(rule + " is not available"))
                .version();
    }

    private Bundle bundle(String symbolicName) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName().equals(symbolicName))
                .findFirst()
                .orElseThrow(() -> new AssertionError(symbolicName + " is not installed"));
    }

    private static Path example(String artifact) throws Exception {
        Path target = Path.of(
                System.getProperty("hauptbuch.examples"), artifact.replace("org.hauptbuch.examples.", ""), "target");
        try (var files = Files.list(target)) {
            return files.filter(file -> file.getFileName().toString().startsWith(artifact))
                    .filter(file -> file.toString().endsWith(".jar"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no jar of " + artifact + " in " + target));
        }
    }
}
