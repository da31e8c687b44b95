package org.hauptbuch.shell.command;

import java.util.List;
import org.hauptbuch.api.chain.ChainParameters;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.api.rule.RuleChange;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.tx.Receipt;
import org.hauptbuch.shell.Directory;
import org.hauptbuch.shell.Failure;
import org.hauptbuch.shell.Sender;
import org.hauptbuch.shell.view.View;

/** A command that changes the rule set: signed by the network's rule authority. */
abstract class RuleChangeCommand extends TxCommand {
    /** The change. */
    protected abstract RuleChange change(NodeService node);

    @Override
    protected final Payload payload(NodeService node, Directory directory, Signer signer) {
        return new Payload.AdoptRule(change(node));
    }

    @Override
    protected final String defaultKey(NodeService node, Directory directory) {
        return directory.keyOf(
                node.ruleAuthority()
                        .orElseThrow(
                                () -> new Failure(
                                        "this network has no rule authority in its genesis: no single key may change its rules")),
                "the rule authority");
    }

    @Override
    protected final View answer(NodeService node, List<Sender.Sent> sent) {
        View view = super.answer(node, sent);
        sent.get(0).view().receipt().filter(Receipt::succeeded).ifPresent(receipt -> {
            ChainParameters parameters = node.parameters();
            long epoch = parameters.epochOf(receipt.height()) + 1;
            long height = parameters.firstHeight(epoch);
            view.json().addProperty("fromEpoch", epoch);
            view.json().addProperty("fromHeight", height);
            view.line("The rules change with epoch " + epoch + ", from block " + height + " on.");
        });
        return view;
    }
}
