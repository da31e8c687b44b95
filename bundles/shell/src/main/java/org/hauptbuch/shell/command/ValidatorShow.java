package org.hauptbuch.shell.command;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.shell.Directory;
import org.hauptbuch.shell.complete.ValidatorCompleter;
import org.hauptbuch.shell.view.StakeViews;
import org.hauptbuch.shell.view.View;

/** One validator with its delegators */
@Service
@Parsing(OptionsAnywhere.class)
@Command(scope = "pos", name = "validator-show", description = "One validator with its delegators")
public final class ValidatorShow extends PosCommand {
    @Argument(index = 0, name = "VALIDATOR", required = true, description = "Its id or address")
    @Completion(ValidatorCompleter.class)
    private String validator;

    @Override
    protected View run() throws Exception {
        NodeService node = node();
        Directory directory = directory(node);
        return StakeViews.validator(node, directory, directory.validator("VALIDATOR", validator));
    }
}
