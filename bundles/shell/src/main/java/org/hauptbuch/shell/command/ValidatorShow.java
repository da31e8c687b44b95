package org.hauptbuch.shell.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.shell.Directory;
import org.hauptbuch.shell.complete.LateOptionCompleter;
import org.hauptbuch.shell.complete.ValidatorCompleter;
import org.hauptbuch.shell.view.StakeViews;
import org.hauptbuch.shell.view.View;

/** One validator with its delegators */
@Service
@Command(scope = "pos", name = "validator-show", description = "One validator with its delegators")
public final class ValidatorShow extends PosCommand {
    @Argument(index = 0, name = "VALIDATOR", required = true, description = "Its id or address")
    @Completion(ValidatorCompleter.class)
    private String validator;

    @Argument(index = 1, name = "options", multiValued = true, description = "Options may stand here, too")
    @Completion(LateOptionCompleter.class)
    private List<String> late;

    @Override
    protected View run() throws Exception {
        NodeService node = node();
        Directory directory = directory(node);
        return StakeViews.validator(node, directory, directory.validator("VALIDATOR", validator));
    }
}
