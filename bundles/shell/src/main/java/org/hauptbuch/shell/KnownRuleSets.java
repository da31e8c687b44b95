package org.hauptbuch.shell;

import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.api.plan.PlanRecord;
import org.hauptbuch.api.plan.PlanStatus;
import org.hauptbuch.api.plan.RulePlan;
import org.hauptbuch.api.value.Hash;

/** The rule sets that have judged the chain, as far as a node remembers: what a plan may fall back to. */
public final class KnownRuleSets {
    private static final Pattern PREFIX = Pattern.compile("[0-9a-f]{4,64}");

    private final SortedSet<Hash> ids = new TreeSet<>();

    public KnownRuleSets(NodeService node) {
        ids.add(node.activeRules().id());
        for (PlanRecord record : node.planHistory()) {
            if (record.status() == PlanStatus.ACTIVE || record.status() == PlanStatus.ROLLED_BACK) {
                RulePlan plan = record.plan();
                Collections.addAll(ids, plan.from(), plan.to().id(), plan.fallback());
            }
        }
    }

    /** Their ids. */
    public SortedSet<Hash> ids() {
        return Collections.unmodifiableSortedSet(ids);
    }

    /** The one whose id begins so; a whole id is taken as it is, because a node forgets the oldest plans. */
    public Hash find(String argument, String prefix) {
        List<Hash> found = ids.stream()
                .filter(id -> PREFIX.matcher(prefix).matches() && id.toString().startsWith(prefix))
                .toList();
        if (found.isEmpty() && PREFIX.matcher(prefix).matches() && prefix.length() == 2 * Hash.LENGTH) {
            return Hash.fromHex(prefix);
        }
        if (found.size() != 1) {
            throw Failure.argument(
                    argument,
                    prefix,
                    "the first digits, at least 4, of exactly one of "
                            + ids.stream().map(Hash::toString).collect(Collectors.joining(", ")));
        }
        return found.get(0);
    }
}
