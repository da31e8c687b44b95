package org.hauptbuch.shell.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.api.plan.PlanRecord;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.shell.Directory;
import org.hauptbuch.shell.Failure;
import org.hauptbuch.shell.RulePlans;
import org.hauptbuch.shell.complete.LateTxOptionCompleter;

/** Take the plan that waits back */
@Service
@Command(
        scope = "pos",
        name = "rules-cancel",
        description = "Take the plan that waits back",
        detailedDescription = "Only who proposed the plan may take it back, and only before its gate.")
public final class RulesCancel extends TxCommand {
    @Argument(index = 0, name = "options", multiValued = true, description = "Options may stand here, too")
    @Completion(LateTxOptionCompleter.class)
    private List<String> late;

    @Override
    protected String defaultKey(NodeService node, Directory directory) {
        return directory.keyOf(RulePlans.open(node).proposer(), "who proposed the plan");
    }

    @Override
    protected Payload payload(NodeService node, Directory directory, Signer signer) {
        PlanRecord record = RulePlans.open(node);
        Address sender = Address.of(signer.publicKey());
        if (!record.proposer().equals(sender)) {
            throw Failure.argument(
                    "--from",
                    directory.nameOf(sender),
                    "the key of " + directory.nameOf(record.proposer()) + ", who proposed the plan");
        }
        return new Payload.CancelRules(record.plan().id());
    }
}
