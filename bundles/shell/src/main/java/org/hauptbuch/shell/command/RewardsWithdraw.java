package org.hauptbuch.shell.command;

import java.util.ArrayList;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.node.DelegationView;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.shell.Directory;
import org.hauptbuch.shell.Failure;
import org.hauptbuch.shell.complete.LateTxOptionCompleter;
import org.hauptbuch.shell.complete.ValidatorCompleter;
import org.hauptbuch.shell.view.StakeViews;

/** Pay out what stake has earned, and an operator its commission */
@Service
@Command(
        scope = "pos",
        name = "rewards-withdraw",
        description = "Pay out what stake has earned, and an operator its commission")
public final class RewardsWithdraw extends TxCommand {
    @Argument(
            index = 0,
            name = "VALIDATOR",
            description = "With whom: id or address (default: everyone who owes something)")
    @Completion(ValidatorCompleter.class)
    private String validator;

    @Argument(index = 1, name = "options", multiValued = true, description = "Options may stand here, too")
    @Completion(LateTxOptionCompleter.class)
    private List<String> late;

    @Override
    protected List<Payload> payloads(NodeService node, Directory directory, Signer signer) {
        if (validator != null) {
            return List.of(payload(node, directory, signer));
        }
        Address own = Address.of(signer.publicKey());
        List<Payload> payloads = new ArrayList<>();
        for (DelegationView delegation : node.delegations(own)) {
            boolean commission = delegation.delegation().isSelf() && StakeViews.commissionOf(node, own) > 0;
            if (delegation.rewards() > 0 || commission) {
                payloads.add(new Payload.WithdrawRewards(delegation.delegation().validator()));
            }
        }
        if (payloads.isEmpty()) {
            throw new Failure("nothing is owed to " + directory.nameOf(own));
        }
        return payloads;
    }

    @Override
    protected Payload payload(NodeService node, Directory directory, Signer signer) {
        return new Payload.WithdrawRewards(
                directory.validator("VALIDATOR", validator).address());
    }
}
