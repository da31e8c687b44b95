package org.hauptbuch.shell.command;

import java.util.ArrayList;
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
import org.hauptbuch.shell.Sender;
import org.hauptbuch.shell.complete.LateTxOptionCompleter;
import org.hauptbuch.shell.view.View;

/** Say that this container's validators are ready for the plan that waits */
@Service
@Command(
        scope = "pos",
        name = "rules-attest",
        description = "Say that this container's validators are ready for the plan that waits",
        detailedDescription =
                "Each validator of this container that runs, or the one of --node, tests the plan's rules and"
                        + " signs that it holds them and that they passed. One that is not ready signs nothing and says why; the"
                        + " exit code is then 1. Any account may pay (--from; default: the first validator's).")
public final class RulesAttest extends TxCommand {
    @Argument(index = 0, name = "options", multiValued = true, description = "Options may stand here, too")
    @Completion(LateTxOptionCompleter.class)
    private List<String> late;

    private RulePlans.Attested attested = RulePlans.Attested.none();

    @Override
    protected String defaultKey(NodeService node, Directory directory) {
        return attest(node).isEmpty()
                ? super.defaultKey(node, directory)
                : directory.keyOf(attested.attestations().get(0).validator(), "the first validator that attests");
    }

    @Override
    protected List<Payload> payloads(NodeService node, Directory directory, Signer signer) {
        return List.copyOf(attest(node));
    }

    @Override
    protected Payload payload(NodeService node, Directory directory, Signer signer) {
        return payloads(node, directory, signer).get(0);
    }

    @Override
    protected View answer(NodeService node, List<Sender.Sent> sent) {
        View view = super.answer(node, sent);
        for (String name : attested.names()) {
            view.line(name + " holds the rules, has tested them, and signed that.");
        }
        attested.refusals().forEach(view::line);
        if (view.failure().isEmpty() && !attested.refusals().isEmpty()) {
            view.failing(attested.refusals().size() + " of "
                    + (attested.refusals().size() + attested.names().size()) + " validators did not attest");
        }
        return view;
    }

    private List<Payload> attest(NodeService node) {
        if (attested.names().isEmpty()) {
            PlanRecord record = RulePlans.open(node);
            List<Address> already = record.attested();
            attested = new RulePlans(container()).attest(node, record.plan(), nodeName(), already);
            if (attested.names().isEmpty()) {
                List<String> reasons = new ArrayList<>(attested.refusals());
                attested.before().forEach(name -> reasons.add(name + " has attested this plan already"));
                throw new Failure("nothing is sent: "
                        + (reasons.isEmpty() ? "no validator runs in this container" : String.join("; ", reasons)));
            }
        }
        List<Payload> payloads = new ArrayList<>();
        attested.attestations().forEach(attestation -> payloads.add(new Payload.AttestRules(attestation)));
        return payloads;
    }
}
