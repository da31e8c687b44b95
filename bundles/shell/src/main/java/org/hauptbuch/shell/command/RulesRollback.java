package org.hauptbuch.shell.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.hauptbuch.shell.RollbackVotes;
import org.hauptbuch.shell.complete.LateOptionCompleter;
import org.hauptbuch.shell.view.StageViews;
import org.hauptbuch.shell.view.View;

/** Vote to go back to the rules before the last change */
@Service
@Command(
        scope = "pos",
        name = "rules-rollback",
        description = "Vote to go back to the rules before the last change",
        detailedDescription =
                "Each validator of this container that runs, or the one of --node, votes to decide the height"
                        + " that is not final yet under the fallback of the plan that became active last. A vote cannot be taken"
                        + " back: from then on the validator signs nothing for that height under the active rules. The network"
                        + " goes back when validators with more than two thirds of the voting power have voted for the same"
                        + " height; while the votes have a third or more but not more than two thirds, nothing is decided at all."
                        + " Blocks that are final stay; a plan that waits expires. It votes without asking again.")
public final class RulesRollback extends PosCommand {
    @Argument(index = 0, name = "options", multiValued = true, description = "Options may stand here, too")
    @Completion(LateOptionCompleter.class)
    private List<String> late;

    @Override
    protected View run() throws Exception {
        return StageViews.rollback(new RollbackVotes(container()).vote(node(), nodeName()));
    }
}
