package org.hauptbuch.shell.command;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.hauptbuch.shell.view.StakeViews;
import org.hauptbuch.shell.view.View;

/** All validators, the most stake first */
@Service
@Parsing(OptionsAnywhere.class)
@Command(scope = "pos", name = "validator-list", description = "All validators, the most stake first")
public final class ValidatorList extends PosCommand {
    @Override
    protected View run() throws Exception {
        return StakeViews.validators(node());
    }
}
