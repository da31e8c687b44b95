package org.hauptbuch.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.error.PoSException;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.api.node.NodeStatus;
import org.hauptbuch.api.rule.RuleSet;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Amounts;

/** Has the validators of a container vote to go back to the fallback. */
public final class RollbackVotes {
    private final Container container;

    /**
     * What came of it.
     *
     * @param fallback the rule set to go back to
     * @param heights the height that each node voted for, by its name
     * @param refusals why others did not, one line each that begins with the node
     * @param power the voting power of those that voted
     * @param total all voting power
     */
    public record Result(
            RuleSet fallback, SortedMap<String, Long> heights, List<String> refusals, long power, long total) {}

    public RollbackVotes(Container container) {
        this.container = container;
    }

    /** Votes with the node that is named, or with all that run. @throws Failure where none could vote */
    public Result vote(NodeService node, Optional<String> name) {
        RuleSet fallback = node.fallback()
                .orElseThrow(() -> new Failure(
                        "there is no rule set to go back to: no plan became active, or the network went back already"));
        ValidatorSet voters = node.validatorSet();
        SortedMap<String, Long> heights = new TreeMap<>();
        List<String> refusals = new ArrayList<>();
        TreeSet<Address> voted = new TreeSet<>();
        for (NodeService each : new Nodes(container).all(name)) {
            NodeStatus status = each.status();
            if (!status.running() || status.validator().isEmpty()) {
                if (name.isPresent()) {
                    refusals.add(each.name()
                            + (status.running() ? " follows only: it has no validator" : " is stopped, must run"));
                }
                continue;
            }
            try {
                heights.put(each.name(), each.voteToRollBack());
                voted.add(status.validator().get());
            } catch (PoSException e) {
                refusals.add(each.name() + " does not vote: " + e.getMessage());
            }
        }
        if (heights.isEmpty()) {
            throw new Failure("no vote: "
                    + (refusals.isEmpty() ? "no validator runs in this container" : String.join("; ", refusals)));
        }
        long power = 0;
        for (Address address : voted) {
            power = Amounts.add(power, voters.power(address));
        }
        return new Result(fallback, heights, refusals, power, voters.totalPower());
    }
}
