package org.hauptbuch.shell.command;

import java.util.List;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.api.rule.RuleChange;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.shell.Directory;
import org.hauptbuch.shell.Pause;
import org.hauptbuch.shell.PlanTurn;
import org.hauptbuch.shell.RulePlans;
import org.hauptbuch.shell.Sender;
import org.hauptbuch.shell.view.View;

/** A command that changes the rule set at once, where enough validators run in this container to agree among themselves. */
abstract class RuleChangeCommand extends TxCommand {
    /** The change. */
    protected abstract RuleChange change(NodeService node);

    @Override
    protected final void await(NodeService node, Sender.Options options) throws InterruptedException {
        if (options.await()) {
            new PlanTurn(node, Pause.REAL).await(options.timeout());
        }
    }

    @Override
    protected final Payload payload(NodeService node, Directory directory, Signer signer) {
        RulePlans.requireOpen(node);
        RulePlans.requireOperator(node, directory, Address.of(signer.publicKey()));
        RuleSet to = node.activeRules().apply(change(node));
        return new RulePlans(container()).adoption(node, Address.of(signer.publicKey()), to);
    }

    @Override
    protected final String defaultKey(NodeService node, Directory directory) {
        return RulePlans.operatorKey(node, directory);
    }

    @Override
    protected final View answer(NodeService node, List<Sender.Sent> sent) {
        return PlanAnswers.proposed(
                super.answer(node, sent),
                node,
                sent.get(0),
                (epoch, height) -> "The rules change with epoch " + epoch + ", from block " + height + " on.");
    }
}
