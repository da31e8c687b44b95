package org.hauptbuch.shell.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.hauptbuch.api.node.AvailableRule;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.shell.FakeChain;
import org.hauptbuch.shell.FakeContainer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What TAB offers. */
class CompletionTest {
    private final FakeContainer home = new FakeContainer("alice", "bob");
    private ShellHarness shell;

    @BeforeEach
    void start() throws Exception {
        shell = new ShellHarness(home);
        home.chain.seal();
        home.chain.seal();
    }

    @AfterEach
    void stop() {
        shell.close();
    }

    @Test
    void validatorsByIdAndByABegunAddress() {
        assertEquals(List.of("alice", "bob", "carol", "dave"), shell.complete("pos:validator-show "));
        assertEquals(List.of("bob"), shell.complete("pos:delegate bo"));
        String address = home.address("bob").toString();
        assertTrue(shell.complete("pos:delegate " + address.substring(0, 8)).contains(address));
        assertEquals(List.of("carol"), shell.complete("pos:redelegate bob car"));
        assertEquals(List.of("bob"), shell.complete("pos:delegation-list --validator bo"));
    }

    @Test
    void keysAfterTheirOptions() {
        assertEquals(List.of("faucet"), shell.complete("pos:tx-send --from fa"));
        assertEquals(List.of("alice", "bob", "carol", "dave", "faucet"), shell.complete("pos:tx-send --to "));
        assertEquals(List.of("dave"), shell.complete("pos:validator-register --consensus-key d"));
        assertEquals(List.of("faucet"), shell.complete("pos:account-show fau"));
    }

    @Test
    void keysToExportAndOptionsOfTheirFiles() {
        assertEquals(List.of("carol"), shell.complete("pos:key-export car"));
        assertEquals(List.of("--passphrase-file"), shell.complete("pos:key-export carol x.json --pass"));
        assertEquals(List.of("--name"), shell.complete("pos:key-import x.json --na"));
    }

    @Test
    void nodesBlocksAndOptions() {
        assertEquals(List.of("alice", "bob"), shell.complete("pos:node-stop "));
        assertEquals(List.of("bob"), shell.complete("pos:node-remove b"));
        assertEquals(List.of("--json"), shell.complete("pos:node-add erin --js"));
        assertEquals(List.of("bob"), shell.complete("pos:status --node b"));
        assertEquals(List.of("1", "2"), shell.complete("pos:block-show "));
        assertEquals(List.of("--json"), shell.complete("pos:status --js"));
    }

    @Test
    void rulesAndTheVersionsOfTheOneThatIsTyped() {
        home.nodes
                .get(0)
                .rules
                .add(new AvailableRule(
                        RuleKind.SELECTION, "selection.test", "0.2.0", FakeChain.digest("x"), false, false, "x"));
        assertEquals(List.of("selection.test"), shell.complete("pos:rules-adopt sel"));
        assertEquals(List.of("0.1.0", "0.2.0"), shell.complete("pos:rules-adopt selection.test "));
        assertEquals(List.of("0.1.0"), shell.complete("pos:rules-adopt penalty.test "));
        assertEquals(List.of("slashing.test"), shell.complete("pos:rules-remove "));
    }

    @Test
    void changesOfTheRuleSetWithKindIdAndVersion() {
        assertEquals(List.of("selection=selection.test:0.1.0"), shell.complete("pos:rules-propose sel"));
        assertEquals(
                List.of("slashing=-slashing.test", "slashing=slashing.test:0.1.0"),
                shell.complete("pos:rules-propose selection=selection.test:0.1.0 slash"));
        assertEquals(
                List.of("0", "1", "10", "2", "3", "4", "5", "6", "7", "8", "9"),
                shell.complete("pos:rules-propose --activate-at "));
        assertEquals(List.of("3"), shell.complete("pos:rules-propose slashing=-slashing.test --gate 3"));
        String id = home.chain.rules.id().toString();
        assertEquals(List.of(id), shell.complete("pos:rules-propose --fallback " + id.substring(0, 4)));
        assertEquals(List.of("--fallback", "--fee", "--from"), shell.complete("pos:rules-propose slashing=-a --f"));
        assertEquals(List.of("alice"), shell.complete("pos:rules-attest --node al"));
    }

    @Test
    void behindArgumentsToo() {
        assertEquals(List.of("faucet"), shell.complete("pos:delegate bob 5 --from fa"));
        assertEquals(List.of("--fee", "--from"), shell.complete("pos:delegate bob 5 --f"));
        assertEquals(List.of("--fee", "--from"), shell.complete("pos:delegate bob 5 --timeout 5 --f"));
        assertEquals(List.of("bob"), shell.complete("pos:delegate --from faucet --fee 5 bo"));
    }

    @Test
    void nothingWhereNothingIsThere() {
        home.nodes.clear();
        home.keyringUp = false;
        assertEquals(List.of(), shell.complete("pos:validator-show "));
        assertEquals(List.of(), shell.complete("pos:block-show "));
        assertEquals(List.of(), shell.complete("pos:tx-send --from "));
    }
}
