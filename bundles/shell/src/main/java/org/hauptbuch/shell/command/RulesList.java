package org.hauptbuch.shell.command;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.hauptbuch.shell.view.RuleViews;
import org.hauptbuch.shell.view.View;

/** The rules that are here, with version, digest and use */
@Service
@Parsing(OptionsAnywhere.class)
@Command(scope = "pos", name = "rules-list", description = "The rules that are here, with version, digest and use")
public final class RulesList extends PosCommand {
    @Override
    protected View run() throws Exception {
        return RuleViews.available(node().availableRules());
    }
}
