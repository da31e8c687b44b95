package org.hauptbuch.shell.command;

import java.util.List;
import org.hauptbuch.api.chain.ValidatorStatus;
import org.hauptbuch.api.node.AvailableRule;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.shell.FakeChain;
import org.hauptbuch.shell.FakeNode;
import org.junit.jupiter.api.BeforeEach;

/** Four validators of equal power, two of them here, with rules that the chain does not use yet. */
abstract class PlanFixture extends CommandsFixture {
    final FakeNode alice = home.nodes.get(0);
    final FakeNode bob = home.nodes.get(1);

    @BeforeEach
    final void offerRules() {
        for (FakeNode node : home.nodes) {
            node.rules.add(rule(RuleKind.SELECTION, "selection.new", "0.2.0"));
            node.rules.add(rule(RuleKind.SLASHING, "slashing.late", "0.1.0"));
        }
    }

    final void retire(String... names) {
        List<String> gone = List.of(names);
        chain.validators.replaceAll(v -> gone.contains(v.id()) ? v.withStatus(ValidatorStatus.INACTIVE) : v);
    }

    final void sealTo(long height) {
        while (chain.height() < height) {
            chain.seal();
        }
    }

    final Transaction lastTransaction() {
        List<Transaction> last = chain.blocks.get((int) chain.height() - 1).transactions();
        return last.get(last.size() - 1);
    }

    static AvailableRule rule(RuleKind kind, String id, String version) {
        return new AvailableRule(kind, id, version, FakeChain.digest(id + version), false, false, "rules/x.jar");
    }
}
