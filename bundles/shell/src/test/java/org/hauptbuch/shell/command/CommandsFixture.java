package org.hauptbuch.shell.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.hauptbuch.api.chain.Delegation;
import org.hauptbuch.api.chain.Unbonding;
import org.hauptbuch.api.node.AvailableRule;
import org.hauptbuch.api.node.DelegationView;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.shell.FakeChain;
import org.hauptbuch.shell.FakeContainer;
import org.hauptbuch.shell.FakeNode;
import org.hauptbuch.shell.command.ShellHarness.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Command lines as they are typed, in Karaf's own shell, against toy nodes. */
abstract class CommandsFixture {

    final FakeContainer home = new FakeContainer("alice", "bob");
    final FakeChain chain = home.chain;
    ShellHarness shell;

    @BeforeEach
    final void start() throws Exception {
        shell = new ShellHarness(home);
        chain.seal();
        chain.seal();
    }

    @AfterEach
    final void stop() {
        shell.close();
    }

    final JsonObject json(String line) {
        Answer answer = shell.run(line);
        assertNull(answer.thrown(), () -> line + ": " + answer.out());
        assertEquals("", answer.err());
        return answer.json();
    }

    final void assertFails(String line, String message) {
        Answer answer = shell.run(line);
        assertEquals(1, answer.exit(), line + ": " + answer.out());
        assertTrue(answer.out().contains(message), line + ": " + answer.out());
        assertEquals("", answer.err(), line);
        if (!message.isEmpty()) {
            assertEquals(1, answer.out().lines().count(), "one line: " + answer.out());
        }
    }

    static void assertContains(String text, String... parts) {
        for (String part : parts) {
            assertTrue(text.contains(part), part + " is not in:\n" + text);
        }
    }

    static List<String> texts(JsonArray array, String field) {
        List<String> texts = new ArrayList<>();
        array.forEach(element -> texts.add(element.getAsJsonObject().get(field).getAsString()));
        return texts;
    }

    final Payload lastPayload() {
        List<Transaction> last = chain.blocks.get((int) chain.height() - 1).transactions();
        return last.get(last.size() - 1).payload();
    }

    final void offer(String id, boolean active) {
        for (FakeNode node : home.nodes) {
            node.rules.add(new AvailableRule(
                    RuleKind.SLASHING, id, "0.1.0", FakeChain.digest(id + "0.1.0"), active, active, "rules/late.jar"));
        }
    }

    final DelegationView delegation(String delegator, String validator, long tokens, long rewards) {
        return new DelegationView(
                new Delegation(home.address(delegator), home.address(validator), tokens), tokens, rewards);
    }

    final Unbonding unbonding(String delegator, String validator, long amount) {
        return new Unbonding(1, home.address(delegator), home.address(validator), amount, amount, 1, 14);
    }
}
